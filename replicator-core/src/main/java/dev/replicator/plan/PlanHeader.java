package dev.replicator.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a plan file.
 *
 * @param format version of the file's format, now 1
 * @param job name of the configured job
 * @param paths {@code from} and {@code to} of each prefix pair, in order
 * @param filters rules, as {@code +pattern} and {@code -pattern}
 */
public record PlanHeader(
        int format,
        Instant createdAt,
        Optional<String> job,
        String source,
        String destination,
        String compare,
        List<Path> paths,
        List<String> filters) {
    public static final int FORMAT = 1;

    /** One prefix pair. */
    public record Path(String from, String to) {}
}
