package dev.replicator.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.option.GlobalOptions;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Console;
import dev.replicator.hook.DeployHook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: warnings to stderr, more with {@code -v}; with {@code --log-file} also to a file, with times. The
 * clients' wire logs, which hold signed requests, are never switched on.
 */
final class Logging {
    private static final String RUNS = "dev.replicator.cli.runs";
    private static final String FILE_PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS,UTC}Z %-5level %msg%n%ex{0}";

    private final Path workingDirectory;
    private boolean done;

    Logging(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** Takes effect once; a command that runs others keeps its own. */
    void setUp(GlobalOptions options, Console console) {
        if (done || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        done = true;
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        context.getStatusManager().getCopyOfStatusListenerList().forEach(context.getStatusManager()::remove);
        root.setLevel(Level.WARN);
        context.getLogger("dev.replicator").setLevel(level(options));
        Logger runs = context.getLogger(RUNS);
        runs.setAdditive(false);
        runs.setLevel(Level.OFF);
        Optional<FileAppender<ILoggingEvent>> file =
                options.logFile().map(given -> file(workingDirectory.resolve(given), context, console));
        file.ifPresent(appender -> {
            root.addAppender(appender);
            runs.addAppender(appender);
            runs.setLevel(Level.INFO);
        });
        if (!options.quiet()) {
            root.addAppender(toConsole(console, context, options.verbosity() > 1));
        }
    }

    private static Level level(GlobalOptions options) {
        return switch (options.verbosity()) {
            case 0 -> Level.WARN;
            case 1 -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private static FileAppender<ILoggingEvent> file(Path path, LoggerContext context, Console console) {
        try {
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw CliException.usage("can't write --log-file " + path + ": " + e.getMessage());
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(FILE_PATTERN);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(path.toString());
        appender.setAppend(true);
        appender.setEncoder(encoder);
        context.getStatusManager().add(firstFailure(path, console));
        appender.start();
        return appender;
    }

    /** Logback keeps a full disk to itself; whoever counts on the log hears of it, once. */
    private static StatusListener firstFailure(Path path, Console console) {
        AtomicBoolean told = new AtomicBoolean();
        return status -> {
            if (status.getLevel() >= Status.ERROR && told.compareAndSet(false, true)) {
                String why = Optional.ofNullable(status.getThrowable())
                        .map(Throwable::getMessage)
                        .orElse(status.getMessage());
                console.message(Colour.CAUTION, "! ", "--log-file " + path + " is incomplete: " + why);
            }
        };
    }

    private static AppenderBase<ILoggingEvent> toConsole(Console console, LoggerContext context, boolean traces) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLoggerName().equals(DeployHook.RESULTS)) {
                    return; // the hook command's own result
                }
                String trace = traces && event.getThrowableProxy() != null
                        ? "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())
                        : "";
                console.message(event.getLevel().toString().toLowerCase(Locale.ROOT) + ": "
                        + event.getFormattedMessage() + trace);
            }
        };
        appender.setContext(context);
        appender.start();
        return appender;
    }
}
