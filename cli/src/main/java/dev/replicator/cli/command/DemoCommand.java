package dev.replicator.cli.command;

import dev.replicator.cli.demo.Demo;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Program;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replicator demo}. */
@Command(
        name = "demo",
        description = "Make a pair of directories with sample objects, plan, sync and validate them. Needs no account"
                + " and no network; again, it makes a small change and goes through the same.")
public final class DemoCommand implements Callable<Integer> {
    private final Session session;
    private final Demo.Commands commands;

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            defaultValue = "replicator-demo",
            description = "Where to make it. Default: ./${DEFAULT-VALUE}.")
    private String directory = "";

    @Option(
            names = "--serve",
            description = "Make it, and serve it instead of the tour: a dashboard to try things in, until Ctrl-C.")
    private boolean serve;

    /** @param commands runs the commands that the tour shows */
    public DemoCommand(Session session, Demo.Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        String program = Program.name();
        try {
            Path made = session.workingDirectory()
                    .resolve(directory)
                    .toAbsolutePath()
                    .normalize();
            String shown = directory.startsWith("-") ? "./" + directory : directory;
            Demo demo = new Demo(session.console(), program, commands);
            return serve ? demo.served(made) : demo.tour(made, shown);
        } catch (InvalidPathException e) {
            throw new CliException(
                    ExitCode.FAILED,
                    "file names beyond ASCII can't be written in this locale; set LC_ALL=C.UTF-8 and try again");
        } catch (IOException e) {
            throw new CliException(ExitCode.FAILED, "can't make the demo in " + directory + ": " + e);
        }
    }
}
