package dev.replicator.server.upkeep;

import dev.replicator.Replicator;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.server.history.ReportImport;
import dev.replicator.server.run.Jobs;
import dev.replicator.server.run.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other processes ran into the history: the reports that they left beside the job's marker. Reading costs one
 * listing, and two requests for each report that is not known. Thread-safe; never fails.
 */
public final class BucketReports implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_ID = 255;
    private static final Logger log = LoggerFactory.getLogger(BucketReports.class);

    private final Jobs jobs;
    private final Replicator replicator;
    private final ReportImport history;
    private final Clock clock;
    private final Map<String, Instant> read = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "replicator-reports");
        made.setDaemon(true);
        return made;
    });

    public BucketReports(Jobs jobs, Replicator replicator, ReportImport history, Clock clock) {
        this.jobs = jobs;
        this.replicator = replicator;
        this.history = history;
        this.clock = clock;
    }

    /** Reads those of all jobs. */
    public void readAll() {
        for (String name : jobs.names()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            read.put(name, clock.instant());
            readNow(name);
        }
    }

    /** Has those of a job read soon, unless they were a moment ago; returns at once. */
    public void refresh(String job) {
        Instant now = clock.instant();
        boolean[] due = {false};
        read.compute(job, (name, before) -> {
            due[0] = before == null || before.plus(PAUSE).isBefore(now);
            return due[0] ? now : before;
        });
        if (due[0] && !thread.isShutdown()) {
            thread.execute(() -> readNow(job));
        }
    }

    /** Reads those of a job; gives how many runs are new. */
    int readNow(String name) {
        int entered = 0;
        try {
            JobConfig config = jobs.named(name).orElseThrow();
            if (config.job().name().isEmpty()) {
                return 0;
            }
            Set<String> known = history.known(name);
            try (ControlObjects objects = new ControlObjects(replicator.openControl(config.job()))) {
                List<RunHistory.Entry> unknown =
                        new RunHistory(objects).newest(RunHistory.KEPT, id -> !known.contains(id));
                Map<String, String> deployments = unknown.isEmpty() ? Map.of() : deployments(objects);
                for (RunHistory.Entry entry : unknown) {
                    entered += history.enter(name, entry, trigger(deployments, entry.runId())) ? 1 : 0;
                }
            }
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) { // by a stop
                return entered;
            }
            log.warn("reports of job {} can't be read: {}", name, e.getMessage());
        }
        return entered;
    }

    /** Deployments by the run that applied or tried them, as far as marker, ledger and attempt tell. */
    private static Map<String, String> deployments(ControlObjects objects) {
        ControlArea area = new ControlArea(objects);
        Map<String, String> found = new HashMap<>();
        for (Applied applied : area.newestApplied(RunHistory.KEPT)) {
            found.put(applied.runId(), applied.deployment());
        }
        area.attempt().valid().ifPresent((FailedAttempt attempt) -> found.put(attempt.runId(), attempt.deployment()));
        return found;
    }

    private static Trigger trigger(Map<String, String> deployments, String run) {
        String deployment = deployments.get(run);
        return deployment == null
                ? new Trigger(Trigger.Kind.ELSEWHERE, "another process", "")
                : new Trigger(Trigger.Kind.DEPLOYMENT, "the deploy hook", "deployment " + shortened(deployment));
    }

    private static String shortened(String deployment) {
        return deployment.length() > LONGEST_ID ? deployment.substring(0, LONGEST_ID) : deployment;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
