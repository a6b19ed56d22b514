package dev.replicator.cli.command;

import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replicator completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(replicator completion bash)",
            "  replicator completion zsh > ~/.zfunc/_replicator"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private String shell = "";

    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw CliException.usage("no completion for '" + shell + "'; there is bash and zsh");
        }
        String script = AutoComplete.bash("replicator", spec.root().commandLine());
        session.console().raw(script.getBytes(StandardCharsets.UTF_8));
        return 0;
    }
}
