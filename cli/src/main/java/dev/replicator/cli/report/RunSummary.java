package dev.replicator.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
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
        Optional<Duration> took,
        JsonNode json) {

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
                took,
                run);
    }
}
