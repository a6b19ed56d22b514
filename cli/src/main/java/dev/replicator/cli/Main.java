package dev.replicator.cli;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The process: real streams, clock, environment and signals around one command. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        Console console = new Console(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.in,
                Terminals.ofProcess(),
                System.getenv());
        Path workingDirectory = Path.of("").toAbsolutePath();
        Session session =
                new Session(workingDirectory, System.getenv(), console, Clock.systemUTC(), Stores.onClassPath());
        new Signals(session, Runtime.getRuntime()::halt).install();
        int code = new CommandTree(session, new Logging(workingDirectory)).run(List.of(words));
        boolean lost = console.broken();
        System.exit(lost && code == 0 ? ExitCode.FAILED.number() : code);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13), false, StandardCharsets.UTF_8);
    }
}
