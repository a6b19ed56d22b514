package dev.replicator.testkit.log;

/**
 * How a request ended. {@code status} is 0 when no answer was sent; {@code bytesIn} and {@code bytesOut} count bodies,
 * the latter as announced; {@code changedState} says that a change was applied, answered or not.
 */
public record Outcome(int status, String errorCode, long bytesIn, long bytesOut, boolean changedState) {
    /** No answer at all. */
    public static Outcome unanswered(long bytesIn, boolean changedState) {
        return new Outcome(0, "", bytesIn, 0, changedState);
    }
}
