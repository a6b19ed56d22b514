package dev.replicator;

import dev.replicator.baseline.BaselineRun;
import dev.replicator.baseline.BaselineStatus;
import dev.replicator.baseline.BaselineSubject;
import dev.replicator.baseline.PairBaseline;
import dev.replicator.execute.ActionResult;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.wrap.PrefixedObjectStore;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The baseline of a job that has a name; others have none, and keep none. */
final class JobBaseline implements AutoCloseable {
    static final JobBaseline NONE = new JobBaseline(Optional.empty());

    private final Optional<BaselineRun> run;

    private JobBaseline(Optional<BaselineRun> run) {
        this.run = run;
    }

    private interface Opening {
        BaselineRun open(ObjectStore control, BaselineSubject subject, Consumer<String> warnings);
    }

    /** For a run, which leaves the next one. */
    static JobBaseline writing(ReplicationJob job, JobStores stores, Consumer<String> warnings) {
        return open(job, stores, warnings, BaselineRun::writing);
    }

    /** For what only looks. */
    static JobBaseline reading(ReplicationJob job, JobStores stores, Consumer<String> warnings) {
        return open(job, stores, warnings, BaselineRun::reading);
    }

    private static JobBaseline open(ReplicationJob job, JobStores stores, Consumer<String> warnings, Opening opening) {
        return job.name().isEmpty()
                ? NONE
                : new JobBaseline(Optional.of(opening.open(
                        PrefixedObjectStore.of(stores.destination(), job.controlPrefix()), subject(job), warnings)));
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

    /** Notes what an action left. May be called by any thread. */
    void finished(ActionResult result) {
        if (run.isEmpty() || !(result instanceof ActionResult.Done done)) {
            return;
        }
        if (done.action() instanceof Action.Copy copy) {
            done.written().ifPresent(written -> run.get().copied(copy.pair(), copy.source(), written));
        } else if (done.action() instanceof Action.UpdateMetadata update) {
            done.written().ifPresent(written -> run.get().copied(update.pair(), update.source(), written));
        } else if (done.action() instanceof Action.Delete delete) {
            run.get().deleted(delete.pair(), delete.key());
        }
    }

    void commit(String runId, Instant now, BaselineRun.Coverage coverage) {
        run.ifPresent(opened -> opened.commit(runId, now, coverage));
    }

    @Override
    public void close() {
        run.ifPresent(BaselineRun::close);
    }
}
