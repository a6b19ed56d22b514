package dev.replicator.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.notify.SomeRuns;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets. */
@Timeout(60)
class ServerMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String REPORT = """
        {"copied":3,"overwritten":1,"deleted":0,"unchanged":40,"failed":2,"bytes":4096,
         "requests":{"list":2,"put":4},"failures":[{"key":"s3cret/key","cause":"PERMISSION","message":"no"}]}
        """;
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) .+");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\.)*\",?)*})? (NaN|[+-]?Inf|[-+0-9.eE]+)");
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(replicator_[a-z_]+)`", Pattern.MULTILINE);

    private final ServerMetrics metrics = new ServerMetrics(List.of("media"));

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void countsRunsObjectsBytesAndRequests() {
        RunRecord run = SomeRuns.run("run-1", RunAction.SYNC, RunState.PARTIAL, NOW, REPORT);

        metrics.changed(run);
        metrics.changed(run);

        assertThat(metrics.text())
                .contains("replicator_runs_total{action=\"sync\",outcome=\"partial\",sync_job=\"media\"} 2.0")
                .contains("replicator_objects_total{action=\"sync\",outcome=\"copied\",sync_job=\"media\"} 6.0")
                .contains("replicator_objects_total{action=\"sync\",outcome=\"failed\",sync_job=\"media\"} 4.0")
                .contains("replicator_bytes_total{sync_job=\"media\"} 8192.0")
                .contains("replicator_api_requests_total{op=\"put\",sync_job=\"media\"} 8.0")
                .contains("replicator_run_duration_seconds_bucket{action=\"sync\",outcome=\"partial\","
                        + "sync_job=\"media\",le=\"300.0\"} 2")
                .contains("replicator_run_duration_seconds_sum{action=\"sync\",outcome=\"partial\","
                        + "sync_job=\"media\"} 150.0")
                .doesNotContain("replicator_last_success");
    }

    @Test
    void showsWhatIsUnderWay() {
        assertThat(metrics.text()).contains("replicator_runs_active{sync_job=\"media\"} 0.0");
        RunRecord ended = SomeRuns.run("run-1", RunAction.SYNC, RunState.SUCCEEDED, NOW, REPORT);

        metrics.changed(SomeRuns.run("run-1", RunAction.SYNC, RunState.RUNNING, NOW, ""));
        assertThat(metrics.text()).contains("replicator_runs_active{sync_job=\"media\"} 1.0");
        metrics.changed(ended);

        assertThat(metrics.text())
                .contains("replicator_runs_active{sync_job=\"media\"} 0.0")
                .contains("replicator_last_success_timestamp_seconds{action=\"sync\",sync_job=\"media\"} "
                        + seconds(ended));
    }

    @Test
    void aRestartRemembersTheLastSuccessAndCountsNothingAgain() {
        RunLog history = new SqlRunLog(FreshDatabase.in(directory));
        RunRecord good = SomeRuns.run("run-1", RunAction.SYNC, RunState.SUCCEEDED, NOW, REPORT);
        history.keep(good);
        history.keep(SomeRuns.run("run-2", RunAction.SYNC, RunState.FAILED, NOW.plusSeconds(900), ""));

        metrics.remember(history);

        assertThat(metrics.text())
                .contains("replicator_last_success_timestamp_seconds{action=\"sync\",sync_job=\"media\"} "
                        + seconds(good))
                .doesNotContain("replicator_runs_total");
    }

    @Test
    void aRunOfAnotherServerThatIsFoundInterruptedIsCountedAndEndsNoneOfTheRunsHere() {
        metrics.changed(SomeRuns.run("run-2", RunAction.SYNC, RunState.RUNNING, NOW, ""));

        metrics.changed(SomeRuns.run("run-1", RunAction.SYNC, RunState.INTERRUPTED, NOW, ""));

        assertThat(metrics.text())
                .contains("replicator_runs_total{action=\"sync\",outcome=\"interrupted\",sync_job=\"media\"} 1.0")
                .contains("replicator_runs_active{sync_job=\"media\"} 1.0")
                .as("when it was found says nothing of how long it took")
                .doesNotContain("replicator_run_duration_seconds_count{");
    }

    @Test
    void showsWhatWaitsAsItIsAtTheTimeAndNothingWhereThatIsUnknown() {
        AtomicLong waiting = new AtomicLong(3);
        metrics.watch(() -> waiting.get() < 0 ? Map.of() : Map.of("ops", waiting.get(), "mail", 0L));

        assertThat(metrics.text())
                .contains("replicator_notifications_waiting{channel=\"ops\"} 3.0")
                .contains("replicator_notifications_waiting{channel=\"mail\"} 0.0");
        waiting.set(0);
        assertThat(metrics.text()).contains("replicator_notifications_waiting{channel=\"ops\"} 0.0");
        waiting.set(-1);
        assertThat(metrics.text())
                .contains("replicator_runs_active")
                .doesNotContain("replicator_notifications_waiting{");
    }

    @Test
    void noKeyAndNoStrangerIsALabel() {
        metrics.changed(SomeRuns.run("run-1", RunAction.SYNC, RunState.PARTIAL, NOW, REPORT));
        for (int i = 0; i < 50; i++) {
            metrics.ended("M" + i, "", 404, 1);
        }

        String text = metrics.text();

        assertThat(text).doesNotContain("s3cret");
        assertThat(text.lines().filter(line -> line.startsWith("replicator_http_request_duration_seconds_count")))
                .containsExactly("replicator_http_request_duration_seconds_count"
                        + "{method=\"OTHER\",route=\"none\",status=\"404\"} 50");
    }

    @Test
    void everyLineIsOneThatPrometheusReads() {
        fill();

        metrics.text()
                .lines()
                .forEach(line -> assertThat(COMMENT.matcher(line).matches()
                                || SAMPLE.matcher(line).matches())
                        .as(line)
                        .isTrue());
    }

    @Test
    void promtoolFindsNothingWrong() throws Exception {
        Assumptions.assumeTrue(
                isThere("promtool"), "promtool is not installed (Debian: prometheus), so the metrics were not linted");
        fill();
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();

        promtool.getOutputStream()
                .write(metrics.text()
                        .lines()
                        .filter(line -> line.contains("replicator_"))
                        .collect(Collectors.joining("\n", "", "\n"))
                        .getBytes(StandardCharsets.UTF_8));
        promtool.getOutputStream().close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    @Test
    void thePageOfMetricsNamesThemAll() throws IOException {
        fill();
        Set<String> exposed = metrics.text()
                .lines()
                .filter(line -> line.startsWith("# TYPE replicator_"))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        Matcher names = DOCUMENTED.matcher(Files.readString(page()));
        while (names.find()) {
            documented.add(names.group(1));
        }

        assertThat(documented).isEqualTo(exposed);
    }

    private void fill() {
        metrics.changed(SomeRuns.run("run-1", RunAction.SYNC, RunState.SUCCEEDED, NOW, REPORT));
        metrics.ended("GET", "/api/v1/jobs", 200, 3);
        metrics.watch(() -> Map.of("ops", 1L));
        metrics.changed(SomeRuns.run("run-2", RunAction.DRIFT, RunState.FINDINGS, NOW, "{\"edited\":2}"));
    }

    private static Path page() {
        Path page = Path.of("..", "docs", "metrics.md");
        return Files.exists(page) ? page : Path.of("docs", "metrics.md");
    }

    private static boolean isThere(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String seconds(RunRecord run) {
        return Double.toString(run.endedAt().orElseThrow().getEpochSecond());
    }
}
