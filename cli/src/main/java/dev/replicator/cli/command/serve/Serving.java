package dev.replicator.cli.command.serve;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Columns;
import dev.replicator.config.AccessToken;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.config.ScheduleSettings;
import dev.replicator.config.ScheduleSettings.Timing;
import dev.replicator.config.text.Durations;
import dev.replicator.server.ReplicatorServer;
import dev.replicator.server.access.UnsafeTokenException;
import dev.replicator.server.run.RunLogException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The server in this process. Apart from its command, so that no other command loads it. */
final class Serving {
    private static final int LABEL_CELLS = 10;

    private final Session session;
    private final Configuration configuration;
    private final Path state;

    Serving(Session session, Configuration configuration, Path state) {
        this.session = session;
        this.configuration = configuration;
        this.state = state;
    }

    /** Serves, and gives what the process ends with. */
    ExitCode untilStopped() {
        try (ReplicatorServer server = started();
                ServerAddress noted = ServerAddress.note(server.uri(), state)) {
            noted.problem().ifPresent(session::warn);
            if (!session.globals().quiet()) {
                introduce(server);
            }
            session.awaitStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return session.exitCodes().interruption();
    }

    private ReplicatorServer started() {
        try {
            return ReplicatorServer.start(configuration, session.replicator(), state, session.clock(), session.host());
        } catch (UnsafeTokenException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        } catch (RunLogException | UncheckedIOException e) {
            throw new CliException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw unbound(e).<RuntimeException>map(this::cannotListen).orElse(e);
        }
    }

    /** Why the port can't be had, where that is what went wrong. */
    private static Optional<String> unbound(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    private CliException cannotListen(String why) {
        String where = configuration.server().listen().toString();
        String reason = why.contains("in use")
                ? "the port is taken, maybe by another server; stop that one, or choose another port with --listen"
                : why + "; choose an address of this machine and a port that this user may have";
        return new CliException(ExitCode.FAILED, "can't listen at " + where + ": " + reason);
    }

    private void introduce(ReplicatorServer server) {
        session.console().message(Colour.GOOD, "✓ ", "Serving " + server.uri() + " until Ctrl-C or SIGTERM");
        URI page = configuration.server().publicUrl().orElse(server.uri());
        line("Dashboard", page + " (asks for a token)");
        line(
                "Token",
                server.ownToken()
                        .map(own -> own.file() + " (made for this user, role admin)")
                        .orElseGet(() -> named(configuration.server().tokens())));
        line("History", configuration.server().database().orElse("in " + state));
        configuration
                .jobs()
                .forEach((name, job) -> line(
                        "Job",
                        name + ": " + described(job)
                                + server.nextRun(name).map(Serving::next).orElse("")));
        if (!configuration.notifications().channels().isEmpty()) {
            line(
                    "Tells",
                    configuration.notifications().channels().stream()
                            .map(channel -> channel.name() + " (" + channel.way() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    private void line(String label, String text) {
        session.console().message("  " + Columns.padded(label, LABEL_CELLS) + text);
    }

    private static String named(List<AccessToken> tokens) {
        return tokens.stream()
                .map(token -> token.name() + " (" + word(token.role()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String described(JobConfig job) {
        String schedules = job.schedules().stream().map(Serving::text).collect(Collectors.joining(", "));
        return job.job().source().uri() + " to " + job.job().destination().uri()
                + (schedules.isEmpty() ? ", run by hand" : ", " + schedules);
    }

    private static String next(Instant time) {
        return ", next " + time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String text(ScheduleSettings schedule) {
        String when;
        if (schedule.timing() instanceof Timing.Cron cron) {
            when = " at '" + cron.expression() + "' " + cron.zone();
        } else {
            when = " every " + Durations.format(((Timing.Every) schedule.timing()).interval());
        }
        return word(schedule.action()) + when;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
