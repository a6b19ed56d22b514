package dev.replicator.server.run;

/**
 * What made a run begin.
 *
 * @param by who, for people: a token's name, a schedule
 * @param reason in the asker's words; may be empty
 */
public record Trigger(Kind kind, String by, String reason) {
    /** Characters. */
    public static final int MAX_REASON = 1_000;

    public Trigger {
        if (reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason has " + MAX_REASON + " characters at most");
        }
    }

    /** Which of the front doors. */
    public enum Kind {
        API,
        SCHEDULE,
        /** The deploy hook, in a process of its own; known from the report that it left in the bucket. */
        DEPLOYMENT,
        /** Another process, such as the command line; known from the report that it left in the bucket. */
        ELSEWHERE
    }
}
