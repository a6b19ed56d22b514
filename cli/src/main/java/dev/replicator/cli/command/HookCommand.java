package dev.replicator.cli.command;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
@Command(name = "hook", description = "x")
public final class HookCommand implements Callable<Integer> {
    public HookCommand(Session session) {}
    @Override public Integer call() { return 0; }
}
