package dev.replicator.cli;

import picocli.CommandLine.Command;

/** {@code replicator}: does nothing itself. */
@Command(
        name = "replicator",
        description = "Copies what changed from one bucket to another, on every deploy, safely.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with 'replicator demo'. Topics: 'replicator help exit-codes', 'environment', 'filters'."})
final class RootCommand {}
