package dev.replicator;

import dev.replicator.execute.Failures;
import dev.replicator.execute.LeftoverSweep;
import dev.replicator.execute.MutationGuard;
import dev.replicator.execute.Problem;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreClock;
import dev.replicator.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** What a run does before it lists: refuses one bucket under two names, sweeps what a killed run left. */
record Preparation(
        String runId,
        ReplicationJob job,
        JobStores stores,
        RunOptions options,
        Clock clock,
        Consumer<String> warnings) {
    /** Stops the run where it may not begin. */
    void prepare() {
        try {
            if (AliasCheck.isOneBucket(job, stores.source(), stores.destination(), runId, warnings)) {
                options.cancellation()
                        .stop(new Problem(
                                Problem.Kind.REFUSED,
                                "source " + job.source().uri() + " and destination "
                                        + job.destination().uri() + " are one bucket under two names"));
                return;
            }
            int swept = LeftoverSweep.sweep(options.uploads(), stores.destination(), this::storeNow);
            if (swept > 0) {
                warnings.accept(swept + " unfinished uploads of an earlier run were aborted");
            }
        } catch (StoreException e) {
            options.cancellation().stop(Failures.ofListing(e));
        } catch (MutationGuard.NotAllowedException e) {
            options.cancellation().stop(new Problem(Problem.Kind.LOCKED, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            options.cancellation().stop(new Problem(Problem.Kind.FAILED, "the run could not be prepared: " + e));
        }
    }

    private Instant storeNow() {
        return stores.destination().role(StoreClock.class).map(StoreClock::now).orElseGet(clock::instant);
    }
}
