package dev.replicator.server.run;

import dev.replicator.Replicator;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.server.plan.PlanFiles;
import dev.replicator.server.plan.PlanShelf;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this server: one at a time for each job, started by any front door, remembered in the log, told to
 * observers. Several servers that share a log are kept apart by the job's lease. A log that can't be written costs a run
 * its memory, never its work. Thread-safe.
 */
public final class Runs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private final Jobs jobs;
    private final RunWork work;
    private final PlanShelf plans;
    private final RunLog runs;
    private final Unkept kept;
    private final RunObserver observer;
    private final Clock clock;
    private final RunIds ids;
    private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads;

    public Runs(
            Jobs jobs,
            Replicator replicator,
            LeasedRuns leased,
            RunLog runs,
            PlanShelf plans,
            RunObserver observer,
            Clock clock) {
        this.jobs = jobs;
        this.work = new RunWork(replicator, leased, new PlanFiles(plans, clock));
        this.plans = plans;
        this.runs = runs;
        this.kept = new Unkept(runs);
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

        /** The plan isn't approved in this version, or is taken. */
        record PlanTaken() implements Answer {}
    }

    /**
     * Takes an order, or says why not; waits for nothing but the log.
     *
     * @throws Narrowing.RefusedException when it asks for what the job does not have
     * @throws RunLogException when a plan is to be applied and it can't be told whether it may be
     */
    public Answer start(RunOrder order) {
        Optional<JobConfig> job = jobs.named(order.job());
        if (job.isEmpty()) {
            return new Answer.UnknownJob();
        }
        order.narrowing().of(job.get().job());
        RunRecord queued = RunRecord.queued(ids.next(), order, now());
        ActiveRun run = new ActiveRun(queued);
        ActiveRun before = active.putIfAbsent(order.job(), run);
        if (before != null) {
            return new Answer.Busy(before.record());
        }
        try {
            if (order.plan().isPresent() && !taken(order.plan().get(), queued)) {
                active.remove(order.job(), run);
                return new Answer.PlanTaken();
            }
            String unkept = kept.keep(queued);
            observer.changed(queued);
            threads.execute(() -> carryOut(run, order, job.get(), unkept));
            return new Answer.Accepted(queued);
        } catch (RuntimeException e) {
            order.plan().ifPresent(plan -> giveBack(plan, queued));
            active.remove(order.job(), run);
            throw e;
        }
    }

    /** As {@link #start}, for what can wait: a job that another server of this log is running is busy too. */
    public Answer startInTurn(RunOrder order) {
        return elsewhere(order.job()).<Answer>map(Answer.Busy::new).orElseGet(() -> start(order));
    }

    /** A log that can't be asked keeps nothing from being done. */
    private Optional<RunRecord> elsewhere(String job) {
        try {
            return Stream.of(RunState.RUNNING, RunState.CANCELLING, RunState.QUEUED)
                    .map(state ->
                            new RunLog.Wanted(Optional.of(job), Optional.of(state), Optional.empty(), Optional.empty()))
                    .flatMap(wanted -> runs.newest(wanted, Optional.empty(), 1).stream())
                    .flatMap(run -> find(run.id()).stream())
                    .filter(run -> !run.state().isEnd())
                    .findFirst();
        } catch (RunLogException e) {
            log.warn("whether another server runs job {} is unknown: {}", job, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean taken(RunOrder.PlanRef plan, RunRecord run) {
        return plans.take(plan.run(), plan.digest(), run.id());
    }

    /** Asks a run to stop; empty when no such run is under way here. */
    public Optional<RunRecord> cancel(String id, String why) {
        Optional<ActiveRun> found = underWay(id);
        found.ifPresent(run -> {
            run.cancellation().cancel(why);
            run.change(RunRecord::cancelling, this::told);
        });
        return found.map(ActiveRun::record);
    }

    /** A run under way here in its newest state, else as the log has it. */
    public Optional<RunRecord> find(String id) {
        return underWay(id).map(ActiveRun::record).or(() -> kept.find(id)).or(() -> runs.find(id));
    }

    /** As {@link #find}, waiting for the run's end so long at most; for one of another server by looking now and then. */
    public Optional<RunRecord> awaited(String id, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            Optional<RunRecord> found = find(id);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (found.isEmpty() || found.get().state().isEnd() || left.isNegative() || closing.getCount() == 0) {
                return found;
            }
            Optional<ActiveRun> here = underWay(id);
            if (here.isPresent()) {
                here.get().await(left);
            } else {
                closing.await(Math.min(LOOK.toMillis(), left.toMillis() + 1), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** How far a run under way here is. */
    public Optional<RunProgress> progress(String id) {
        return underWay(id).map(ActiveRun::progress);
    }

    private Optional<ActiveRun> underWay(String id) {
        return active.values().stream()
                .filter(run -> run.record().id().equals(id))
                .findFirst();
    }

    /** Ids of the runs under way here. */
    public Set<String> underWay() {
        return active.values().stream().map(run -> run.record().id()).collect(Collectors.toUnmodifiableSet());
    }

    /** Tells the log what it did not take before. */
    public void remember() {
        kept.retry();
    }

    public RunLog log() {
        return runs;
    }

    /** To its end, whatever happens: a run that never ends would keep its job from running again. */
    private void carryOut(ActiveRun run, RunOrder order, JobConfig job, String unkept) {
        String lost = unkept.isEmpty() ? "" : "what became of objects was not kept: " + unkept;
        RunEnd end;
        try {
            run.change(record -> record.running(now()), this::told);
            Recorder recorder = recorder(run, order, lost);
            try (recorder) {
                end = work.done(run.record().id(), order, job, recorder, run.cancellation());
            }
            lost = recorder.lost();
        } catch (RuntimeException | Error e) {
            log.error("run {} of job {} failed", run.record().id(), order.job(), e);
            end = RunEnd.without(RunState.FAILED, "an error of Replicator itself: " + e.getMessage());
        }
        over(run, order, end, lost);
    }

    private Recorder recorder(ActiveRun run, RunOrder order, String lost) {
        return new Recorder(
                new ResultWriter(run.record().id(), runs, lost),
                order.plans(),
                engineId -> run.change(record -> record.named(engineId), kept::keep),
                progress -> {
                    run.progress(progress);
                    observer.progressed(run.record(), progress);
                });
    }

    private void over(ActiveRun run, RunOrder order, RunEnd end, String lost) {
        boolean interrupted = Thread.interrupted(); // how it ended is written down all the same
        RunRecord ended;
        try {
            if (end.leftUndone(run.progress())) { // before anybody who waits for the run's end looks at the plan
                order.plan().ifPresent(plan -> giveBack(plan, run.record()));
            }
            ended = run.change(record -> record.ended(end, lost, now()), kept::keep);
        } finally {
            active.remove(order.job(), run);
            run.over();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        observer.changed(ended);
    }

    /** Nothing was done of it. */
    private void giveBack(RunOrder.PlanRef plan, RunRecord run) {
        try {
            plans.giveBack(plan.run(), run.id());
        } catch (RuntimeException e) {
            log.warn("the plan of run {} stays taken by {}: {}", plan.run(), run.id(), e.getMessage());
        }
    }

    /** As finely as the log keeps it: a run reads the same before and after. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void told(RunRecord record) {
        kept.keep(record);
        observer.changed(record);
    }

    /**
     * Tells of a run that its server left, as {@link dev.replicator.server.history.Presence} found it; of one that has ended
     * otherwise meanwhile its own server tells.
     *
     * @return false where the log can't be asked, so that it has to be told later
     */
    public boolean tellOfInterrupted(String id) {
        try {
            runs.find(id).filter(run -> run.state() == RunState.INTERRUPTED).ifPresent(run -> {
                log.warn("run {} of job {} was interrupted: its server went away", id, run.job());
                observer.changed(run);
            });
            return true;
        } catch (RunLogException e) {
            log.warn("run {} was interrupted; what it was can't be told yet: {}", id, e.getMessage());
            return false;
        }
    }

    /** Asks what is under way to stop, and waits for nothing. */
    public void stop() {
        closing.countDown();
        active.values().forEach(run -> run.cancellation().cancel("the server is being stopped"));
    }

    /** Stops what is under way; objects in flight finish. */
    @Override
    public void close() {
        stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        remember();
    }
}
