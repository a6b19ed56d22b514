package dev.replicator.cli.command;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
@Command(name = "status", description = "x")
public final class StatusCommand implements Callable<Integer> {
    public StatusCommand(Session session) {}
    @Override public Integer call() { return 0; }
}
