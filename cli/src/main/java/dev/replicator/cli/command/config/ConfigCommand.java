package dev.replicator.cli.command.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.config.ConfigSchema;
import dev.replicator.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code replicator config}: {@code show}, {@code validate}, {@code schema}, {@code token}. */
@Command(
        name = "config",
        description = "Show or check the configuration, or make a token for it.",
        synopsisSubcommandLabel = "COMMAND")
public final class ConfigCommand {
    private ConfigCommand() {}

    /** The command with its subcommands. */
    public static CommandLine tree(Session session) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new Show(session))
                .addSubcommand(new Validate(session))
                .addSubcommand(new Schema(session))
                .addSubcommand(new TokenCommand(session));
    }

    @Command(
            name = "show",
            description = "Print the configuration in force, defaults and variables filled in, secrets masked.")
    static final class Show implements Callable<Integer> {
        private static final YAMLMapper YAML = YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();

        private final Session session;

        @Mixin
        private OutputOption output = new OutputOption();

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws JsonProcessingException {
            ObjectNode view = ConfigView.of(session.wholeConfiguration());
            if (output.format() == OutputFormat.TEXT) {
                Optional.ofNullable(view.remove("file"))
                        .ifPresent(file -> session.console().result("# " + file.asText()));
                Optional.ofNullable(view.remove("not-configured"))
                        .ifPresent(why -> session.console().result("# not configured: " + why.asText()));
                session.console().result(YAML.writeValueAsString(view).stripTrailing());
            } else {
                session.json().document(view);
            }
            return 0;
        }
    }

    @Command(name = "validate", description = "Check the configuration file; nothing is contacted.")
    static final class Validate implements Callable<Integer> {
        private final Session session;

        Validate(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Configuration configuration = session.wholeConfiguration();
            if (configuration.jobs().isEmpty()) {
                throw CliException.usage(
                        "no job is configured: " + configuration.notConfigured().orElse("there is no configuration"));
            }
            String where = configuration.file().map(file -> file.toString()).orElse("the environment");
            session.console()
                    .result(
                            Colour.GOOD,
                            "✓ ",
                            where + ": "
                                    + configuration.stores().size() + " stores, jobs "
                                    + String.join(", ", configuration.jobs().keySet()));
            return 0;
        }
    }

    @Command(name = "schema", description = "Print the JSON Schema of replicator.yaml, for editors.")
    static final class Schema implements Callable<Integer> {
        private final Session session;

        Schema(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            session.console().raw(ConfigSchema.json().getBytes(StandardCharsets.UTF_8));
            return 0;
        }
    }
}
