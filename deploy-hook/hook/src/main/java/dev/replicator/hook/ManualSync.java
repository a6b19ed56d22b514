package dev.replicator.hook;

import dev.replicator.report.Counts;
import dev.replicator.report.RunReport;
import java.util.Optional;

/**
 * How a sync that somebody asked for ended.
 *
 * @param message for people
 * @param report absent when nothing was run
 */
public record ManualSync(boolean success, String message, Counts counts, Optional<RunReport> report) {
    static ManualSync notRun(String message) {
        return new ManualSync(false, message, Counts.ZERO, Optional.empty());
    }
}
