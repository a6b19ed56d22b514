package dev.replicator;

import dev.replicator.execute.PairStores;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Overlap;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreContext;
import dev.replicator.store.Stores;
import dev.replicator.store.wrap.PrefixedObjectStore;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.StoreStack;
import java.util.ArrayList;
import java.util.List;

/** Both buckets of a job, open, stacked and cut into prefix pairs. */
final class JobStores implements AutoCloseable {
    private final ObjectStore source;
    private final ObjectStore destination;
    private final List<PairStores> pairs;
    private final RequestMeter meter;
    private final int concurrency;

    private JobStores(
            ObjectStore source, ObjectStore destination, List<PairStores> pairs, RequestMeter meter, int concurrency) {
        this.source = source;
        this.destination = destination;
        this.pairs = pairs;
        this.meter = meter;
        this.concurrency = concurrency;
    }

    static JobStores open(ReplicationJob job, Stores providers, StoreContext context) {
        StoreContext retrying =
                context.withRetry(job.retry()).withBytesInFlight(job.transfer().bytesInFlight());
        ObjectStore rawSource = providers.open(job.source(), retrying);
        try {
            ObjectStore rawDestination = providers.open(job.destination(), retrying);
            requireApart(job, rawSource, rawDestination);
            int concurrency =
                    job.transfer().concurrency().orElseGet(() -> Concurrency.automatic(rawSource, rawDestination));
            StoreStack stack = new StoreStack(
                    job.retry(),
                    RetryBudget.ofRun(),
                    concurrency + Concurrency.LISTERS,
                    job.transfer().requestsPerSecond(),
                    System::nanoTime);
            ObjectStore source = stack.source(rawSource, KeyPrefix.NONE);
            ObjectStore destination = stack.destination(rawDestination, KeyPrefix.NONE);
            return new JobStores(source, destination, pairs(job, source, destination), context.meter(), concurrency);
        } catch (RuntimeException e) {
            rawSource.close();
            throw e;
        }
    }

    private static void requireApart(ReplicationJob job, ObjectStore source, ObjectStore destination) {
        if (!source.bucket().scheme().equals(destination.bucket().scheme())) {
            return;
        }
        boolean overlaps = destination
                .role(Overlap.class)
                .filter(role -> PathCrossings.any(job, (from, to) -> role.overlaps(to, source.bucket(), from)))
                .isPresent();
        if (overlaps) {
            throw new IllegalArgumentException("source " + job.source().uri() + " and destination "
                    + job.destination().uri() + " are the same or one lies inside the other, by a link or a mount");
        }
    }

    private static List<PairStores> pairs(ReplicationJob job, ObjectStore source, ObjectStore destination) {
        List<PairStores> pairs = new ArrayList<>();
        for (PrefixPair pair : job.paths()) {
            KeyPrefix from = job.source().uri().prefix().append(pair.from());
            KeyPrefix to = job.destination().uri().prefix().append(pair.to());
            pairs.add(new PairStores(
                    PrefixedObjectStore.of(source, from), PrefixedObjectStore.of(destination, to), from, to));
        }
        return List.copyOf(pairs);
    }

    List<PairStores> pairs() {
        return pairs;
    }

    RequestMeter meter() {
        return meter;
    }

    ObjectStore source() {
        return source;
    }

    ObjectStore destination() {
        return destination;
    }

    /** Objects in flight. */
    int concurrency() {
        return concurrency;
    }

    @Override
    public void close() {
        try (source) {
            destination.close();
        }
    }
}
