package dev.replicator.execute;

import dev.replicator.plan.Action;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectMeta;
import java.util.Optional;

/** How an action ended: CONTRACT §1's words. */
public sealed interface ActionResult {
    Action action();

    /**
     * Achieved.
     *
     * @param bytes of the object copied; 0 for deletes
     * @param guarded false when the store could not check the precondition itself
     * @param written the destination's object as its store described it after a copy
     */
    record Done(Action action, long bytes, boolean guarded, Optional<ObjectMeta> written) implements ActionResult {
        /** Of what wrote no object. */
        public Done(Action action, long bytes, boolean guarded) {
            this(action, bytes, guarded, Optional.empty());
        }
    }

    /** A precondition no longer held; nothing was changed. */
    record Stale(Action action, String message) implements ActionResult {}

    /** Decided not to act. */
    record Skipped(Action action, SkipReason reason) implements ActionResult {
        /** The result of an action that was a skip, or a keep, from the start. */
        public static Skipped of(Action action) {
            return new Skipped(
                    action, action instanceof Action.Skip skip ? SkipReason.of(skip.note()) : SkipReason.DRIFT);
        }
    }

    /** Tried and not achieved. */
    record Failed(Action action, FailureCause cause, String message) implements ActionResult {}

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
        ENCRYPTED_WITH_CUSTOMER_KEY;

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
