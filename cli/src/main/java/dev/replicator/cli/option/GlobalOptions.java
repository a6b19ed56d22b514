package dev.replicator.cli.option;

import dev.replicator.cli.terminal.ColourMode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command; they may stand before or behind its name. */
public final class GlobalOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = {
                "Configuration file. Default: $REPLICATOR_CONFIG, else",
                "./replicator.yaml, else replicator/config.yaml under",
                "$XDG_CONFIG_HOME or ~/.config, else",
                "/etc/replicator/replicator.yaml."
            })
    private Optional<Path> config = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Tell more on stderr; -vv tells everything, with stack traces.")
    private boolean[] verbose = {};

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No progress and no warnings on stderr, only errors.")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            completionCandidates = Words.Colours.class,
            description = "Colours: ${COMPLETION-CANDIDATES}. Default: auto, which respects NO_COLOR.")
    private ColourMode color = ColourMode.AUTO;

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Append a log with times to FILE: every object, every warning.")
    private Optional<Path> logFile = Optional.empty();

    public Optional<Path> config() {
        return config;
    }

    /** 0 warnings, 1 information, 2 everything. */
    public int verbosity() {
        return Math.min(verbose.length, 2);
    }

    public boolean quiet() {
        return quiet;
    }

    public ColourMode colour() {
        return color;
    }

    public Optional<Path> logFile() {
        return logFile;
    }
}
