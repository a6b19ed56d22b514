package dev.replicator.baseline;

import java.util.List;

/**
 * What a baseline is about; one about something else is of no use.
 *
 * @param source location and, where given, endpoint
 * @param destination the same
 * @param paths the job's prefix pairs, in order
 */
public record BaselineSubject(String source, String destination, List<Path> paths) {
    public BaselineSubject {
        paths = List.copyOf(paths);
    }

    /** A prefix pair. */
    public record Path(String from, String to) {}
}
