package dev.replicator.server.plan;

import dev.replicator.PlanHeaders;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.GateReport;
import dev.replicator.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** Plans on their way between the engine, which works with files, and the shelf. Stateless and thread-safe. */
public final class PlanFiles {
    private static final String NAME = "replicator.plan.gz";

    private final PlanShelf shelf;
    private final Clock clock;

    public PlanFiles(PlanShelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** What was planned, and what was written down of it. */
    public record Planned(RunReport report, Kept kept) {}

    /** What became of the plan itself. */
    public sealed interface Kept {
        record Written(WrittenDown plan) implements Kept {}

        /** It did not come to its end, so there is none. */
        record None() implements Kept {}

        record Lost(String why) implements Kept {}
    }

    /**
     * Plans, writing it down; that a plan can't be kept takes nothing from what was planned.
     *
     * @param plan makes the plan, into the sink that it is given
     */
    public Planned written(String run, String jobName, ReplicationJob job, Function<PlanWriter, RunReport> plan) {
        return inFolder(folder -> {
            Path file = folder.resolve(NAME);
            RunReport report;
            try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(job, clock.instant()))) {
                report = plan.apply(writer);
                if (report.problem().isPresent()) {
                    return new Planned(report, new Kept.None());
                }
                writer.finish(
                        report.gate().verdict() == GateReport.Verdict.OPEN,
                        report.gate().reason());
            }
            return new Planned(report, kept(run, jobName, file));
        });
    }

    private Kept kept(String run, String job, Path file) {
        WrittenPlan written = WrittenPlan.open(file);
        WrittenDown plan = new WrittenDown(written.digest(), written.totals().hasChanges());
        try (InputStream content = Files.newInputStream(file)) {
            shelf.put(Plan.open(run, job, plan.digest(), plan.changes(), clock.instant()), content);
            return new Kept.Written(plan);
        } catch (RuntimeException | IOException e) {
            return new Kept.Lost("the plan was not kept: " + e.getMessage());
        }
    }

    /**
     * Hands over a plan that was kept, verified again.
     *
     * @throws IllegalArgumentException when it is gone, or not the one of that digest
     */
    public <T> T opened(String run, String digest, Function<WrittenPlan, T> work) {
        return inFolder(folder -> {
            Path file = folder.resolve(NAME);
            try (OutputStream out = Files.newOutputStream(file)) {
                if (!shelf.read(run, out)) {
                    throw new IllegalArgumentException("the plan of run " + run + " is gone");
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the plan can't be laid out in " + folder + ": " + e.getMessage(), e);
            }
            WrittenPlan plan = WrittenPlan.open(file);
            if (!plan.digest().equals(digest)) {
                throw new IllegalArgumentException("the plan of run " + run + " is another one than was approved");
            }
            return work.apply(plan);
        });
    }

    private static <T> T inFolder(Function<Path, T> work) {
        try {
            Path folder = Files.createTempDirectory("replicator-plan");
            try {
                return work.apply(folder);
            } finally {
                Files.deleteIfExists(folder.resolve(NAME));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for a temporary plan: " + e.getMessage(), e);
        }
    }
}
