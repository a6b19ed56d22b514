package dev.replicator.server.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Runs and their objects. Thread-safe. */
final class RunMeters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOOKED_BACK = 200;
    private static final String JOB = "sync_job";
    private static final String ACTION = "action";
    /** Of a report, with the word for its figures. */
    private static final Map<String, String> OUTCOMES = Map.ofEntries(
            Map.entry("copied", "copied"),
            Map.entry("overwritten", "overwritten"),
            Map.entry("deleted", "deleted"),
            Map.entry("metadataUpdated", "metadata_updated"),
            Map.entry("unchanged", "unchanged"),
            Map.entry("skipped", "skipped"),
            Map.entry("stale", "stale"),
            Map.entry("failed", "failed"),
            Map.entry("matched", "matched"),
            Map.entry("missing", "missing"),
            Map.entry("mismatched", "mismatched"),
            Map.entry("extra", "extra"),
            Map.entry("unreadable", "unreadable"));

    private static final Set<String> DRIFT_KINDS = Set.of("edited", "deleted", "added", "metadata");
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4)
    };

    private final MeterRegistry registry;
    private final List<String> jobs;
    /** The run under way here, by job. */
    private final Map<String, String> active = new ConcurrentHashMap<>();

    private final Map<Tags, AtomicLong> gauges = new ConcurrentHashMap<>();

    RunMeters(MeterRegistry registry, List<String> jobs) {
        this.registry = registry;
        this.jobs = List.copyOf(jobs);
        for (String job : jobs) {
            Gauge.builder("replicator.runs.active", () -> active.containsKey(job) ? 1 : 0)
                    .description("Runs of the job that are under way in this server.")
                    .tag(JOB, job)
                    .register(registry);
        }
    }

    void remember(RunLog log) {
        for (String job : jobs) {
            log.newest(Optional.of(job), Optional.empty(), LOOKED_BACK).stream()
                    .filter(run -> run.state().isEnd())
                    .sorted(Comparator.comparing(RunRecord::createdAt))
                    .map(run ->
                            run.action() == RunAction.DRIFT ? log.find(run.id()).orElse(run) : run)
                    .forEach(this::note);
        }
    }

    void changed(RunRecord run) {
        if (!jobs.contains(run.job())) {
            return;
        }
        if (!run.state().isEnd()) {
            active.put(run.job(), run.id());
            return;
        }
        active.remove(run.job(), run.id());
        note(run);
        count(run);
    }

    /** What outlives a restart. */
    private void note(RunRecord run) {
        long ended = run.endedAt().orElse(run.createdAt()).getEpochSecond();
        boolean good = run.state() == RunState.SUCCEEDED || run.state() == RunState.NOTHING_TO_DO;
        if (good && !run.dryRun()) {
            gauge(
                    "replicator.last.success.timestamp",
                    "When a run of the job last ended well, in seconds since 1970.",
                    "seconds",
                    Tags.of(JOB, run.job(), ACTION, action(run)),
                    ended);
        }
        if (run.action() == RunAction.DRIFT && (good || run.state() == RunState.FINDINGS)) {
            JsonNode report = report(run);
            DRIFT_KINDS.forEach(kind -> gauge(
                    "replicator.drift.objects",
                    "Objects of the destination that others had changed when the job's drift was last looked at.",
                    "",
                    Tags.of(JOB, run.job(), "kind", kind),
                    report.path(kind).asLong()));
            gauge(
                    "replicator.drift.checked.timestamp",
                    "When the job's drift was last looked at, in seconds since 1970.",
                    "seconds",
                    Tags.of(JOB, run.job()),
                    ended);
        }
    }

    private void count(RunRecord run) {
        Tags outcome = Tags.of(
                JOB, run.job(), ACTION, action(run), "outcome", word(run.state().name()));
        counter("replicator.runs", "Runs that ended.", "", outcome).increment();
        run.startedAt()
                .filter(start ->
                        run.state() != RunState.INTERRUPTED) // when it was found says nothing of how long it took
                .ifPresent(start -> Timer.builder("replicator.run.duration")
                        .description("How long runs took.")
                        .tags(outcome)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry)
                        .record(Duration.between(start, run.endedAt().orElse(start))
                                .abs()));
        JsonNode report = report(run);
        report.path("requests")
                .properties()
                .forEach(request -> counter(
                                "replicator.api.requests",
                                "Requests to the buckets, by operation.",
                                "",
                                Tags.of(JOB, run.job(), "op", word(request.getKey())))
                        .increment(request.getValue().asDouble()));
        if (run.dryRun() || run.action() == RunAction.PLAN || run.action() == RunAction.DRIFT) {
            return;
        }
        OUTCOMES.forEach((field, name) -> {
            if (report.path(field).asLong() > 0) {
                counter(
                                "replicator.objects",
                                "What became of objects, in the words of reports.",
                                "",
                                Tags.of(JOB, run.job(), ACTION, action(run), "outcome", name))
                        .increment(report.path(field).asDouble());
            }
        });
        if (report.has("bytes")) {
            counter("replicator", "Bytes of objects that were copied.", "bytes", Tags.of(JOB, run.job()))
                    .increment(report.path("bytes").asDouble());
        }
    }

    private Counter counter(String name, String description, String unit, Tags tags) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, String unit, Tags tags, long value) {
        gauges.computeIfAbsent(tags.and("", name), key -> {
                    AtomicLong held = new AtomicLong();
                    Gauge.builder(name, held, AtomicLong::get)
                            .description(description)
                            .baseUnit(unit.isEmpty() ? null : unit)
                            .tags(tags)
                            .register(registry);
                    return held;
                })
                .set(value);
    }

    private static String action(RunRecord run) {
        return run.dryRun() ? "plan" : word(run.action().name());
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static JsonNode report(RunRecord run) {
        try {
            return run.report().isPresent() ? JSON.readTree(run.report().get()) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
