package dev.replicator.plan;

import java.nio.file.Path;

/** A plan file whose trailer was verified; its actions are read again for each pass. */
public final class WrittenPlan {
    private final Path file;
    private final PlanHeader header;

    private WrittenPlan(Path file, PlanHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Opens and verifies a plan file; gzip by name ({@code .gz}).
     *
     * @throws IllegalArgumentException for a file that is torn, changed, has no trailer, or is of a newer format
     */
    public static WrittenPlan open(Path file) {
        throw new UnsupportedOperationException(file.toString());
    }

    public PlanHeader header() {
        return header;
    }

    public Path file() {
        return file;
    }
}
