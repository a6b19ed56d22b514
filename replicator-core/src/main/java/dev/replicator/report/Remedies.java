package dev.replicator.report;

import java.util.Map;

/**
 * What classes of failures, skips and findings mean, and what to do about each: a title of a few words and one or two
 * sentences, the same words at every front door. Stateless and thread-safe.
 */
public final class Remedies {
    private static final String AGAIN = "Run it again: only what is left is done.";
    private static final Entry UNKNOWN = new Entry("", "");

    private record Entry(String title, String remedy) {}

    private static final Map<String, Entry> WORDS = Map.ofEntries(
            entry(
                    "PERMISSION",
                    "Not permitted",
                    "Give the credentials the right that the message names, on this bucket and prefix, then run it again."),
            entry(
                    "THROTTLED",
                    "Slowed down by the store",
                    "The store asked to slow down for longer than the retries last: lower transfer.requests-per-second or"
                            + " transfer.concurrency, then run it again."),
            entry("NETWORK", "Network", "The store could not be reached, or failed by itself. " + AGAIN),
            entry(
                    "CORRUPT",
                    "Bytes did not match",
                    "What arrived is not what the source has, twice. Read the object by hand; if it is whole, run it again."),
            entry(
                    "CONFLICT",
                    "Changed by someone else meanwhile",
                    "Somebody else writes there at the same time. Let him finish, then run it again."),
            entry(
                    "INVALID",
                    "The store refuses it",
                    "The store refuses this object as it is: the message says why. Change it in the source."),
            entry(
                    "INTERNAL",
                    "An error of Replicator",
                    "An error of Replicator itself: the log has it. Please report it."),
            entry("STALE", "Changed meanwhile", "It was changed while the run was under way. " + AGAIN),
            entry("NOT_RUN", "Not begun", "The run was stopped before it came to this. " + AGAIN),
            entry("ARCHIVED", "Archived", "Restore it from its archive, then run it again."),
            entry(
                    "UNSAFE_KEY",
                    "No place for this key",
                    "Either the destination can't hold this name: rename the object in the source. Or something is in its"
                            + " way there, a directory where a file has to go or a file where a directory has to: move"
                            + " that away, then run it again."),
            entry("SYMLINK", "Symbolic link", "Symbolic links are no objects. Put a file there if one is meant."),
            entry(
                    "SPECIAL_FILE",
                    "Not a regular file",
                    "Only files are objects: pipes, sockets and devices are left alone."),
            entry("UNREADABLE", "Unreadable", "Let the user that Replicator runs as read it, then run it again."),
            entry(
                    "DRIFT",
                    "Changed in the destination",
                    "Others changed it, and the job keeps that: copy the change to the source, or set on-drift."),
            entry(
                    "TOO_LARGE_FOR_DESTINATION",
                    "Too large",
                    "It is larger than one object of the destination may be: exclude it, or keep it in parts."),
            entry(
                    "ENCRYPTED_WITH_CUSTOMER_KEY",
                    "Encrypted with a customer's key",
                    "Only who has the customer's key can read it: copy it by other means."),
            entry(
                    "METADATA_LOSS",
                    "Metadata would be lost",
                    "The destination can't hold all of its metadata; metadata.strict says not to copy then."),
            entry("MISSING", "Missing", "In the source only. A sync copies it."),
            entry(
                    "MISMATCHED",
                    "Different",
                    "Not the same on both sides. A sync overwrites the destination's, if the job's overwrite rule lets it."),
            entry("EXTRA", "Extra", "In the destination only. A sync deletes it only where the job mirrors."),
            entry("SKIPPED", "Skipped", "No object that can be copied as it is: the message says why."),
            entry("EDITED", "Edited", "Somebody changed it in the destination since the last sync."),
            entry("DELETED", "Deleted", "Somebody deleted it from the destination since the last sync."),
            entry("ADDED", "Added", "Somebody put it into the destination; no sync did."),
            entry(
                    "METADATA",
                    "Metadata edited",
                    "Somebody changed its metadata in the destination since the last sync."));

    private static final Map<String, String> ENDS = Map.of(
            "ACCESS",
                    "Check that the bucket or directory exists, and that Replicator's credentials are valid and may use it."
                            + " Then run it again.",
            "REFUSED",
                    "A guard said no, and nothing was deleted. If it is right after all, change the limit that it names, or"
                            + " narrow the job.",
            "LOCKED", "Another process runs this job. Wait for its end, then run it again if it is still needed.",
            "LIMIT", "A limit of time or size stopped it. What is done stays done; run it again to go on.",
            "CANCELLED", "What is done stays done; run it again to go on.",
            "FAILED", "Set right what the message names, then run it again: what is done stays done.",
            "INTERRUPTED", "Nothing half-written is visible. Run it again: it goes on from what is there.");

    private Remedies() {}

    private static Map.Entry<String, Entry> entry(String word, String title, String remedy) {
        return Map.entry(word, new Entry(title, remedy));
    }

    /**
     * What to do about it.
     *
     * @param outcome STALE, NOT_RUN, SKIPPED, FAILED or FOUND
     * @param cause class of the failure, reason of the skip or kind of the finding; may be empty
     * @return empty for what nobody knows
     */
    public static String of(String outcome, String cause) {
        return known(outcome, cause).remedy();
    }

    /**
     * What it is called.
     *
     * @return empty for what nobody knows
     * @see #of
     */
    public static String title(String outcome, String cause) {
        return known(outcome, cause).title();
    }

    /**
     * What to do about a run that did not end well.
     *
     * @param state as the server or the report calls it
     * @param problem kind of what ended it; empty where only the state is known
     * @return empty for what ended well, and for what its objects or findings tell
     */
    public static String ofRun(String state, String problem) {
        return ENDS.getOrDefault(ENDS.containsKey(problem) ? problem : state, "");
    }

    private static Entry known(String outcome, String cause) {
        return WORDS.getOrDefault(cause.isEmpty() ? outcome : cause, UNKNOWN);
    }
}
