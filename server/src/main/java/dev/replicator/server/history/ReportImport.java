package dev.replicator.server.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.server.run.Narrowing;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunFacts;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.RunTotals;
import dev.replicator.server.run.Trigger;
import dev.replicator.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Enters reports that runs of other processes left in a bucket. A run is entered once, whoever comes first: its id here
 * is made of its time and of the name that the bucket knows it by. Thread-safe.
 */
public final class ReportImport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ID = 64;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Database database;
    private final SqlRunLog log;
    private final Retention retention;

    public ReportImport(Database database, SqlRunLog log, Retention retention) {
        this.database = database;
        this.log = log;
        this.retention = retention;
    }

    /** Names of the bucket's runs that are known here. */
    public Set<String> known(String job) {
        return new HashSet<>(
                database.read(handle -> handle.createQuery("select engine_id from run where job = :job and engine_id is"
                                + " not null order by id desc limit " + 10 * RunHistory.KEPT)
                        .bind("job", job)
                        .mapTo(String.class)
                        .list()));
    }

    /**
     * Enters a report, unless it is known, so old that it would be forgotten, or not one that a run wrote.
     *
     * @param trigger what made it run, as far as that is known
     * @return whether it is entered now
     */
    public boolean enter(String job, RunHistory.Entry entry, Trigger trigger) {
        if (entry.runId().isEmpty()
                || entry.runId().length() > LONGEST_ID
                || entry.startedAt().isBefore(retention.oldestKept())) {
            return false;
        }
        String id = TIME.format(entry.startedAt()) + "-" + digest(job + "\n" + entry.runId());
        if (isCrowdedOut(job, id)) {
            return false;
        }
        try {
            JsonNode report = JSON.readTree(entry.json());
            RunTotals totals = RunTotals.of(report);
            RunRecord run = new RunRecord(
                    id,
                    job,
                    RunAction.SYNC,
                    false,
                    state(entry.outcome()),
                    trigger,
                    entry.startedAt(),
                    Optional.of(entry.startedAt()),
                    Optional.of(entry.startedAt().plusMillis(totals.durationMillis())),
                    message(report),
                    Optional.of(entry.json()),
                    new RunFacts(
                            Narrowing.NONE,
                            Optional.of(entry.runId()),
                            totals,
                            "it ran elsewhere: the bucket keeps its numbers, its first failures and examples of what it skipped",
                            Optional.empty()));
            return log.enter(run, results(report));
        } catch (JsonProcessingException | ArithmeticException | DateTimeException e) {
            return false;
        }
    }

    /** Whether the job has as many newer ones as it may. */
    private boolean isCrowdedOut(String job, String id) {
        return database.read(handle -> handle.createQuery("select count(*) from run where job = :job and id > :id")
                        .bind("job", job)
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                >= retention.maxRuns());
    }

    private static RunState state(String outcome) {
        return Arrays.stream(RunState.values())
                .filter(state -> state.isEnd() && state.name().equals(outcome))
                .findFirst()
                .orElse(RunState.FAILED);
    }

    private static String message(JsonNode report) {
        String problem = report.path("problem").path("message").asText("");
        return problem.isEmpty() ? report.path("gate").path("reason").asText("") : problem;
    }

    private static List<ObjectResult> results(JsonNode report) {
        List<ObjectResult> results = new ArrayList<>();
        for (JsonNode failure : report.path("failures")) {
            String key = failure.path("key").asText("");
            String cause = failure.path("cause").asText("");
            add(results, "FAILED", cause, key, failure.path("message").asText(""));
        }
        for (JsonNode skips : report.path("skips")) {
            skips.path("examples")
                    .forEach(key -> add(results, "SKIPPED", skips.path("cause").asText(""), key.asText(""), ""));
        }
        return results;
    }

    private static void add(List<ObjectResult> results, String outcome, String cause, String key, String message) {
        if (!key.isEmpty() && cause.matches("[A-Z_]{1,32}")) {
            results.add(new ObjectResult(
                    results.size() + 1L,
                    ObjectKey.ofBytes(key.getBytes(StandardCharsets.UTF_8)),
                    "NONE",
                    outcome,
                    cause,
                    0,
                    message));
        }
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this runtime", e);
        }
    }
}
