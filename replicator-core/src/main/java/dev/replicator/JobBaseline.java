package dev.replicator;

import dev.replicator.baseline.BaselineRun;
import dev.replicator.baseline.BaselineStatus;
import dev.replicator.baseline.BaselineSubject;
import dev.replicator.baseline.Intent;
import dev.replicator.baseline.PairBaseline;
import dev.replicator.diff.Change;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Workload;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Version;
import dev.replicator.store.wrap.PrefixedObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The baseline of a job that has a name; others have none, and keep none. */
final class JobBaseline implements AutoCloseable {
    static final JobBaseline NONE = new JobBaseline(Optional.empty(), RequestForecast.ONE_EACH, false, false);

    private final Optional<BaselineRun> run;
    private final RequestForecast forecast;
    /** Whether a change of metadata leaves a file, and so its version, as it is. */
    private final boolean keepsVersion;

    private final boolean keepsDrift;
    private long foretoldWrites;
    private long foretoldDeletes;

    private JobBaseline(Optional<BaselineRun> run, RequestForecast forecast, boolean keepsVersion, boolean keepsDrift) {
        this.run = run;
        this.keepsDrift = keepsDrift;
        this.forecast = forecast;
        this.keepsVersion = keepsVersion;
    }

    private interface Opening {
        BaselineRun open(ObjectStore control, BaselineSubject subject, Consumer<String> warnings);
    }

    /** For a run, which leaves the next one, or for its plan, which foretells that. */
    static JobBaseline writing(
            ReplicationJob job, JobStores stores, RunOptions.Reach reach, Consumer<String> warnings) {
        BaselineRun.Coverage intended =
                reach == RunOptions.Reach.JOB ? BaselineRun.Coverage.JOB : BaselineRun.Coverage.PATHS;
        return open(
                job,
                stores,
                warnings,
                (control, subject, told) -> BaselineRun.writing(control, subject, intended, told));
    }

    /** For what only looks. */
    static JobBaseline reading(ReplicationJob job, JobStores stores, Consumer<String> warnings) {
        return open(job, stores, warnings, BaselineRun::reading);
    }

    private static JobBaseline open(ReplicationJob job, JobStores stores, Consumer<String> warnings, Opening opening) {
        if (job.name().isEmpty()) {
            return NONE;
        }
        ObjectStore destination = stores.destination();
        BaselineRun run =
                opening.open(PrefixedObjectStore.of(destination, job.controlPrefix()), subject(job), warnings);
        boolean keepsVersion = destination.capabilities().contains(Capability.KEEPS_MODIFIED)
                && destination.role(MetadataUpdate.class).isPresent();
        return new JobBaseline(
                Optional.of(run), RequestForecast.of(destination), keepsVersion, job.onDrift() == DriftPolicy.KEEP);
    }

    private static BaselineSubject subject(ReplicationJob job) {
        return new BaselineSubject(
                place(job.source()),
                place(job.destination()),
                job.paths().stream()
                        .map(pair -> new BaselineSubject.Path(
                                pair.from().text(), pair.to().text()))
                        .toList(),
                job.compare().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                job.filter().rules().stream()
                        .map(rule -> (rule.include() ? "+" : "-") + rule.pattern())
                        .collect(Collectors.joining("\n")));
    }

    private static String place(StoreSettings store) {
        return store.uri() + store.endpoint().map(endpoint -> " at " + endpoint).orElse("");
    }

    BaselineStatus status() {
        return run.map(BaselineRun::status).orElseGet(BaselineStatus.NoneYet::new);
    }

    PairBaseline pair(int pair) {
        return run.map(opened -> opened.pair(pair)).orElse(PairBaseline.NONE);
    }

    /**
     * Whether what the job's runs are about to do is written down: only who keeps drift has to tell it from his own. While
     * stopped runs are to be settled every run does, as it may leave no baseline that shows what it did.
     */
    boolean announces() {
        return run.filter(opened -> keepsDrift || opened.settles()).isPresent();
    }

    void announcing(String runId) {
        run.ifPresent(opened -> opened.announcing(runId));
    }

