package dev.replicator.cli.option;

import picocli.CommandLine.Option;

/** {@code -o}. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            completionCandidates = Words.Formats.class,
            description =
                    "What stdout gets: ${COMPLETION-CANDIDATES}. json is one document at the end, ndjson one event"
                            + " per line as they happen. Default: text.")
    private OutputFormat format = OutputFormat.TEXT;

    public OutputFormat format() {
        return format;
    }
}
