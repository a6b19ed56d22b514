package dev.replicator;

import dev.replicator.diff.Change;
import dev.replicator.diff.ObjectCount;
import dev.replicator.diff.Scrutiny;
import dev.replicator.execute.MutationGuard;
import dev.replicator.execute.PairStores;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.DriftReport;
import dev.replicator.report.DriftSink;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunReport;
import dev.replicator.report.SideCount;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.Stores;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.StoreStack;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one object behind every front door: plans, runs, applies and validates jobs. Immutable and thread-safe; each call
 * opens and closes its own stores. Failures of objects or of a whole run are in the report; exceptions are for wrong
 * arguments ({@link IllegalArgumentException}) only.
 */
public final class Replicator {
    private final Stores stores;
    private final Clock clock;
    private final Map<String, String> environment;
    private final Supplier<String> runIds;

    private Replicator(Stores stores, Clock clock, Map<String, String> environment, Supplier<String> runIds) {
        this.stores = stores;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        this.runIds = runIds;
    }

    /** With the providers found on the class path and the system's clock and environment. */
    public static Replicator create() {
        return create(Stores.onClassPath());
    }

    public static Replicator create(Stores stores) {
        return create(stores, Clock.systemUTC(), System.getenv());
    }

    /** @param environment variables that providers read, such as {@code AWS_ENDPOINT_URL} */
    public static Replicator create(Stores stores, Clock clock, Map<String, String> environment) {
        return new Replicator(stores, clock, environment, new RunIds(clock)::next);
    }

    /**
     * Lists, compares and decides; sends no request that changes anything. The sink gets copies and skips as they are
     * found and the deletes at the end; the report's counts are what a run would do.
     */
    public RunReport plan(ReplicationJob job, PlanSink sink, RunOptions options) {
        return inSession(job, options, new RequestMeter(), session -> session.plan(sink));
    }

    /** Plans and carries out in one stream: the first copies start after the first pages. Deletes come last. */
    public RunReport run(ReplicationJob job, RunOptions options) {
        return inSession(job, options, guarded(options), RunSession::run);
    }

    /**
     * Carries out exactly the actions of a verified plan file; what changed since is refused action by action as stale.
     *
     * @param job the job the plan was made of: its stores and limits are used
     * @throws IllegalArgumentException when the plan was made of other locations
     */
    public RunReport apply(WrittenPlan plan, ReplicationJob job, RunOptions options) {
        PlanHeaders.check(plan.header(), job);
        return inSession(job, options, guarded(options), session -> session.apply(plan));
    }

    /** Compares and tells the differences, without reading contents; changes nothing. */
    public ValidationReport validate(ReplicationJob job, FindingSink sink, RunOptions options) {
        return validate(job, Scrutiny.STRICT, sink, options);
    }

    /** As {@link #validate(ReplicationJob, FindingSink, RunOptions)}, questioning equality as hard as asked. */
    public ValidationReport validate(ReplicationJob job, Scrutiny scrutiny, FindingSink sink, RunOptions options) {
        try (JobStores open = JobStores.open(job, stores, context(new RequestMeter()))) {
            return new ValidationSession(job, open, scrutiny, options, sink, clock).validate(runId(options));
        }
    }

    /**
     * Tells what others changed in the destination since the last run of a job with a name; changes nothing, and asks the
     * listings only where the source is as it was.
     *
     * @throws IllegalArgumentException when the job has no name, so that no run of it leaves a baseline
     */
    public DriftReport drift(ReplicationJob job, DriftSink sink, RunOptions options) {
        if (job.name().isEmpty()) {
            throw new IllegalArgumentException(
                    "two locations given by hand have no baseline; drift needs a job's name");
        }
        try (JobStores open = JobStores.open(job, stores, context(new RequestMeter()))) {
            return new DriftSession(job, open, options, sink, clock).look(runId(options));
        }
    }

    /**
     * Counts one side's objects in the job's scope, by listing.
     *
     * @throws dev.replicator.store.StoreException when it can't be listed
     */
    public SideCount count(ReplicationJob job, Change.Side side) {
        try (JobStores open = JobStores.open(job, stores, context(new RequestMeter()))) {
            SideCount sum = SideCount.ZERO;
            for (PairStores pair : open.pairs()) {
                ObjectCount count =
                        ObjectCount.of(side == Change.Side.SOURCE ? pair.source() : pair.destination(), job.filter());
                sum = sum.plus(new SideCount(count.objects(), count.bytes()));
            }
            return sum;
        }
    }

    /**
     * The job's control prefix as a store of its own (keys such as {@code marker.json}), with retries; the caller
     * closes it.
     */
    public ObjectStore openControl(ReplicationJob job) {
        StoreStack stack = new StoreStack(job.retry(), RetryBudget.ofRun(), 16, 0, System::nanoTime);
        ObjectStore bucket =
                stores.open(job.destination(), context(new RequestMeter()).withRetry(job.retry()));
        return stack.destination(bucket, job.controlPrefix());
    }

    private String runId(RunOptions options) {
        return options.runId().orElseGet(runIds);
    }

    private RunReport inSession(
            ReplicationJob job, RunOptions options, RequestMeter meter, Function<RunSession, RunReport> work) {
        try (JobStores open = JobStores.open(job, stores, context(meter))) {
            return work.apply(new RunSession(runId(options), job, open, options, clock));
        }
    }

    private static RequestMeter guarded(RunOptions options) {
        MutationGuard guard = options.guard();
        return guard == MutationGuard.NONE ? new RequestMeter() : new RequestMeter(guard::check);
    }

    private StoreContext context(RequestMeter meter) {
        return new StoreContext(meter, clock, environment, RetrySettings.DEFAULT);
    }
}
