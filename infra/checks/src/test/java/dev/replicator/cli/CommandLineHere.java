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
import java.util.List;
import java.util.Map;

/** The command in this JVM: here, because its parts are the package's own. */
public final class CommandLineHere {
    private CommandLineHere() {}

    /** What came out. */
    public record Ended(int code, String out, String err) {}

    /** Runs one command line to its end. */
    public static Ended run(Path directory, Map<String, String> environment, Clock clock, List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(stream(out), stream(err), InputStream.nullInputStream(), Terminals.NONE, environment);
        Session session = new Session(directory, environment, console, clock, Stores.onClassPath());
        int code = new CommandTree(session, new Logging(directory)).run(words);
        console.flush();
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
