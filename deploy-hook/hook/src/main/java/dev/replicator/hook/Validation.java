package dev.replicator.hook;

import dev.replicator.report.ValidationReport;
import java.util.List;
import java.util.Optional;

/**
 * What a validation found.
 *
 * @param missing keys that only the source has, {@link #MAX_KEYS} at most
 * @param mismatched keys that differ, {@link #MAX_KEYS} at most
 * @param truncated whether there are more than these
 * @param report absent when nothing could be compared
 */
public record Validation(
        boolean valid,
        String message,
        List<String> missing,
        List<String> mismatched,
        boolean truncated,
        Optional<ValidationReport> report) {
    public static final int MAX_KEYS = 1_000;

    public Validation {
        missing = List.copyOf(missing);
        mismatched = List.copyOf(mismatched);
    }

    static Validation notDone(String message) {
        return new Validation(false, message, List.of(), List.of(), false, Optional.empty());
    }
}
