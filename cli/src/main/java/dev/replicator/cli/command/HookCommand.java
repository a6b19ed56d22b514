package dev.replicator.cli.command;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.cli.option.OutputFormat;
import dev.replicator.cli.option.OutputOption;
import dev.replicator.cli.output.EventRun;
import dev.replicator.cli.output.EventStream;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.output.RunLog;
import dev.replicator.cli.output.RunOutput;
import dev.replicator.cli.session.RunListeners;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.config.ConfigException;
import dev.replicator.config.Configuration;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.DeployHookBuilder;
import dev.replicator.hook.DeployHookException;
import dev.replicator.hook.HookResult;
import dev.replicator.job.HookSettings;
import dev.replicator.report.RunListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replicator hook}. */
@Command(
        name = "hook",
        description = "Sync once per deployment: for init containers, release steps and start scripts. Works in"
                + " production only, and only in one of the replicas that start together.",
        footer = {
            "",
            "Exits with 0 whatever became of the sync, unless --on-failure fail (or the job's on-failure) says",
            "otherwise. A signal (130, 143) and a command line that can't be understood (2) are told in any case.",
            "",
            "Examples:",
            "  REPLICATOR_ENV=production replicator hook",
            "  replicator hook media --env production --deployment-id v42 --on-failure fail"
        })
public final class HookCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB",
            description = "A job of the configuration; may be left out when there is only one.")
    private Optional<String> job = Optional.empty();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "The environment, instead of detecting it; only production is active.")
    private Optional<String> environment = Optional.empty();

    @Option(names = "--deployment-id", paramLabel = "ID", description = "The deployment's id, instead of detecting it.")
    private Optional<String> deploymentId = Optional.empty();

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description = "warn: exit with 0 even when the sync failed. fail: exit with its code. Default: the job's,"
                    + " else warn.")
    private Optional<HookSettings.OnFailure> onFailure = Optional.empty();

    @Option(names = "--again", description = "Run although this deployment was applied, backs off or is deferred.")
    private boolean again;

    @Option(names = "--wait", description = "Wait for the minimum interval to pass instead of deferring.")
    private boolean waits;

    @Option(
            names = "--wait-lock",
            paramLabel = "TIME",
            description = "How long to wait for another run of the job, such as 5m. Default: the job's, else 5m.")
    private Optional<Duration> waitLock = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Longest time for the run or the comparison, such as 30m. Default: the job's, else 30m.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--validate-only", description = "Compare only; copy nothing.")
    private boolean validateOnly;

    @Option(
            names = "--single-replica",
            description = "I vouch that no other process runs this job: work without a lease where the store can't hold"
                    + " one.")
    private boolean singleReplica;

    @Option(names = "--show-skipped", description = "Also list objects that are already up-to-date.")
    private boolean showSkipped;

    public HookCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<EventStream> events =
                output.format() == OutputFormat.NDJSON ? Optional.of(session.openEvents(job)) : Optional.empty();
        Optional<RunOutput> stdout = stdout(events);
        HookResult result;
        HookSettings settings;
        try (RunListeners listeners =
                RunListeners.around(stdout.map(RunOutput::listener).orElse(RunListener.SILENT), session, false)) {
            DeployHookBuilder builder = builder(listeners.listener());
            settings = settings(builder.build().settings());
            result = pass(builder.settings(settings).build());
            ExitCode code = code(result, settings);
            result.report().ifPresent(report -> listeners.fileLog().ifPresent(log -> log.finish(report, code)));
        }
        ExitCode code = code(result, settings);
        tell(result, code, stdout, events);
        return code.number();
    }

    private Optional<RunOutput> stdout(Optional<EventStream> events) {
        return switch (output.format()) {
            case TEXT -> Optional.of(new RunLog(session.console()::result, environmentName(), false, showSkipped));
            case JSON -> Optional.empty();
            case NDJSON -> events.map(stream -> new EventRun(stream, false, showSkipped));
        };
    }

    private String environmentName() {
        return environment.orElseGet(() -> session.detectedEnvironment().name());
    }

    private DeployHookBuilder builder(RunListener listener) {
        DeployHookBuilder builder = DeployHook.builder()
                .configuration(session.told(configuration()))
                .environment(session.environment())
                .workingDirectory(session.workingDirectory())
                .replicator(session.replicator())
                .clock(session.clock())
                .listener(listener);
        job.ifPresent(builder::jobName);
        environment.ifPresent(builder::environmentName);
        deploymentId.ifPresent(builder::deploymentId);
        if (again) {
            builder.again();
        }
        if (waits) {
            builder.waitForInterval();
        }
        if (singleReplica) {
            builder.singleReplica();
        }
        return builder;
    }

    /** A hook must not fail a deployment for a typo: what can't be used is no configuration, and the result says so. */
    private Configuration configuration() {
        try {
            return session.forgivingConfiguration();
        } catch (ConfigException e) {
            return new Configuration(
                    Optional.empty(), Map.of(), Map.of(), List.of(), Optional.of(String.join("; ", e.problems())));
        }
    }

    private HookSettings settings(HookSettings own) {
        HookSettings settings = own;
        if (onFailure.isPresent()) {
            settings = settings.withOnFailure(onFailure.get());
        }
        if (waitLock.isPresent()) {
            settings = settings.withWaitLock(waitLock.get());
        }
        if (timeout.isPresent()) {
            settings = settings.withTimeout(timeout.get());
        }
        return validateOnly ? settings.withMode(HookSettings.Mode.VALIDATE_ONLY) : settings;
    }

    private HookResult pass(DeployHook hook) {
        try {
            return hook.run(session.cancellation());
        } catch (DeployHookException e) {
            return e.result();
        }
    }

    /** A signal speaks whatever the policy. */
    private ExitCode code(HookResult result, HookSettings settings) {
        return session.interrupted()
                ? session.exitCodes().interruption()
                : ExitCode.of(result.exitCode(settings.onFailure()));
    }

    private void tell(HookResult result, ExitCode code, Optional<RunOutput> stdout, Optional<EventStream> events) {
        if (output.format() != OutputFormat.TEXT && !result.isGood()) {
            session.warn("deploy hook: " + result.kind() + ": " + result.message());
        }
        switch (output.format()) {
            case TEXT -> {
                result.report().ifPresent(report -> stdout.ifPresent(log -> log.finish(report, code)));
                String deployment = result.deployment()
                        .map(id -> " (deployment " + id + ")")
                        .orElse("");
                String next = result.nextAttempt()
                        .filter(time -> !result.message().contains(time.toString()))
                        .map(time -> "; next attempt at " + time)
                        .orElse("");
                session.console()
                        .result(
                                result.isGood() ? Colour.GOOD : Colour.BAD,
                                result.kind().name(),
                                deployment + ": " + result.message() + next);
            }
            case JSON -> session.json().document(JsonText.parse(result.toJson()));
            case NDJSON ->
                events.ifPresent(stream -> {
                    stream.emit("hook.finished", JsonText.parse(result.toJson()));
                    stream.exit(code, result.message());
                });
        }
    }
}
