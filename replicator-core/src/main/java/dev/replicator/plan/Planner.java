package dev.replicator.plan;

import dev.replicator.diff.Change;
import dev.replicator.diff.Drift;
import dev.replicator.diff.Reason;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.OverwriteMode;
import dev.replicator.store.EntryNote;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Decides what to do about each change of one prefix pair; holds no state, so any range and thread may use it. */
public final class Planner {
    private final int pair;
    private final OverwriteMode overwrite;
    private final boolean deletes;
    private final DriftPolicy onDrift;
    private final Optional<KeyRules> destinationRules;
    private final BiPredicate<ObjectMeta, ObjectMeta> isLater;

    /**
     * @param destinationRules tells keys the destination can never hold
     * @param isLater whether a source's object was changed after the destination's
     */
    public Planner(
            int pair,
            OverwriteMode overwrite,
            boolean deletes,
            DriftPolicy onDrift,
            Optional<KeyRules> destinationRules,
            BiPredicate<ObjectMeta, ObjectMeta> isLater) {
        this.pair = pair;
        this.overwrite = overwrite;
        this.deletes = deletes;
        this.onDrift = onDrift;
        this.destinationRules = destinationRules;
        this.isLater = isLater;
    }

    /** The action for a change; empty when the destination stays as it is. */
    public Optional<Action> actionFor(Change change) {
        if (change instanceof Change.Drifted drifted) {
            return drifted(drifted);
        }
        if (change instanceof Change.Unexplained open) {
            return onDrift == DriftPolicy.KEEP ? kept(asDrift(open)) : actionFor(open.otherwise());
        }
        if (change instanceof Change.Added added) {
            return Optional.of(added(added.source()));
        }
        if (change instanceof Change.Modified modified) {
            return modified(modified);
        }
        if (change instanceof Change.Unsettled open) {
            return modified(new Change.Modified(open.source(), open.destination(), Reason.UNPROVEN_EQUAL));
        }
        if (change instanceof Change.MetadataModified modified) {
            return metadata(modified);
        }
        if (change instanceof Change.Removed removed) {
            return deletes ? Optional.of(new Action.Delete(pair, removed.destination())) : Optional.empty();
        }
        if (change instanceof Change.Unusable unusable) {
            return Optional.of(new Action.Skip(
                    pair, unusable.entry(), unusable.side(), unusable.entry().note()));
        }
        return Optional.empty();
    }

    private Optional<Action> drifted(Change.Drifted change) {
        return switch (onDrift) {
            case REPORT -> actionFor(change.otherwise());
            case KEEP -> kept(change);
            case OVERWRITE -> overwritten(change);
        };
    }

    /** Who keeps drift keeps what may be drift: a baseline that was lost costs no data. */
    private static Change.Drifted asDrift(Change.Unexplained open) {
        Drift kind = open.otherwise() instanceof Change.Removed ? Drift.ADDED : Drift.EDITED;
        return new Change.Drifted(kind, open.destination(), open.otherwise());
    }

    /**
     * What was added is worth a word only where it would be deleted. Where others changed metadata alone, that is kept, and
     * new content goes under it.
     */
    private Optional<Action> kept(Change.Drifted change) {
        if (change.kind() == Drift.METADATA) {
            return Optional.of(actionFor(change.otherwise())
                    .flatMap(Planner::withoutMetadata)
                    .orElseGet(() -> new Action.Keep(pair, change.object(), change.kind())));
        }
        return change.kind() == Drift.ADDED && !deletes
                ? Optional.empty()
                : Optional.of(new Action.Keep(pair, change.object(), change.kind()));
    }

    private static Optional<Action> withoutMetadata(Action action) {
        return action instanceof Action.Copy copy && copy.replaced().isPresent()
                ? Optional.of(copy.keepingMetadata())
                : Optional.empty();
    }

    /** An edited object is replaced, be it equal by the comparison, wherever the source has one. */
    private Optional<Action> overwritten(Change.Drifted change) {
        Optional<ObjectMeta> source = sourceOf(change.otherwise());
        if (change.kind() != Drift.EDITED || source.isEmpty() || overwrite == OverwriteMode.NEVER) {
            return actionFor(change.otherwise());
        }
        return Optional.of(new Action.Copy(
                pair, source.get(), Optional.of(Precondition.unchanged(change.object())), Reason.DRIFT));
    }

    private static Optional<ObjectMeta> sourceOf(Change change) {
        if (change instanceof Change.Same same) {
            return Optional.of(same.source());
        }
        if (change instanceof Change.Modified modified) {
            return Optional.of(modified.source());
        }
        return change instanceof Change.Unsettled open ? Optional.of(open.source()) : Optional.empty();
    }

    private Action added(ObjectMeta source) {
        boolean holdable =
                destinationRules.flatMap(rules -> rules.refusal(source.key())).isEmpty();
        return holdable
                ? new Action.Copy(pair, source, Optional.empty(), Reason.MISSING)
                : new Action.Skip(pair, source, Change.Side.SOURCE, EntryNote.UNSAFE_KEY);
    }

    /** Content stays, so {@code if-newer} does not matter here. */
    private Optional<Action> metadata(Change.MetadataModified change) {
        return overwrite == OverwriteMode.NEVER
                ? Optional.empty()
                : Optional.of(new Action.UpdateMetadata(
                        pair, change.source(), change.destination(), change.wanted(), change.fields()));
    }

    private Optional<Action> modified(Change.Modified change) {
        boolean wanted = switch (overwrite) {
            case IF_DIFFERENT -> true;
            case NEVER -> false;
            case IF_NEWER -> change.reason() == Reason.NEWER || isLater.test(change.source(), change.destination());
        };
        return wanted
                ? Optional.of(new Action.Copy(
                        pair,
                        change.source(),
                        Optional.of(Precondition.unchanged(change.destination())),
                        change.reason()))
                : Optional.empty();
    }
}
