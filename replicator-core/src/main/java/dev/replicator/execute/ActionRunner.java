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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Carries out one action and says how it ended; never throws for an object's sake. Every engine runs this one. Thread-
 * safe.
 */
public final class ActionRunner {
    /** How often a copy is made again whose source is changed while it goes on. */
    private static final int MOST_OVERTAKEN = 3;

    private final List<PairStores> pairs;
    private final List<CopyRoute> routes;
    private final List<MetadataRoute> updates;
    private final MutationGuard guard;
    private final Cancellation cancellation;
    private final Plan plan;
    private final Consumer<String> warnings;
    private final Clock clock;
    private final Overtaking overtaking;

    /** Where the actions come from: what they were made of may have changed meanwhile. */
    public enum Plan {
        /** This run's listings: a copy whose source changed is planned again, once. */
        FRESH,
        /** The same, and what was announced of them is done or not done: the next run plans again. */
        ANNOUNCED,
        /** A file, perhaps hours old: it is done as it stands, and stores that check nothing are asked first. */
        WRITTEN
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
    public ActionRunner(ReplicationJob job, List<PairStores> pairs, Plan plan, Surroundings surroundings) {
        this.pairs = List.copyOf(pairs);
        this.guard = surroundings.guard();
        this.cancellation = surroundings.cancellation();
        this.plan = plan;
        warnings = surroundings.warnings();
        clock = surroundings.clock();
        overtaking = new Overtaking(clock);
        LargeUploads uploads =
                new LargeUploads(surroundings.uploads(), job.destination().sizes(), surroundings.clock());
        CopyRoute.Shared shared = new CopyRoute.Shared(
                new Bandwidth(job.transfer().bandwidth()),
                new BytesInFlight(job.transfer().bytesInFlight(), cancellation),
                surroundings.operationIds(),
                uploads,
                warnings);
        routes = pairs.stream()
                .map(stores -> new CopyRoute(stores, job.metadata(), plan, shared))
                .toList();
        updates = IntStream.range(0, pairs.size())
                .mapToObj(pair -> new MetadataRoute(
                        pairs.get(pair),
                        new Fidelity(job.metadata(), pairs.get(pair).destination()),
                        guard,
                        uploads,
                        routes.get(pair)))
                .toList();
    }

    ActionResult run(Action action) {
        if (cancellation.isStopped()) {
            return new ActionResult.NotRun(action, "the run was stopped");
        }
        if (action instanceof Action.Copy copy) {
            return copy(copy);
        }
        if (action instanceof Action.UpdateMetadata update) {
            return toldOfTarget(attempt(update, () -> updates.get(update.pair()).update(update)));
        }
        if (action instanceof Action.Delete delete) {
            return attempt(delete, () -> delete(delete));
        }
        return ActionResult.Skipped.of(action);
    }

    private ActionResult copy(Action.Copy copy) {
        ActionResult first = attempt(copy, () -> copied(copy));
        ActionResult result = isCorrupt(first) ? afterCorruption(copy, first) : first;
        if (!(result instanceof ActionResult.Stale) || plan != Plan.FRESH) {
            return copy.replaced().isPresent() ? toldOfTarget(result) : result;
        }
        return attempt(copy, () -> replanned(copy).map(this::copiedAgain).orElse(result));
    }

    private static boolean isCorrupt(ActionResult result) {
        return result instanceof ActionResult.Failed failed && failed.cause() == ActionResult.FailureCause.CORRUPT;
    }

    /**
     * Wrong bytes may have been an accident of their way, so they are sent for once more. When what was to be replaced is
     * not there any more, a wrong object of our own took its place and was removed: then the key must still be free.
     */
    private ActionResult afterCorruption(Action.Copy copy, ActionResult corrupt) {
        if (cancellation.isStopped()) {
            return corrupt;
        }
        ActionResult again = attempt(copy, () -> {
            boolean gone = pairs.get(copy.pair()).destination().head(copy.key()).isEmpty();
            if (!gone && copy.replaced().isEmpty()) {
                throw new StaleObjectException(
                        copy.key() + " was taken by another, after wrong bytes were removed there");
            }
            return copied(copy, gone ? copy.onlyIfAbsent() : copy);
        });
        return again instanceof ActionResult.Stale && copy.replaced().isPresent() ? corrupt : again;
    }

    /** After wrong bytes: whether the object that was to be replaced is gone, so that nobody takes that for others' deed. */
    private ActionResult toldOfTarget(ActionResult result) {
        if (!isCorrupt(result)) {
            return result;
        }
        Action action = result.action();
        try {
            boolean gone =
                    pairs.get(action.pair()).destination().head(action.key()).isEmpty();
            return gone ? ((ActionResult.Failed) result).withTargetGone() : result;
        } catch (RuntimeException e) {
            return result;
        }
    }

    private ActionResult copiedAgain(Action.Copy copy) {
        return attempt(copy, () -> copied(copy));
    }

    private ActionResult copied(Action.Copy copy) {
        return copied(copy, copy);
    }

    private ActionResult copied(Action.Copy copy, Action.Copy tried) {
        Action.Copy current = tried;
        for (int overtaken = 0; ; overtaken++) {
            guard.check();
            Instant begun = clock.instant();
            CopyRoute.Copied copied = routes.get(copy.pair()).copy(current);
            Optional<ObjectMeta> changed = overtaking.change(pairs.get(copy.pair()), current, begun);
            if (changed.isPresent() && plan != Plan.FRESH) {
                warnings.accept(copy.key() + " was changed in the source while it was copied as it was before;"
                        + " a job with a baseline sees that, others with --compare checksum");
            } else if (changed.isPresent()) {
                current = again(current, copied, changed.get(), overtaken);
                continue;
            }
            return new ActionResult.Done(
                    copy.of(current.source()),
                    current.source().size(),
                    copied.guarded(),
                    Optional.of(copied.written()),
                    copied.lost());
        }
    }

    /** The same copy once more, of the source as it is now, over what was just made of it. */
    private static Action.Copy again(Action.Copy made, CopyRoute.Copied copied, ObjectMeta source, int overtaken) {
        if (overtaken == MOST_OVERTAKEN) {
            throw new StaleObjectException(made.key()
                    + " is changed again and again while it is copied; the destination has it as it was before");
        }
        return new Action.Copy(
                made.pair(),
                source,
                Optional.of(Precondition.unchanged(copied.written())),
                made.reason(),
                made.metadata());
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
        return copy.isAsSeen(destination)
                ? Optional.of(
                        new Action.Copy(copy.pair(), source.get(), copy.replaced(), Reason.NEWER, copy.metadata()))
                : Optional.empty();
    }

    private ActionResult delete(Action.Delete delete) {
        guard.check();
        PairStores stores = pairs.get(delete.pair());
        if (stores.source().head(delete.key()).isPresent()) {
            throw new StaleObjectException(delete.key() + " is in the source again");
        }
        ObjectStore destination = stores.destination();
        Precondition.Unchanged seen = Precondition.unchanged(delete.destination());
        boolean guarded = CopyRouting.deletesGuarded(destination);
        if (guarded) {
            destination.delete(delete.key(), seen);
            return new ActionResult.Done(delete, 0, true);
        }
        if (destination.head(delete.key()).filter(seen::holdsOf).isEmpty()) {
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
