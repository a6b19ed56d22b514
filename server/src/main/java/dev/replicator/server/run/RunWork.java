package dev.replicator.server.run;

import dev.replicator.PlanHeaders;
import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.config.JobConfig;
import dev.replicator.execute.Cancellation;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanHeader;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.server.plan.PlanFiles;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreException;
import java.io.UncheckedIOException;
import java.util.List;

/** Does what an order says, with the one engine; what writes, under the job's lease. Stateless and thread-safe. */
final class RunWork {
    private final Replicator replicator;
    private final LeasedRuns leased;
    private final PlanFiles plans;

    RunWork(Replicator replicator, LeasedRuns leased, PlanFiles plans) {
        this.replicator = replicator;
        this.leased = leased;
        this.plans = plans;
    }

    /** To its end; of what can go wrong with stores and plans it throws nothing. */
    RunEnd done(String run, RunOrder order, JobConfig config, Recorder recorder, Cancellation cancellation) {
        RunOptions options = RunOptions.defaults()
                .withRunId(run)
                .withListener(recorder)
                .withCancellation(cancellation)
                .withReach(order.narrowing().reach());
        try {
            ReplicationJob job = order.narrowing().of(config.job());
            if (order.plans()) {
                return planned(run, order.job(), job, options);
            }
            return switch (order.action()) {
                case VALIDATE -> RunEnd.of(replicator.validate(job, recorder::found, options));
                case DRIFT -> RunEnd.of(replicator.drift(job, recorder::found, options));
                case APPLY -> applied(order.plan().orElseThrow(), config, options);
                default -> leased(job, config, options, replicator::run);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RunEnd.without(RunState.CANCELLED, "stopped while it waited for the job's lease");
        } catch (StoreException | IllegalArgumentException | UncheckedIOException e) {
            return RunEnd.without(RunState.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private RunEnd planned(String run, String name, ReplicationJob job, RunOptions options) {
        PlanFiles.Planned planned = plans.written(run, name, job, writer -> replicator.plan(job, writer, options));
        RunEnd end = RunEnd.of(planned.report());
        if (planned.kept() instanceof PlanFiles.Kept.Written written) {
            return end.with(written.plan());
        }
        return planned.kept() instanceof PlanFiles.Kept.Lost lost ? end.saying(lost.why()) : end;
    }

    private RunEnd applied(RunOrder.PlanRef ref, JobConfig config, RunOptions options) {
        return plans.opened(ref.run(), ref.digest(), plan -> {
            try {
                ReplicationJob job = planned(plan, config.job());
                return leased(job, config, options, (leasedJob, guarded) -> replicator.apply(plan, leasedJob, guarded));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return RunEnd.without(RunState.CANCELLED, "stopped while it waited for the job's lease");
            }
        });
    }

    /**
     * The job as the plan saw it: what it allows is what the configuration allows now.
     *
     * @throws IllegalArgumentException when the plan is about what the job no longer is
     */
    private static ReplicationJob planned(WrittenPlan plan, ReplicationJob job) {
        PlanHeader then = plan.header();
        List<PrefixPair> paths = then.paths().stream()
                .map(path -> new PrefixPair(KeyPrefix.of(path.from()), KeyPrefix.of(path.to())))
                .toList();
        boolean inside =
                paths.stream().allMatch(part -> job.paths().stream().anyMatch(whole -> Narrowing.holds(whole, part)));
        boolean sameFilter = PlanHeaders.of(job, then.createdAt()).filters().equals(then.filters());
        if (!inside || !sameFilter) {
            throw new IllegalArgumentException(
                    "the job's paths or filters are others than those of the plan; plan again");
        }
        return job.withPaths(paths);
    }

    private RunEnd leased(ReplicationJob job, JobConfig config, RunOptions options, LeasedRuns.Work work)
            throws InterruptedException {
        LeasedRuns.End end = leased.run(job, config.hook(), options, work);
        if (end instanceof LeasedRuns.End.Ran ran) {
            return RunEnd.of(ran.report());
        }
        if (end instanceof LeasedRuns.End.Held held) {
            return RunEnd.without(RunState.LOCKED, "the job is being run by " + held.holder());
        }
        return RunEnd.without(RunState.REFUSED, ((LeasedRuns.End.Refused) end).why());
    }
}
