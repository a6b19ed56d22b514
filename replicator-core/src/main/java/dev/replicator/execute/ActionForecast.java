package dev.replicator.execute;

import dev.replicator.diff.Change;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestForecast.Reading;
import dev.replicator.store.RequestForecast.Writing;
import dev.replicator.store.RequestKind;
import java.util.List;

/**
 * Foretells what {@link ActionRunner} will send for an action when nothing goes wrong: no retry, nothing stale, no
 * refused server-side copy. Pure: sends nothing. Thread-safe.
 */
public final class ActionForecast {
    private final List<PairStores> pairs;
    private final boolean byStore;
    private final boolean limited;
    private final boolean strict;
    private final RequestForecast source;
    private final RequestForecast destination;
    private final boolean pinned;
    private final Fidelity fidelity;

    /** @param pairs both stores of each of the job's prefix pairs, in order; at least one */
    public ActionForecast(ReplicationJob job, List<PairStores> pairs) {
        this.pairs = List.copyOf(pairs);
        PairStores stores = pairs.get(0);
        byStore = CopyRouting.isByStore(stores, job.metadata());
        strict = job.metadata().strict();
        limited = job.transfer().bandwidth().isPresent();
        source = RequestForecast.of(stores.source());
        destination = RequestForecast.of(stores.destination());
        fidelity = new Fidelity(job.metadata(), stores.destination());
        pinned = stores.source().capabilities().contains(Capability.PINNED_READ);
    }

    /** Whether the store copies, so that no byte comes through this process. */
    public boolean copiesByStore() {
        return byStore;
    }

    /** Whether no answer that comes anyway will show what the copy leaves behind of its source's metadata. */
    public boolean leavesUnasked(Action.Copy copy) {
        return byStore
                && !strict
                && copy.metadata() == Change.Side.SOURCE
                && fidelity.ofStoreCopy(copy.source().metadata()).isEmpty();
    }

    public boolean isSourceLocal() {
        return source.isLocal();
    }

    public boolean isDestinationLocal() {
        return destination.isLocal();
    }

    public Workload of(Action action) {
        if (action instanceof Action.Copy copy) {
            return copy(copy);
        }
        if (action instanceof Action.UpdateMetadata update) {
            return update(update);
        }
        return action instanceof Action.Delete delete ? delete(delete) : Workload.NONE;
    }

    private Workload copy(Action.Copy copy) {
        boolean keeps = copy.metadata() == Change.Side.DESTINATION;
        boolean copiedByStore = byStore && !keeps;
        boolean guarded = CopyRouting.isGuardedByStore(pairs.get(copy.pair()).destination(), copy, copiedByStore);
        RequestCounts check =
                heads(keeps ? 1 : 0).plus(heads(guarded || copy.replaced().isEmpty() ? 0 : 1));
        long size = copy.source().size();
        if (copiedByStore) {
            RequestCounts asked = strict ? heads(1) : RequestCounts.NONE;
            return new Workload(1, asked, check.plus(destination.copying(size)), size, size);
        }
        Writing writing = destination.writing(size);
        return new Workload(1, reading(copy.source(), writing.reading()), check.plus(writing.requests()), size, size);
    }

    private Workload update(Action.UpdateMetadata update) {
        boolean inPlace = pairs.get(update.pair())
                .destination()
                .role(MetadataUpdate.class)
                .isPresent();
        return inPlace
                ? new Workload(
                        1,
                        RequestCounts.NONE,
                        destination.updating(update.destination().size()),
                        0,
                        0)
                : copy(update.asCopy());
    }

    /** A limited body saves itself to no file; ranges that the source can't pin to a version are checked one by one. */
    private RequestCounts reading(ObjectMeta object, Reading wanted) {
        Reading reading = limited && wanted.equals(Reading.SAVED) ? Reading.WHOLE : wanted;
        RequestCounts requests = source.reading(object, reading);
        return pinned ? requests : requests.plus(heads(reading.ranges()));
    }

    /** The source is asked whether it still lacks the key. */
    private Workload delete(Action.Delete delete) {
        boolean guarded = CopyRouting.deletesGuarded(pairs.get(delete.pair()).destination());
        return new Workload(1, heads(1), heads(guarded ? 0 : 1).and(RequestKind.DELETE, 1), 0, 0);
    }

    private static RequestCounts heads(long requests) {
        return RequestCounts.of(RequestKind.HEAD, requests);
    }
}
