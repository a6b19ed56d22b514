package dev.replicator.cli;

import dev.replicator.cli.command.ApplyCommand;
import dev.replicator.cli.command.ApproveCommand;
import dev.replicator.cli.command.CancelCommand;
import dev.replicator.cli.command.CompletionCommand;
import dev.replicator.cli.command.DemoCommand;
import dev.replicator.cli.command.DriftCommand;
import dev.replicator.cli.command.HelpCommand;
import dev.replicator.cli.command.HistoryCommand;
import dev.replicator.cli.command.HookCommand;
import dev.replicator.cli.command.PlanCommand;
import dev.replicator.cli.command.RejectCommand;
import dev.replicator.cli.command.ShowCommand;
import dev.replicator.cli.command.StatusCommand;
import dev.replicator.cli.command.SyncCommand;
import dev.replicator.cli.command.ValidateCommand;
import dev.replicator.cli.command.config.ConfigCommand;
import dev.replicator.cli.command.serve.ServeCommand;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.exit.ExitCodes;
import dev.replicator.cli.option.Words;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Console;
import dev.replicator.config.text.Suggestions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands of one call, and what happens around them. */
final class CommandTree {
    private final Session session;
    private final Logging logging;

    CommandTree(Session session, Logging logging) {
        this.session = session;
        this.logging = logging;
    }

    /** Runs one command line to its end and gives the exit code; throws nothing. */
    int run(List<String> words) {
        StringWriter help = new StringWriter();
        CommandLine commands = commands();
        commands.setOut(new PrintWriter(help, true));
        int code = commands.execute(words.toArray(String[]::new));
        session.console().raw(help.toString().getBytes(StandardCharsets.UTF_8));
        return code;
    }

    CommandLine commands() {
        CommandSpec root = CommandSpec.forAnnotatedObject(new RootCommand());
        root.addMixin("globals", CommandSpec.forAnnotatedObject(session.globals()));
        root.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOptions()));
        root.versionProvider(new Version());
        CommandLine commands = new CommandLine(root);
        List.of(
                        new DemoCommand(session, words -> new CommandTree(session, logging).run(words)),
                        new PlanCommand(session),
                        new ApplyCommand(session),
                        new SyncCommand(session),
                        new ValidateCommand(session),
                        new DriftCommand(session),
                        new HookCommand(session),
                        new StatusCommand(session),
                        new ServeCommand(session),
                        new HistoryCommand(session),
                        new ShowCommand(session),
                        new CancelCommand(session),
                        new ApproveCommand(session),
                        new RejectCommand(session),
                        ConfigCommand.tree(session),
                        new CompletionCommand(session),
                        new HelpCommand(session))
                .forEach(commands::addSubcommand);
        Words.register(commands);
        commands.setUsageHelpWidth(100);
        commands.setUsageHelpLongOptionsMaxWidth(32);
        commands.setAbbreviatedOptionsAllowed(false);
        commands.setExecutionStrategy(surrounded(new CommandLine.RunLast()));
        commands.setParameterExceptionHandler((error, words) -> misused(error));
        commands.setExecutionExceptionHandler((error, command, parsed) -> failed(error));
        commands.setColorScheme(new ColorScheme.Builder(
                        CommandLine.Help.defaultColorScheme(session.console().colours() ? Ansi.ON : Ansi.OFF))
                .build());
        return commands;
    }

    private IExecutionStrategy surrounded(IExecutionStrategy strategy) {
        return (ParseResult parsed) -> {
            session.console().colour(session.globals().colour());
            try {
                logging.setUp(session.globals(), session.console());
            } catch (CliException e) {
                return failed(e);
            }
            if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                parsed.commandSpec()
                        .commandLine()
                        .usage(parsed.commandSpec().commandLine().getOut());
                return ExitCode.USAGE.number();
            }
            return strategy.execute(parsed);
        };
    }

    private int misused(ParameterException error) {
        String command = error.getCommandLine().getCommandSpec().qualifiedName(" ");
        session.console().message(Errors.forPeople(error) + meant(error) + "\nSee '" + command + " --help'.");
        return ExitCode.USAGE.number();
    }

    /** {@code ; did you mean 'x'?} of a word that no command or option is. */
    private static String meant(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String word = unmatched.getUnmatched().get(0);
        CommandSpec command = error.getCommandLine().getCommandSpec();
        return Suggestions.question(
                word,
                word.startsWith("-")
                        ? command.optionsMap().keySet()
                        : command.subcommands().keySet());
    }

    private int failed(Exception error) {
        Console console = session.console();
        ExitCode code = ExitCodes.of(error);
        String message = Errors.forPeople(error);
        console.message(Colour.BAD, "✗ ", message);
        if (session.globals().verbosity() > 1) {
            console.message(Errors.trace(error));
        }
        session.events().ifPresent(events -> events.exit(code, message));
        return code.number();
    }
}
