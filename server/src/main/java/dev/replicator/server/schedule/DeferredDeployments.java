package dev.replicator.server.schedule;

import dev.replicator.Replicator;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.execute.Cancellation;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookResult;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deployments that wait for their minimum interval ({@code deferred.json}): this server is the process that comes by when
 * they are due. As the hook runs them, under its lease, with ledger and marker; the report is in the bucket. Thread-safe.
 */
public final class DeferredDeployments implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** Half a minute for objects in flight, and what follows: the report, the lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final RunObserver observer;
    private final Cancellation cancellation = new Cancellation();
    private final List<Ticking> looking = new ArrayList<>();

    private DeferredDeployments(RunObserver observer) {
        this.observer = observer;
    }

    /**
     * Begins to look, once a minute in each control prefix.
     *
     * @param host this machine's name, for whoever finds a lease held
     * @param observer hears of what was run
     */
    public static DeferredDeployments start(
            Configuration configuration, Replicator replicator, Clock clock, String host, RunObserver observer) {
        return start(configuration, replicator, clock, host, observer, PAUSE);
    }

    static DeferredDeployments start(
            Configuration configuration,
            Replicator replicator,
            Clock clock,
            String host,
            RunObserver observer,
            Duration pause) {
        DeferredDeployments deployments = new DeferredDeployments(observer);
        configuration.jobs().forEach((name, job) -> {
            if (job.hook().mode() == Mode.BACKGROUND || job.hook().mode() == Mode.BLOCK) {
                DeployHook hook = hook(configuration, name, job, replicator, clock, host);
                deployments.looking.add(Ticking.every(pause, "deferred-" + name, () -> deployments.look(name, hook)));
            }
        });
        return deployments;
    }

    private static DeployHook hook(
            Configuration configuration, String name, JobConfig job, Replicator replicator, Clock clock, String host) {
        return DeployHook.builder()
                .configuration(configuration)
                .jobName(name)
                .settings(job.hook())
                .environment(Map.of("HOSTNAME", host))
                .replicator(replicator)
                .clock(clock)
                .build();
    }

    private void look(String job, DeployHook hook) {
        hook.runDeferred(cancellation)
                .flatMap(result -> result.report().map(report -> record(job, result, report)))
                .ifPresent(observer::changed);
    }

    private static RunRecord record(String job, HookResult result, RunReport report) {
        Instant end = report.startedAt().plus(report.duration());
        return new RunRecord(
                report.runId(),
                job,
                RunAction.SYNC,
                false,
                RunState.valueOf(report.outcome().name()),
                new Trigger(
                        Trigger.Kind.DEPLOYMENT,
                        "deployment " + result.deployment().orElse(""),
                        ""),
                report.startedAt(),
                Optional.of(report.startedAt()),
                Optional.of(end),
                result.message(),
                Optional.of(ReportJson.of(report)));
    }

    /** Asks what is under way to stop, and waits for nothing. */
    public void stop() {
        cancellation.cancel("the server is being stopped");
    }

    /** Looks no more, then stops what is under way. */
    @Override
    public void close() {
        stop();
        Ticking.close(looking, PATIENCE);
    }
}
