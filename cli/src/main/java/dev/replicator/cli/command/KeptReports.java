package dev.replicator.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.exit.ExitCodes;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.report.RunSummary;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.session.StateDirectory;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The reports that runs leave: a job's beside its marker, others in this machine's state directory. */
final class KeptReports {
    private final Session session;
    private final List<ExitCode> troubles = new ArrayList<>();

    KeptReports(Session session) {
        this.session = session;
    }

    /** What went wrong so far; told already. */
    ExitCode code() {
        return ExitCode.first(troubles);
    }

    /** A job's newest. */
    List<RunSummary> ofJob(JobConfig job, int most) {
        try (ControlObjects objects = new ControlObjects(session.replicator().openControl(job.job()))) {
            return new RunHistory(objects)
                    .newest(most).stream()
                            .flatMap(entry -> summary(entry.json()).stream())
                            .toList();
        } catch (StoreException | IllegalArgumentException e) {
            return troubled(job, e);
        }
    }

    private List<RunSummary> troubled(JobConfig job, RuntimeException e) {
        troubles.add(ExitCodes.of(e));
        session.complain("the history of job " + job.job().displayName() + " can't be read: " + e.getMessage());
        return List.of();
    }

    /** The newest of runs between two locations. */
    List<RunSummary> byHand(int most) {
        Path runs = new StateDirectory(session.environment()).path().resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .limit(most)
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            troubles.add(ExitCode.FAILED);
            session.complain(runs + " can't be read: " + e.getMessage());
            return List.of();
        }
    }

    private static Optional<RunSummary> read(Path file) {
        try {
            return summary(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<RunSummary> summary(String json) {
        try {
            JsonNode report = JsonText.parse(json);
            return Optional.of(RunSummary.ofReport(report));
        } catch (IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
