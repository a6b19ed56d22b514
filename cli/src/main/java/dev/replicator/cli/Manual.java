package dev.replicator.cli;

import dev.replicator.cli.man.ManPage;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Terminals;
import dev.replicator.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages and the completion script; called by the build of the distribution. */
public final class Manual {
    private Manual() {}

    /** @param words the directory for {@code man1/*.1} and {@code replicator.bash} */
    public static void main(String[] words) throws IOException {
        write(Path.of(words[0]));
    }

    static void write(Path directory) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(nowhere, nowhere, InputStream.nullInputStream(), Terminals.NONE, Map.of());
        Session session =
                new Session(directory.toAbsolutePath(), Map.of(), console, Clock.systemUTC(), Stores.onClassPath());
        CommandLine root = new CommandTree(session, new Logging(directory)).commands();
        Files.createDirectories(directory.resolve("man1"));
        write(root.getCommandSpec(), directory.resolve("man1"));
        Files.writeString(directory.resolve("replicator.bash"), picocli.AutoComplete.bash("replicator", root));
    }

    private static void write(CommandSpec command, Path directory) throws IOException {
        ManPage page = new ManPage(command, Version.number());
        Files.writeString(directory.resolve(page.name() + ".1"), page.text());
        for (CommandLine sub : command.subcommands().values()) {
            write(sub.getCommandSpec(), directory);
        }
    }
}
