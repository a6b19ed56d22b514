package dev.replicator.baseline;

import java.time.Instant;

/** What there is of a job's baseline. */
public sealed interface BaselineStatus {
    /** No run has written one; also of a job without a name, which has none. */
    record NoneYet() implements BaselineStatus {}

    /**
     * There is one.
     *
     * @param runId the run that wrote it
     */
    record Usable(String runId, Instant createdAt, long entries) implements BaselineStatus {}

    /**
     * There is one, torn, of a newer version or about something else.
     *
     * @param why a sentence without its subject
     */
    record Unusable(String why) implements BaselineStatus {}
}
