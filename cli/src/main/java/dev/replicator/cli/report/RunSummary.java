package dev.replicator.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.report.Counts;
import dev.replicator.report.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A run in one line.
 *
 * @param action empty where only a report is known, which is of a run that writes
 * @param report absent where there is none: a validation, a run that goes on or left none
 * @param tally absent for what copies nothing (a validation, a look for drift, a plan)
 * @param json the whole of what is known
 */
public record RunSummary(
        String id,
        Instant at,
        String job,
        String action,
        String state,
        String by,
        Optional<RunReport> report,
        Optional<Tally> tally,
        Optional<Duration> took,
        JsonNode json) {

    /** What a list shows of a run that copies: objects, and bytes. */
    public record Tally(long copied, long deleted, long failed, long bytes) {
        private static Tally of(Counts counts) {
            return new Tally(
                    counts.copied() + counts.overwritten(),
                    counts.deleted(),
                    counts.failed() + counts.stale(),
                    counts.bytes());
        }

        private static Optional<Tally> of(JsonNode totals) {
            return totals.isObject()
                    ? Optional.of(new Tally(
                            totals.path("copied").asLong()
                                    + totals.path("overwritten").asLong(),
                            totals.path("deleted").asLong(),
                            totals.path("failed").asLong()
                                    + totals.path("stale").asLong(),
                            totals.path("bytes").asLong()))
                    : Optional.empty();
        }
    }

    /** Of a report that was kept beside a job's marker or in the state directory. */
    public static RunSummary ofReport(JsonNode json) {
        RunReport report = ReportReader.run(json);
        return new RunSummary(
                report.runId(),
                report.startedAt(),
                report.job().orElse(""),
                "",
                report.outcome().name(),
                "",
                Optional.of(report),
                Optional.of(Tally.of(report.counts())),
                Optional.of(report.duration()),
                json);
    }

    /** Of a server's answer. */
    public static RunSummary ofServer(JsonNode run) {
        Instant created = Instant.parse(run.path("createdAt").asText());
        Instant started = run.path("startedAt").isTextual()
                ? Instant.parse(run.path("startedAt").asText())
                : created;
        Optional<Duration> took = run.path("endedAt").isTextual()
                ? Optional.of(Duration.between(
                        started, Instant.parse(run.path("endedAt").asText())))
                : Optional.empty();
        String action = run.path("action").asText();
        boolean dry = run.path("dryRun").asBoolean();
        boolean counted = run.path("report").path("outcome").isTextual();
        return new RunSummary(
                run.path("id").asText(),
                created,
                run.path("job").asText(),
                dry && action.equals("sync") ? "dry run" : action,
                run.path("state").asText(),
                run.path("trigger").path("kind").asText().toLowerCase(Locale.ROOT) + " "
                        + run.path("trigger").path("by").asText(),
                counted ? Optional.of(ReportReader.run(run.path("report"))) : Optional.empty(),
                action.equals("sync") || action.equals("apply") ? Tally.of(run.path("totals")) : Optional.empty(),
                took,
                run);
    }
}
