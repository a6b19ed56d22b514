package dev.replicator.cli.session;

import dev.replicator.cli.output.Listeners;
import dev.replicator.cli.output.LossFile;
import dev.replicator.cli.output.Progress;
import dev.replicator.cli.output.RunLog;
import dev.replicator.report.RunListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears a run beside stdout: the progress line, the warnings, the log file. Closing it ends the progress line. */
public final class RunListeners implements AutoCloseable {
    /** Reaches the log file only. */
    static final String FILE_LOGGER = "dev.replicator.cli.runs";

    private static final Logger file = LoggerFactory.getLogger(FILE_LOGGER);

    private final RunListener all;
    private final Optional<Progress> progress;
    private final Optional<RunLog> fileLog;
    private final Optional<LossFile> lossFile;

    private RunListeners(
            RunListener all, Optional<Progress> progress, Optional<RunLog> fileLog, Optional<LossFile> lossFile) {
        this.all = all;
        this.progress = progress;
        this.fileLog = fileLog;
        this.lossFile = lossFile;
    }

    /** @param stdout the listener that writes the result */
    public static RunListeners around(RunListener stdout, Session session, boolean dryRun) {
        return around(stdout, session, dryRun, Optional.empty());
    }

    /** @param losses where to list what the destination does not hold of metadata */
    public static RunListeners around(RunListener stdout, Session session, boolean dryRun, Optional<Path> losses) {
        Optional<LossFile> lossFile = losses.map(LossFile::new);
        List<RunListener> listeners = new ArrayList<>();
        listeners.add(stdout);
        listeners.add(new RunListener() {
            @Override
            public void warning(String message) {
                session.warn(message);
                file.warn("{}", message);
            }
        });
        Optional<RunLog> fileLog = session.globals()
                .logFile()
                .map(given -> new RunLog(
                        (colour, mark, text) -> {
                            if (!text.isEmpty()) {
                                file.info("{}{}", mark, text);
                            }
                        },
                        session.detectedEnvironment().name(),
                        dryRun,
                        false));
        fileLog.ifPresent(listeners::add);
        lossFile.ifPresent(listeners::add);
        Optional<Progress> progress = session.globals().quiet()
                ? Optional.empty()
                : Optional.of(Progress.shownOn(session.console(), session.clock()));
        progress.ifPresent(listeners::add);
        return new RunListeners(new Listeners(listeners), progress, fileLog, lossFile);
    }

    public RunListener listener() {
        return all;
    }

    public Optional<RunLog> fileLog() {
        return fileLog;
    }

    @Override
    public void close() {
        progress.ifPresent(Progress::close);
        lossFile.ifPresent(LossFile::close);
    }
}
