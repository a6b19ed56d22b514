package dev.replicator.server.run;

import dev.replicator.Replicator;
import dev.replicator.config.JobConfig;
import dev.replicator.execute.Cancellation;
import dev.replicator.hook.LeasedRuns;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this server: one at a time for each job, started by any front door, remembered in the log, told to
 * observers. Thread-safe.
 */
public final class Runs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private final Jobs jobs;
    private final RunWork work;
    private final RunLog runs;
    private final RunObserver observer;
    private final Clock clock;
    private final RunIds ids;
    private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    public Runs(Jobs jobs, Replicator replicator, LeasedRuns leased, RunLog runs, RunObserver observer, Clock clock) {
        this.jobs = jobs;
        this.work = new RunWork(replicator, leased);
        this.runs = runs;
        this.observer = observer;
        this.clock = clock;
        this.ids = new RunIds(clock);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "replicator-run");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What became of an order. */
    public sealed interface Answer {
        /** It was taken; it may still wait for the job's lease. */
        record Accepted(RunRecord run) implements Answer {}

        /** That run of the job is under way here. */
        record Busy(RunRecord run) implements Answer {}

        record UnknownJob() implements Answer {}
    }

    /**
     * Takes an order, or says why not; returns at once.
     *
     * @throws RunLogException when the run can't be remembered: then it isn't started
     */
    public Answer start(RunOrder order) {
        Optional<JobConfig> job = jobs.named(order.job());
        if (job.isEmpty()) {
            return new Answer.UnknownJob();
        }
        RunRecord queued = RunRecord.queued(ids.next(), order, clock.instant());
        ActiveRun run = new ActiveRun(queued);
        ActiveRun before = active.putIfAbsent(order.job(), run);
        if (before != null) {
            return new Answer.Busy(before.record());
        }
        try {
            runs.keep(queued);
            threads.execute(() -> carryOut(run, order, job.get()));
        } catch (RuntimeException e) {
            active.remove(order.job(), run);
            throw e;
        }
        observer.changed(queued);
        return new Answer.Accepted(queued);
    }

    /** Asks a run to stop; empty when no such run is under way here. */
    public Optional<RunRecord> cancel(String id, String why) {
        Optional<ActiveRun> found = active.values().stream()
                .filter(run -> run.record().id().equals(id))
                .findFirst();
        found.ifPresent(run -> {
            run.cancellation().cancel(why);
            told(run.change(RunRecord::cancelling));
        });
        return found.map(ActiveRun::record);
    }

    /** A run under way here in its newest state, else as the log has it. */
    public Optional<RunRecord> find(String id) {
        return active.values().stream()
                .map(ActiveRun::record)
                .filter(run -> run.id().equals(id))
                .findFirst()
                .or(() -> runs.find(id));
    }

    /** How far a run under way here is. */
    public Optional<RunProgress> progress(String id) {
        return active.values().stream()
                .filter(run -> run.record().id().equals(id))
                .findFirst()
                .map(ActiveRun::progress);
    }

    public RunLog log() {
        return runs;
    }

    private void carryOut(ActiveRun run, RunOrder order, JobConfig job) {
        told(run.change(record -> record.running(clock.instant())));
        RunEnd end;
        try (Recorder recorder = new Recorder(run.record().id(), runs, progress -> {
            run.progress(progress);
            observer.progressed(run.record(), progress);
        })) {
            end = work.done(order, job, recorder, run.cancellation());
        } catch (RuntimeException e) {
            log.error("run {} of job {} failed", run.record().id(), order.job(), e);
            end = RunEnd.without(RunState.FAILED, "an error of Replicator itself: " + e.getMessage());
        }
        RunEnd last = end;
        RunRecord ended = run.change(record -> record.ended(last, clock.instant()));
        remember(ended);
        active.remove(order.job(), run);
        observer.changed(ended);
    }

    private void told(RunRecord record) {
        remember(record);
        observer.changed(record);
    }

    private void remember(RunRecord record) {
        try {
            runs.keep(record);
        } catch (RunLogException e) {
            log.warn("run {}: {}", record.id(), e.getMessage());
        }
    }

    /** Stops what is under way; objects in flight finish. */
    @Override
    public void close() {
        active.values().forEach(run -> run.cancellation().cancel("the server is being stopped"));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A run under way. Thread-safe. */
    private static final class ActiveRun {
        private final Cancellation cancellation = new Cancellation();
        private RunRecord record;
        private volatile RunProgress progress = RunProgress.NONE;

        ActiveRun(RunRecord record) {
            this.record = record;
        }

        synchronized RunRecord record() {
            return record;
        }

        /** The next state; one that has ended stays as it is, and only then can't be asked to stop any more. */
        synchronized RunRecord change(java.util.function.UnaryOperator<RunRecord> next) {
            if (!record.state().isEnd()) {
                record = next.apply(record);
            }
            return record;
        }

        Cancellation cancellation() {
            return cancellation;
        }

        RunProgress progress() {
            return progress;
        }

        void progress(RunProgress now) {
            progress = now;
        }
    }
}
