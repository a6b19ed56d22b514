package dev.replicator.server.notify;

import java.util.Map;

/** What to do about a class of failures. */
final class Remedies {
    private static final Map<String, String> BY_CAUSE = Map.of(
            "PERMISSION", "grant the missing permission on the bucket or the object's key",
            "THROTTLED", "lower transfer.requests-per-second or the concurrency; the next run tries again",
            "NETWORK", "check that the store can be reached from the server; the next run tries again",
            "CORRUPT", "the bytes that came were not those that were announced; the next run copies it again",
            "CONFLICT", "somebody else writes there; see who, then run again",
            "INVALID", "the store refuses this object; its message says why",
            "INTERNAL", "an error of Replicator itself; please report it with the server's log");

    private Remedies() {}

    static String of(String cause) {
        return BY_CAUSE.getOrDefault(cause, "see the run");
    }
}
