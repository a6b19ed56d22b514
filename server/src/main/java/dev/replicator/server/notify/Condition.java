package dev.replicator.server.notify;

import java.time.Instant;

/**
 * What was said last of a topic of a job. Immutable.
 *
 * @param word {@link #GOOD}, or what is not well
 * @param since of silence: of the last success; else when the run began that was judged last
 */
record Condition(String word, Instant since) {
    static final String GOOD = "GOOD";
    static final Condition UNKNOWN = new Condition(GOOD, Instant.EPOCH);

    boolean isGood() {
        return word.equals(GOOD);
    }
}
