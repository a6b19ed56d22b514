package dev.replicator.plan;

import dev.replicator.diff.Change;
import dev.replicator.diff.Reason;
import dev.replicator.job.OverwriteMode;
import dev.replicator.store.EntryNote;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ObjectMeta;
import java.util.Optional;

/** Decides what to do about each change of one prefix pair; holds no state, so any range and thread may use it. */
public final class Planner {
    private final int pair;
    private final OverwriteMode overwrite;
    private final boolean deletes;
    private final Optional<KeyRules> destinationRules;

    /** @param destinationRules tells keys the destination can never hold */
    public Planner(int pair, OverwriteMode overwrite, boolean deletes, Optional<KeyRules> destinationRules) {
        this.pair = pair;
        this.overwrite = overwrite;
        this.deletes = deletes;
        this.destinationRules = destinationRules;
    }

    /** The action for a change; empty when the destination stays as it is. */
    public Optional<Action> actionFor(Change change) {
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
            case IF_NEWER ->
                change.reason() == Reason.NEWER
                        || change.source()
                                .modified()
                                .isAfter(change.destination().modified());
        };
        return wanted
                ? Optional.of(new Action.Copy(
                        pair, change.source(), Optional.of(change.destination().version()), change.reason()))
                : Optional.empty();
    }
}
