package dev.replicator.execute;

import dev.replicator.diff.Reason;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Carries out one action and says how it ended; never throws for an object's sake. Every engine runs this one. Thread-
 * safe.
 */
public final class ActionRunner {
    private final List<PairStores> pairs;
    private final List<CopyRoute> routes;
    private final MutationGuard guard;
    private final Cancellation cancellation;
    private final Replanning replanning;

    /** Whether a copy whose source changed is planned again, once. */
    public enum Replanning {
        ONCE,
        NEVER
    }

    /**
     * What the runner asks of its surroundings.
     *
     * @param operationIds a new id for each write
     * @param warnings told what is worth a line
     */
    public record Surroundings(
            Supplier<String> operationIds,
            MutationGuard guard,
            Cancellation cancellation,
            UploadJournal uploads,
            Clock clock,
            Consumer<String> warnings) {}

    /** @param pairs both stores of each of the job's prefix pairs, in order */
    public ActionRunner(ReplicationJob job, List<PairStores> pairs, Replanning replanning, Surroundings surroundings) {
        this.pairs = List.copyOf(pairs);
        this.guard = surroundings.guard();
        this.cancellation = surroundings.cancellation();
        this.replanning = replanning;
        Bandwidth shared = new Bandwidth(job.transfer().bandwidth());
        BytesInFlight bytesInFlight = new BytesInFlight(job.transfer().bytesInFlight(), cancellation);
        LargeUploads uploads =
                new LargeUploads(surroundings.uploads(), job.destination().sizes(), surroundings.clock());
        routes = pairs.stream()
                .map(stores -> new CopyRoute(
                        stores,
                        job.metadata(),
                        shared,
                        bytesInFlight,
                        surroundings.operationIds(),
                        uploads,
                        surroundings.warnings()))
                .collect(Collectors.toUnmodifiableList());
    }

    ActionResult run(Action action) {
        if (cancellation.isStopped()) {
            return new ActionResult.NotRun(action, "the run was stopped");
        }
        if (action instanceof Action.Copy copy) {
            return copy(copy);
        }
        if (action instanceof Action.Delete delete) {
            return attempt(delete, () -> delete(delete));
        }
        return ActionResult.Skipped.of((Action.Skip) action);
    }

    private ActionResult copy(Action.Copy copy) {
        ActionResult result = attempt(copy, () -> copied(copy));
        if (!(result instanceof ActionResult.Stale) || replanning == Replanning.NEVER) {
            return result;
        }
        return attempt(copy, () -> replanned(copy).map(this::copiedAgain).orElse(result));
    }

    private ActionResult copiedAgain(Action.Copy copy) {
        return attempt(copy, () -> copied(copy));
    }

    private ActionResult copied(Action.Copy copy) {
        if (replanning == Replanning.NEVER) {
            PlannedState.require(pairs.get(copy.pair()), copy);
        }
        guard.check();
        boolean guarded = routes.get(copy.pair()).copy(copy);
        return new ActionResult.Done(copy, copy.source().size(), guarded);
    }

    /**
     * The copy to try instead, when it was the source that changed. A changed destination is somebody else's work and is
     * not overwritten by this run.
     */
    private Optional<Action.Copy> replanned(Action.Copy copy) {
        PairStores stores = pairs.get(copy.pair());
        Optional<ObjectMeta> source = stores.source().head(copy.key());
        if (source.isEmpty()
                || source.get().version().equals(copy.source().version())
                || source.get().note() != EntryNote.NONE) {
            return Optional.empty();
        }
        Optional<ObjectMeta> destination = stores.destination().head(copy.key());
        boolean asSeen = destination.map(ObjectMeta::version).equals(copy.replaced());
        return asSeen
                ? Optional.of(new Action.Copy(copy.pair(), source.get(), copy.replaced(), Reason.NEWER))
                : Optional.empty();
    }

    private ActionResult delete(Action.Delete delete) {
        guard.check();
        PairStores stores = pairs.get(delete.pair());
        if (stores.source().head(delete.key()).isPresent()) {
            throw new StaleObjectException(delete.key() + " is in the source again");
        }
        ObjectStore destination = stores.destination();
        boolean guarded = CopyRouting.deletesGuarded(destination);
        if (guarded) {
            destination.delete(
                    delete.key(), Precondition.unchanged(delete.destination().version()));
            return new ActionResult.Done(delete, 0, true);
        }
        Optional<ObjectMeta> now = destination.head(delete.key());
        if (now.isEmpty() || !now.get().version().equals(delete.destination().version())) {
            throw new StaleObjectException(
                    delete.key() + " of " + destination.bucket() + " was changed or removed by another");
        }
        destination.delete(delete.key(), Precondition.none());
        return new ActionResult.Done(delete, 0, false);
    }

    /**
     * One bad object never ends a run; credentials, a missing bucket, a full disk and a lost lease do. An error is a
     * failure like others: an action that vanished with its thread would look done to the delete gate.
     */
    private ActionResult attempt(Action action, Supplier<ActionResult> work) {
        try {
            return work.get();
        } catch (CancellationException e) {
            return new ActionResult.NotRun(action, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Failures.fatal(e).ifPresent(cancellation::stop);
            return Failures.resultOf(action, e);
        } catch (Error e) {
            return new ActionResult.Failed(action, ActionResult.FailureCause.INTERNAL, e.toString());
        }
    }
}
