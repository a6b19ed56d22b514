package dev.replicator.cli;

import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The command as it is, for checks of files that call it. It lives in the command's package, since that shows nobody its tree. */
public final class CommandProbe {
    private CommandProbe() {}

    /** What a call ended with, and what it said on each stream. */
    public record Ended(int code, String out, String err) {
        public String said() {
            return out + err;
        }
    }

    /**
     * Parses a command line without running it.
     *
     * @throws picocli.CommandLine.ParameterException when no such command or option exists
     */
    public static void parse(List<String> words) {
        Streams nowhere = new Streams();
        tree(Path.of(""), nowhere.session(Path.of(""), Map.of(), Clock.systemUTC()))
                .commands()
                .parseArgs(words.toArray(String[]::new));
    }

    /** Runs one to its end, in this process. */
    public static Ended run(List<String> words, Map<String, String> environment, Path directory) {
        return run(words, environment, directory, Clock.systemUTC());
    }

    /** The same at the time of that clock. */
    public static Ended run(List<String> words, Map<String, String> environment, Path directory, Clock clock) {
        Streams streams = new Streams();
        Session session = streams.session(directory, environment, clock);
        int code = tree(directory, session).run(words);
        session.console().flush();
        return new Ended(
                code, streams.out.toString(StandardCharsets.UTF_8), streams.err.toString(StandardCharsets.UTF_8));
    }

    private static CommandTree tree(Path directory, Session session) {
        return new CommandTree(session, new Logging(directory));
    }

    /** The longest that a process goes on after its first SIGTERM. */
    public static Duration longestFarewell() {
        return Signals.GRACE.plus(Signals.FAREWELL);
    }

    private record Streams(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Streams() {
            this(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        }

        Session session(Path directory, Map<String, String> environment, Clock clock) {
            Console console =
                    new Console(stream(out), stream(err), InputStream.nullInputStream(), Terminals.NONE, environment);
            return new Session(directory, environment, console, clock, Stores.onClassPath());
        }

        private static PrintStream stream(ByteArrayOutputStream bytes) {
            return new PrintStream(bytes, true, StandardCharsets.UTF_8);
        }
    }
}
