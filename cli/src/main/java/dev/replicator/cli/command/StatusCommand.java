package dev.replicator.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.output.StatusText;
import dev.replicator.cli.remote.Remote;
import dev.replicator.cli.remote.RemoteStatus;
import dev.replicator.cli.remote.ServerClient;
import dev.replicator.cli.session.Session;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.DeployHookBuilder;
import dev.replicator.hook.HookStatus;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.report.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator status}. */
@Command(
        name = "status",
        description = "Show how things stand with a job: environment, hook, applied deployment, lease, last runs."
                + " Writes nothing.",
        footer = {"", "Example:", "  replicator status media --counts --fail-if-stale 24h"})
public final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB",
            description = "A job of the configuration; may be left out when there is only one.")
    private Optional<String> job = Optional.empty();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--counts", description = "Also count the objects and bytes of both sides, by listing them.")
    private boolean counts;

    @Option(
            names = "--fail-if-stale",
            paramLabel = "TIME",
            description =
                    "Exit with 3 when the last successful run is longer ago than TIME, such as 24h, or never was.")
    private Optional<Duration> staleAfter = Optional.empty();

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<URI> address = Remote.meant(server, List.of(), session);
        if (address.isPresent()) {
            return remotely(address.get()).number();
        }
        DeployHookBuilder builder = DeployHook.builder()
                .configuration(session.configuration().withoutWarnings())
                .environment(session.environment())
                .workingDirectory(session.workingDirectory())
                .replicator(session.replicator())
                .clock(session.clock());
        job.ifPresent(builder::jobName);
        DeployHook hook = builder.build();
        HookStatus status = counts ? hook.statusWithCounts() : hook.status();
        if (output.format() == OutputFormat.TEXT) {
            new StatusText(session.console()).print(status);
        } else {
            session.json().document(JsonText.parse(status.toJson()));
        }
        status.problems().forEach(problem -> session.complain(problem.message()));
        return code(status).number();
    }

    private ExitCode remotely(URI address) {
        server.refuseAllBut(Set.of());
        ServerClient client = Remote.open(address, server, session);
        String name = Remote.job(client, job);
        JsonNode status = client.get("jobs/" + ServerClient.encoded(name) + "/status");
        if (output.format() == OutputFormat.TEXT) {
            RemoteStatus.print(status, session.console());
        } else {
            session.json().document(JsonText.parse(status.toString()));
        }
        status.path("problems").forEach(problem -> session.complain(problem.asText()));
        return status.path("problems").isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private ExitCode code(HookStatus status) {
        if (!status.problems().isEmpty()) {
            return session.exitCodes().of(status.problems());
        }
        return staleAfter.isPresent() && isStale(status, staleAfter.get()) ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private boolean isStale(HookStatus status, Duration after) {
        Stream<Instant> runs =
                status.lastRuns().stream().filter(StatusCommand::succeeded).map(RunHistory.Entry::startedAt);
        Stream<Instant> applied = status.marker().map(marker -> marker.appliedAt()).stream();
        Instant oldest = session.clock().instant().minus(after);
        return Stream.concat(runs, applied).noneMatch(success -> !success.isBefore(oldest));
    }

    private static boolean succeeded(RunHistory.Entry run) {
        return run.outcome().equals(Outcome.SUCCEEDED.name()) || run.outcome().equals(Outcome.NOTHING_TO_DO.name());
    }
}
