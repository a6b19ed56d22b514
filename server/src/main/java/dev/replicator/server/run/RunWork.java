package dev.replicator.server.run;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.config.JobConfig;
import dev.replicator.execute.Cancellation;
import dev.replicator.hook.LeasedRuns;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunListener;
import dev.replicator.store.StoreException;

/** Does what an order says, with the one engine; syncs under the job's lease. Stateless and thread-safe. */
final class RunWork {
    private final Replicator replicator;
    private final LeasedRuns leased;

    RunWork(Replicator replicator, LeasedRuns leased) {
        this.replicator = replicator;
        this.leased = leased;
    }

    /** To its end; throws nothing. */
    RunEnd done(RunOrder order, JobConfig job, RunListener listener, Cancellation cancellation) {
        RunOptions options = RunOptions.defaults().withListener(listener).withCancellation(cancellation);
        try {
            if (order.action() == RunAction.VALIDATE) {
                return RunEnd.of(replicator.validate(job.job(), FindingSink.NONE, options));
            }
            if (order.action() == RunAction.PLAN || order.dryRun()) {
                return RunEnd.of(replicator.plan(job.job(), PlanSink.NONE, options));
            }
            return synced(job, options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RunEnd.without(RunState.CANCELLED, "stopped while it waited for the job's lease");
        } catch (StoreException | IllegalArgumentException e) {
            return RunEnd.without(RunState.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private RunEnd synced(JobConfig job, RunOptions options) throws InterruptedException {
        LeasedRuns.End end = leased.run(job.job(), job.hook(), options, replicator::run);
        if (end instanceof LeasedRuns.End.Ran ran) {
            return RunEnd.of(ran.report());
        }
        if (end instanceof LeasedRuns.End.Held held) {
            return RunEnd.without(RunState.LOCKED, "the job is being run by " + held.holder());
        }
        return RunEnd.without(RunState.REFUSED, ((LeasedRuns.End.Refused) end).why());
    }
}
