package dev.replicator.report;

import dev.replicator.execute.ActionForecast;
import dev.replicator.execute.PairStores;
import dev.replicator.execute.Workload;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.Estimate.Movement;
import dev.replicator.report.Estimate.Side;
import java.util.List;

/** Folds a plan's actions into an estimate, in constant memory and without a request. Used by one thread. */
public final class EstimateFold {
    private final ActionForecast forecast;
    private final Side source;
    private final Side destination;
    private final AssumedPace pace;
    private Workload work;

    /**
     * @param pairs both stores of each of the job's prefix pairs, in order
     * @param concurrency objects in flight
     * @param preparation what a run sends before its first action
     */
    public EstimateFold(ReplicationJob job, List<PairStores> pairs, int concurrency, Workload preparation) {
        work = preparation;
        forecast = new ActionForecast(job, pairs);
        source = new Side(pairs.get(0).source().bucket(), forecast.isSourceLocal());
        destination = new Side(pairs.get(0).destination().bucket(), forecast.isDestinationLocal());
        pace = source.local() && destination.local()
                ? AssumedPace.ofDisk(concurrency, job.transfer())
                : AssumedPace.ofNetwork(concurrency, job.transfer());
    }

    public void add(Action action) {
        work = work.plus(forecast.of(action));
    }

    /** Adds what a run sends beside its actions. */
    public void add(Workload more) {
        work = work.plus(more);
    }

    public Estimate estimate() {
        return new Estimate(work, movement(), source, destination, pace);
    }

    private Movement movement() {
        if (source.local() && destination.local()) {
            return Movement.LOCAL;
        }
        if (!forecast.copiesByStore()) {
            return Movement.STREAMED;
        }
        String from = source.bucket().region();
        String to = destination.bucket().region();
        return from.isEmpty() || to.isEmpty() || from.equals(to)
                ? Movement.SERVER_SIDE
                : Movement.SERVER_SIDE_ACROSS_REGIONS;
    }
}
