package dev.replicator.execute;

import dev.replicator.plan.Action;
import dev.replicator.store.EntryNote;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.ObjectMeta;
import java.util.List;
import java.util.Optional;

/** How an action ended: CONTRACT §1's words. */
public sealed interface ActionResult {
    Action action();

    /** What is known of what the destination does not hold of the object's metadata. */
    default List<MetadataLoss> losses() {
        return List.of();
    }

    /**
     * Achieved.
     *
     * @param bytes of the object copied; 0 for deletes
     * @param guarded false when the store could not check the precondition itself
     * @param written the destination's object as its store described it after a copy
     * @param lost what the destination does not hold of the object's metadata; absent where no answer showed what it has in
     *     the source
     */
    record Done(
            Action action, long bytes, boolean guarded, Optional<ObjectMeta> written, Optional<List<MetadataLoss>> lost)
            implements ActionResult {
        public Done {
            lost = lost.map(List::copyOf);
        }

        /** Of what wrote no object. */
        public Done(Action action, long bytes, boolean guarded) {
            this(action, bytes, guarded, Optional.empty(), Optional.of(List.of()));
        }

        @Override
        public List<MetadataLoss> losses() {
            return lost.orElse(List.of());
        }
    }

    /** A precondition no longer held; nothing was changed. */
    record Stale(Action action, String message) implements ActionResult {}

    /**
     * Decided not to act.
     *
     * @param losses what the destination would not hold of the object's metadata, if that is the reason
     */
    record Skipped(Action action, SkipReason reason, List<MetadataLoss> losses) implements ActionResult {
        public Skipped {
            losses = List.copyOf(losses);
        }

        public Skipped(Action action, SkipReason reason) {
            this(action, reason, List.of());
        }

        /** The result of an action that was a skip, or a keep, from the start. */
        public static Skipped of(Action action) {
            return new Skipped(
                    action, action instanceof Action.Skip skip ? SkipReason.of(skip.note()) : SkipReason.DRIFT);
        }
    }

    /**
     * Tried and not achieved.
     *
     * @param target what is known of the destination's object since
     */
    record Failed(Action action, FailureCause cause, String message, Target target) implements ActionResult {
        public Failed(Action action, FailureCause cause, String message) {
            this(action, cause, message, Target.UNKNOWN);
        }

        /** The same; a wrong object of our own took the target's place, and was removed. */
        Failed withTargetGone() {
            return new Failed(action, cause, message, Target.GONE);
        }
    }

    /** What a failure left of the destination's object. */
    enum Target {
        /** Mostly as it was. */
        UNKNOWN,
        GONE
    }

    /** Not tried: the run was stopped or refused first. */
    record NotRun(Action action, String message) implements ActionResult {}

    /** Why an object was left alone. */
    enum SkipReason {
        ARCHIVED,
        UNSAFE_KEY,
        SYMLINK,
        SPECIAL_FILE,
        UNREADABLE,
        /** Changed behind our back, and the job keeps that. */
        DRIFT,
        TOO_LARGE_FOR_DESTINATION,
        ENCRYPTED_WITH_CUSTOMER_KEY,
        /** Asked for whole metadata or nothing. */
        METADATA_LOSS;

        static SkipReason of(EntryNote note) {
            return switch (note) {
                case ARCHIVED -> ARCHIVED;
                case SYMLINK -> SYMLINK;
                case SPECIAL_FILE -> SPECIAL_FILE;
                case UNREADABLE -> UNREADABLE;
                case UNSAFE_KEY -> UNSAFE_KEY;
                case NONE -> throw new IllegalArgumentException("nothing to skip");
            };
        }

        /** Whether the destination is left incomplete, so that the run is PARTIAL. */
        public boolean leavesIncomplete() {
            return this != SYMLINK && this != SPECIAL_FILE && this != DRIFT;
        }
    }

    /** Class of a failure. */
    enum FailureCause {
        PERMISSION,
        THROTTLED,
        NETWORK,
        CORRUPT,
        CONFLICT,
        INVALID,
        INTERNAL
    }
}
