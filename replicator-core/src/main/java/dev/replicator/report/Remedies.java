package dev.replicator.report;

import java.util.Map;

/** What to do about objects that were not achieved, in one sentence for each class; the same words at every front door. */
public final class Remedies {
    private static final String AGAIN = "Run it again: only what is left is done.";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(
                    "PERMISSION",
                    "Give the credentials the right that the message names, on this bucket and prefix, then run it again."),
            Map.entry(
                    "THROTTLED",
                    "The store asked to slow down for longer than the retries last: lower transfer.requests-per-second or"
                            + " transfer.concurrency, then run it again."),
            Map.entry("NETWORK", "The store could not be reached, or failed by itself. " + AGAIN),
            Map.entry(
                    "CORRUPT",
                    "What arrived is not what the source has, twice. Read the object by hand; if it is whole, run it again."),
            Map.entry("CONFLICT", "Somebody else writes there at the same time. Let him finish, then run it again."),
            Map.entry(
                    "INVALID",
                    "The store refuses this object as it is: the message says why. Change it in the source."),
            Map.entry("INTERNAL", "An error of Replicator itself: the log has it. Please report it."),
            Map.entry("STALE", "It was changed while the run was under way. " + AGAIN),
            Map.entry("NOT_RUN", "The run was stopped before it came to this. " + AGAIN),
            Map.entry("ARCHIVED", "Restore it from its archive, then run it again."),
            Map.entry("UNSAFE_KEY", "The destination can't hold this name: rename the object in the source."),
            Map.entry("SYMLINK", "Symbolic links are no objects. Put a file there if one is meant."),
            Map.entry("SPECIAL_FILE", "Only files are objects: pipes, sockets and devices are left alone."),
            Map.entry("UNREADABLE", "Let the user that Replicator runs as read it, then run it again."),
            Map.entry(
                    "DRIFT",
                    "Others changed it, and the job keeps that: copy the change to the source, or set on-drift."),
            Map.entry("TOO_LARGE_FOR_DESTINATION", "It is larger than one object of the destination may be."),
            Map.entry(
                    "ENCRYPTED_WITH_CUSTOMER_KEY",
                    "Only who has the customer's key can read it: copy it by other means."),
            Map.entry(
                    "METADATA_LOSS",
                    "The destination can't hold all of its metadata; metadata.strict says not to copy then."));

    private Remedies() {}

    /**
     * @param outcome STALE, NOT_RUN, SKIPPED or FAILED
     * @param cause class of the failure or reason of the skip; may be empty
     * @return empty for what nobody knows
     */
    public static String of(String outcome, String cause) {
        return WORDS.getOrDefault(cause.isEmpty() ? outcome : cause, "");
    }
}
