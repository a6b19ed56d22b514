package dev.replicator.hook;

import dev.replicator.Replicator;
import dev.replicator.config.Configuration;
import dev.replicator.hook.detect.BuildIdentity;
import dev.replicator.hook.detect.DeploymentIdDetection;
import dev.replicator.hook.detect.EnvironmentDetection;
import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunListener;
import dev.replicator.store.Stores;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts a hook together; everything has a default. Used by one thread. */
public final class DeployHookBuilder {
    private Optional<Configuration> configuration = Optional.empty();
    private Optional<String> jobName = Optional.empty();
    private Optional<ReplicationJob> job = Optional.empty();
    private Optional<HookSettings> settings = Optional.empty();
    private Optional<Engine> engine = Optional.empty();
    private Optional<HookMachinery> machinery = Optional.empty();
    private Map<String, String> environment = System.getenv();
    private Path workingDirectory = Path.of("");
    private Clock clock = Clock.systemUTC();
    private BuildIdentity buildIdentity = BuildIdentity.NONE;
    private HookOptions options = HookOptions.NONE;
    private RunListener listener = RunListener.SILENT;
    private final List<Consumer<HookResult>> observers = new ArrayList<>();

    DeployHookBuilder() {}

    /** The configuration to find the job in; default: what file and environment say. */
    public DeployHookBuilder configuration(Configuration value) {
        configuration = Optional.of(value);
        return this;
    }

    /** Which of several configured jobs. */
    public DeployHookBuilder jobName(String value) {
        jobName = Optional.of(value);
        return this;
    }

    /** The job itself, instead of a configured one; without a name it is called {@code default}. */
    public DeployHookBuilder job(ReplicationJob value) {
        job = Optional.of(value.name().isPresent() ? value : value.withName("default"));
        return this;
    }

    /** How to treat the job; default: as configured. */
    public DeployHookBuilder settings(HookSettings value) {
        settings = Optional.of(value);
        return this;
    }

    /** Default: one with the providers on the class path, this clock and these variables. */
    public DeployHookBuilder replicator(Replicator value) {
        return engine(Engine.of(value));
    }

    DeployHookBuilder engine(Engine value) {
        engine = Optional.of(value);
        return this;
    }

    DeployHookBuilder machinery(HookMachinery value) {
        machinery = Optional.of(value);
        return this;
    }

    /** The variables to look at; default: the process's. */
    public DeployHookBuilder environment(Map<String, String> value) {
        environment = Map.copyOf(value);
        return this;
    }

    /** Where relative paths and {@code replicator.yaml} are looked for. */
    public DeployHookBuilder workingDirectory(Path value) {
        workingDirectory = value;
        return this;
    }

    public DeployHookBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** What names the application's build where no variable names the deployment; default: nothing. */
    public DeployHookBuilder buildIdentity(BuildIdentity value) {
        buildIdentity = value;
        return this;
    }

    /** The environment's name, above every variable. */
    public DeployHookBuilder environmentName(String value) {
        options = options.withEnvironment(value);
        return this;
    }

    /** The deployment's id, above every variable. */
    public DeployHookBuilder deploymentId(String value) {
        options = options.withDeployment(value);
        return this;
    }

    /** Runs even if this deployment was applied, backs off or would be deferred. */
    public DeployHookBuilder again() {
        options = options.runningAgain();
        return this;
    }

    /** The caller vouches that no other process runs this job: works without a lease where the store can't hold one. */
    public DeployHookBuilder singleReplica() {
        options = options.asSingleReplica();
        return this;
    }

    /** {@link DeployHook#run} waits for a deferred deployment until it is due, and then runs it. */
    public DeployHookBuilder waitForInterval() {
        options = options.waitingForInterval();
        return this;
    }

    /** Hears the runs' events. */
    public DeployHookBuilder listener(RunListener value) {
        listener = value;
        return this;
    }

    /** Hears every pass's result; may be called several times. */
    public DeployHookBuilder onResult(Consumer<HookResult> observer) {
        observers.add(observer);
        return this;
    }

    /** Never throws: what is missing is told by the results. */
    public DeployHook build() {
        return new DeployHook(this);
    }

    HookTarget target() {
        HookTarget found = job.<HookTarget>map(
                        value -> new HookTarget.Found(value, HookSettings.DEFAULT, "the application's code"))
                .orElseGet(() -> configuration
                        .map(value -> HookTarget.of(value, jobName))
                        .orElseGet(() -> HookTarget.load(workingDirectory, environment, jobName)));
        HookSettings ruling = settings.orElse(found.settings());
        if (found instanceof HookTarget.Found complete) {
            return new HookTarget.Found(complete.job(), ruling, complete.origin());
        }
        boolean off = "off"
                .equalsIgnoreCase(
                        environment.getOrDefault("REPLICATOR_HOOK_MODE", "").trim());
        return new HookTarget.Missing(
                ((HookTarget.Missing) found).why(), off ? ruling.withMode(HookSettings.Mode.OFF) : ruling);
    }

    HookOptions options() {
        return options;
    }

    EnvironmentDetection environments() {
        return new EnvironmentDetection(environment);
    }

    DeploymentIdDetection deployments() {
        return new DeploymentIdDetection(environment, buildIdentity);
    }

    HookMachinery machinery() {
        return machinery.orElseGet(() -> HookMachinery.system(
                engine.orElseGet(() -> Engine.of(Replicator.create(Stores.onClassPath(), clock, environment))),
                clock,
                host()));
    }

    private String host() {
        String named = environment.getOrDefault("HOSTNAME", "").trim();
        if (!named.isEmpty()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }

    Clock clock() {
        return clock;
    }

    RunListener listener() {
        return listener;
    }

    List<Consumer<HookResult>> observers() {
        return List.copyOf(observers);
    }
}
