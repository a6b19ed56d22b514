package dev.replicator.cli.command;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replicator help}: of commands, and of topics that concern all of them. */
@Command(
        name = "help",
        description = "Show the help of a command or a topic.",
        footer = {"", "Topics: exit-codes, environment, filters"})
public final class HelpCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND|TOPIC", description = "What to explain.")
    private List<String> words = List.of();

    public HelpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        print(text());
        return 0;
    }

    private String text() {
        CommandLine command = spec.root().commandLine();
        if (words.size() == 1) {
            Optional<String> topic = HelpTopics.text(words.get(0));
            if (topic.isPresent()) {
                return topic.get();
            }
        }
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw CliException.usage("no command or topic '" + word + "'; topics are "
                        + String.join(", ", HelpTopics.names()) + "; commands are "
                        + String.join(", ", spec.root().subcommands().keySet()));
            }
            command = next;
        }
        return command.getUsageMessage(
                session.console().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
    }

    private void print(String text) {
        session.console().raw(text.getBytes(StandardCharsets.UTF_8));
    }
}
