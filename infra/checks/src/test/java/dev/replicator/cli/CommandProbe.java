package dev.replicator.cli;

import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The command as it is, for checks of files that call it. It lives in the command's package, since that shows nobody its tree. */
public final class CommandProbe {
    private CommandProbe() {}

    /** What a call ended with, and all that it said. */
    public record Ended(int code, String said) {}

    /**
     * Parses a command line without running it.
     *
     * @throws picocli.CommandLine.ParameterException when no such command or option exists
     */
    public static void parse(List<String> words) {
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        new CommandTree(session(nothing, Map.of(), Path.of("")), new Logging(Path.of("")))
                .commands()
                .parseArgs(words.toArray(String[]::new));
    }

    /** Runs one to its end, in this process. */
    public static Ended run(List<String> words, Map<String, String> environment, Path workingDirectory) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code =
                new CommandTree(session(said, environment, workingDirectory), new Logging(workingDirectory)).run(words);
        return new Ended(code, said.toString(StandardCharsets.UTF_8));
    }

    private static Session session(ByteArrayOutputStream said, Map<String, String> environment, Path directory) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, InputStream.nullInputStream(), Terminals.NONE, environment);
        return new Session(directory, environment, console, Clock.systemUTC(), Stores.onClassPath());
    }

    /** The longest that a process goes on after its first SIGTERM. */
    public static Duration longestFarewell() {
        return constant("GRACE").plus(constant("FAREWELL"));
    }

    private static Duration constant(String name) {
        try {
            Field field = Signals.class.getDeclaredField(name);
            field.setAccessible(true);
            return (Duration) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Signals has no " + name + " any more: say here what it waits for", e);
        }
    }
}
