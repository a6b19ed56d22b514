package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.diff.Change;
import dev.replicator.execute.MutationGuard;
import dev.replicator.execute.Problem;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Counts;
import dev.replicator.report.FindingSink;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.SideCount;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An engine of a few lines over given stores: copies what is missing or of another size, asks the guard before every
 * write, stops when it is told to, and deletes extras when the job says so.
 */
final class FakeEngine implements Engine {
    private final Supplier<ObjectStore> source;
    private final Supplier<ObjectStore> destination;
    private final Function<ReplicationJob, ObjectStore> control;
    private final Supplier<String> ids;
    private final List<ReplicationJob> runs = new ArrayList<>();
    private Optional<Outcome> scripted = Optional.empty();
    private Runnable beforeEachWrite = () -> {};
    private Runnable beforeEachComparison = () -> {};
    private Consumer<String> afterEachCheck = run -> {};

    FakeEngine(
            Supplier<ObjectStore> source,
            Supplier<ObjectStore> destination,
            Function<ReplicationJob, ObjectStore> control,
            Supplier<String> ids) {
        this.source = source;
        this.destination = destination;
        this.control = control;
        this.ids = ids;
    }

    /** Runs end so, without having done anything, until told otherwise. */
    FakeEngine ends(Outcome outcome) {
        scripted = Optional.of(outcome);
        return this;
    }

    FakeEngine works() {
        scripted = Optional.empty();
        return this;
    }

    FakeEngine beforeEachWrite(Runnable hook) {
        beforeEachWrite = hook;
        return this;
    }

    FakeEngine beforeEachComparison(Runnable hook) {
        beforeEachComparison = hook;
        return this;
    }

    /** Hears the run's id whenever the guard has let a write through. */
    FakeEngine afterEachCheck(Consumer<String> hook) {
        afterEachCheck = hook;
        return this;
    }

    /** The jobs that were run, in order. */
    List<ReplicationJob> runs() {
        return List.copyOf(runs);
    }

    @Override
    public RunReport run(ReplicationJob job, RunOptions options) {
        runs.add(job);
        String id = ids.get();
        if (scripted.isPresent()) {
            return report(id, job, scripted.get(), Counts.ZERO, Optional.empty());
        }
        long copied = 0;
        long deleted = 0;
        try (ObjectStore from = source.get();
                ObjectStore to = destination.get()) {
            for (ObjectMeta object : list(from)) {
                if (options.cancellation().isStopped()) {
                    return stopped(id, job, options, copied);
                }
                if (to.head(object.key()).map(ObjectMeta::size).equals(Optional.of(object.size()))) {
                    continue;
                }
                beforeEachWrite.run();
                options.guard().check();
                afterEachCheck.accept(id);
                try (ObjectBody body = from.read(object)) {
                    to.write(object.key(), body, WriteOptions.of(Precondition.none()));
                }
                copied++;
            }
            if (job.delete().deletes()) {
                for (ObjectMeta object : list(to)) {
                    if (from.head(object.key()).isEmpty()) {
                        options.guard().check();
                        to.delete(object.key(), Precondition.none());
                        deleted++;
                    }
                }
            }
        } catch (MutationGuard.NotAllowedException e) {
            return report(
                    id,
                    job,
                    Outcome.FAILED,
                    copies(copied, deleted),
                    Optional.of(new Problem(Problem.Kind.LOCKED, String.valueOf(e.getMessage()))));
        }
        Outcome outcome = copied + deleted == 0 ? Outcome.NOTHING_TO_DO : Outcome.SUCCEEDED;
        return report(id, job, outcome, copies(copied, deleted), Optional.empty());
    }

    private static RunReport stopped(String id, ReplicationJob job, RunOptions options, long copied) {
        Optional<Problem> problem = options.cancellation().reason();
        boolean cancelled = problem.map(Problem::kind).equals(Optional.of(Problem.Kind.CANCELLED));
        return report(id, job, cancelled ? Outcome.CANCELLED : Outcome.FAILED, copies(copied, 0), problem);
    }

    private static List<ObjectMeta> list(ObjectStore store) {
        return new dev.replicator.hook.control.ControlObjects(store).list("");
    }

    private static Counts copies(long copied, long deleted) {
        return new Counts(copied, 0, deleted, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static RunReport report(
            String id, ReplicationJob job, Outcome outcome, Counts counts, Optional<Problem> problem) {
        return new RunReport(
                id,
                job.name(),
                job.source().uri().toString(),
                job.destination().uri().toString(),
                dev.replicator.testkit.SettableClock.START,
                Duration.ofSeconds(1),
                outcome,
                counts,
                Map.of(),
                GateReport.NOT_ASKED,
                List.of(),
                false,
                List.of(),
                problem);
    }

    @Override
    public ValidationReport validate(ReplicationJob job, FindingSink sink, RunOptions options) {
        long matched = 0;
        long missing = 0;
        try (ObjectStore from = source.get();
                ObjectStore to = destination.get()) {
            for (ObjectMeta object : list(from)) {
                beforeEachComparison.run();
                if (options.cancellation().isStopped()) {
                    break;
                }
                if (to.head(object.key()).isPresent()) {
                    matched++;
                } else {
                    missing++;
                    sink.accept(new dev.replicator.report.Finding(
                            dev.replicator.report.Finding.Kind.MISSING, 0, object, "missing"));
                }
            }
        }
        return new ValidationReport(
                missing == 0 && !options.cancellation().isStopped(),
                "s",
                "d",
                matched,
                missing,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                matched,
                0,
                ValidationReport.Contents.NONE,
                Duration.ZERO,
                Map.of(),
                options.cancellation().reason());
    }

    @Override
    public SideCount count(ReplicationJob job, Change.Side side) {
        try (ObjectStore store = side == Change.Side.SOURCE ? source.get() : destination.get()) {
            List<ObjectMeta> objects = list(store);
            return new SideCount(
                    objects.size(), objects.stream().mapToLong(ObjectMeta::size).sum());
        }
    }

    @Override
    public ObjectStore openControl(ReplicationJob job) {
        return control.apply(job);
    }
}