    /** Writes down what is about to be done; throws what the store throws. */
    void announce(List<Action> actions) {
        for (Action action : actions) {
            announce(action);
        }
        run.ifPresent(BaselineRun::announced);
    }

    private void announce(Action action) {
        if (action instanceof Action.Copy copy) {
            Intent.Metadata metadata =
                    copy.metadata() == Change.Side.DESTINATION ? Intent.Metadata.KEPT : Intent.Metadata.SOURCES;
            run.ifPresent(opened -> opened.copies(
                    copy.pair(), copy.source(), copy.replaced().map(Precondition.Unchanged::version), metadata));
        } else if (action instanceof Action.UpdateMetadata update) {
            Optional<Version> seen = Optional.of(update.destination().version());
            run.ifPresent(opened -> opened.copies(update.pair(), update.source(), seen, Intent.Metadata.SOURCES));
        } else if (action instanceof Action.Delete delete) {
            run.ifPresent(opened -> opened.deletes(delete.pair(), delete.destination()));
        }
    }

    /** Notes what an action left. May be called by any thread. */
    void finished(ActionResult result) {
        if (run.isEmpty()) {
            return;
        }
        if (result instanceof ActionResult.Done done) {
            done(done, run.get());
        } else if (result instanceof ActionResult.Failed failed && failed.target() == ActionResult.Target.GONE) {
            run.get().deleted(failed.action().pair(), failed.action().key());
        }
    }

    private static void done(ActionResult.Done done, BaselineRun run) {
        if (done.action() instanceof Action.Copy copy) {
            done.written().ifPresent(written -> copied(copy, written, run));
        } else if (done.action() instanceof Action.UpdateMetadata update) {
            done.written().ifPresent(written -> run.copied(update.pair(), update.source(), written));
        } else if (done.action() instanceof Action.Delete delete) {
            run.deleted(delete.pair(), delete.key());
        }
    }

    private static void copied(Action.Copy copy, ObjectMeta written, BaselineRun run) {
        if (copy.metadata() == Change.Side.DESTINATION) {
            run.copiedUnderOthersMetadata(copy.pair(), copy.source(), written);
        } else {
            run.copied(copy.pair(), copy.source(), written);
        }
    }

    /**
     * Notes what an action of a plan would leave. Of the version that a write will make nothing is known but that it is
     * another.
     */
    void foretold(Action action, Instant now) {
        if (run.isEmpty()) {
            return;
        }
        foretoldWrites += action instanceof Action.Copy || action instanceof Action.UpdateMetadata ? 1 : 0;
        foretoldDeletes += action instanceof Action.Delete ? 1 : 0;
        if (action instanceof Action.Copy copy) {
            run.get().copied(copy.pair(), copy.source(), written(copy.source(), now));
        } else if (action instanceof Action.UpdateMetadata update) {
            run.get()
                    .copied(
                            update.pair(),
                            update.source(),
                            keepsVersion ? update.destination() : written(update.destination(), now));
        } else if (action instanceof Action.Delete delete) {
            run.get().deleted(delete.pair(), delete.key());
        }
    }

    private static ObjectMeta written(ObjectMeta like, Instant now) {
        return new ObjectMeta(like.key(), like.size(), now, like.version());
    }

    /** What the run that follows the plan sends to leave its baseline; see {@link BaselineRun#foretell}. */
    Workload foretell(Instant now, BaselineRun.Coverage coverage) {
        BaselineRun.Announced announced = announces()
                ? new BaselineRun.Announced(foretoldWrites, foretoldDeletes)
                : BaselineRun.Announced.NOTHING;
        RequestCounts requests = run.map(opened -> opened.foretell(now, coverage, forecast, announced))
                .orElse(RequestCounts.NONE);
        return new Workload(0, RequestCounts.NONE, requests, 0, 0);
    }

    void commit(String runId, Instant now, BaselineRun.Coverage coverage, BaselineRun.Certainty certainty) {
        run.ifPresent(opened -> opened.commit(runId, now, coverage, certainty));
    }

    @Override
    public void close() {
        run.ifPresent(BaselineRun::close);
    }
}
