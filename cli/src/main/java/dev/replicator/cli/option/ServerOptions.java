package dev.replicator.cli.option;

import dev.replicator.cli.exit.CliException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --server}: a running server does the work, with its own configuration. */
public final class ServerOptions {
    private static final Set<String> OF_EVERY_COMMAND =
            Set.of("--server", "--token-file", "--output", "--config", "--verbose", "--quiet", "--color", "--log-file");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Let the 'replicator serve' at URL do it, as its configuration says. Default: $REPLICATOR_SERVER.")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token for it. Default: $REPLICATOR_TOKEN, else for a server that"
                    + " this user runs at this machine the file that it made.")
    private Optional<Path> tokenFile = Optional.empty();

    /**
     * The server, where one is named: by the option, else by the environment.
     *
     * @throws CliException when that is no URL
     */
    public Optional<URI> address(Map<String, String> environment) {
        Optional<String> named = server.or(() ->
                Optional.of(environment.getOrDefault("REPLICATOR_SERVER", "")).filter(url -> !url.isBlank()));
        if (named.isEmpty() && tokenFile.isPresent()) {
            throw CliException.usage("--token-file goes with --server");
        }
        return named.map(ServerOptions::parsed);
    }

    /** Whether the option itself names it. */
    public boolean isGiven() {
        return server.isPresent();
    }

    public Optional<Path> tokenFile() {
        return tokenFile;
    }

    private static URI parsed(String text) {
        try {
            URI url = URI.create(text.strip());
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (web && bare && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw CliException.usage(
                "--server takes http://host:port or https://host, with a path where a proxy gives it one;"
                        + " without user, query and fragment");
    }

    /**
     * Refuses options that a server can't be asked for: it runs jobs as they are configured.
     *
     * @param taken those that can
     */
    public void refuseAllBut(Set<String> taken) {
        Set<String> others = new TreeSet<>();
        given().stream()
                .filter(name -> !taken.contains(name) && !OF_EVERY_COMMAND.contains(name))
                .forEach(others::add);
        if (!others.isEmpty()) {
            throw CliException.usage(
                    String.join(", ", others) + " can't be asked of a server, which runs its jobs as they"
                            + " are configured; with --server go " + String.join(", ", new TreeSet<>(taken)));
        }
    }

    /** Long names of the options on the command line; of what was parsed not all kinds are remembered by the parser. */
    private Set<String> given() {
        Set<String> given = new TreeSet<>();
        command.commandLine().getParseResult().matchedOptions().forEach(option -> given.add(option.longestName()));
        for (String word : command.root().commandLine().getParseResult().originalArgs()) {
            OptionSpec option = command.optionsMap().get(word.replaceFirst("=.*", ""));
            if (option != null) {
                given.add(option.longestName());
            }
        }
        return given;
    }
}
