package dev.replicator.hook;

import dev.replicator.RunOptions;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.detect.BuildIdentity;
import dev.replicator.hook.detect.DeploymentIdDetection;
import dev.replicator.hook.detect.DetectedDeployment;
import dev.replicator.hook.detect.DetectedEnvironment;
import dev.replicator.hook.detect.EnvironmentDetection;
import dev.replicator.hook.lease.Timing;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunListener;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Displays;
import dev.replicator.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicates once per deployment, from inside an application:
 *
 * <pre>{@code
 * seedTheDatabase();
 * try (HookHandle hook = DeployHook.fromEnvironment().start()) {
 *     registerRoutesAndServe();
 * }
 * }</pre>
 *
 * Works in production only; {@link #triggerManualSync}, {@link #validate} and {@link #status} work everywhere. Throws
 * nothing into the application unless the job says {@code on-failure: fail}. Immutable and thread-safe; every call opens
 * and closes its own stores.
 */
public final class DeployHook {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(DeployHook.class);

    private final HookTarget target;
    private final HookOptions options;
    private final EnvironmentDetection environments;
    private final DeploymentIdDetection deployments;
    private final HookMachinery machinery;
    private final Clock clock;
    private final RunListener listener;
    private final List<Consumer<HookResult>> observers;

    DeployHook(DeployHookBuilder built) {
        target = built.target();
        options = built.options();
        environments = built.environments();
        deployments = built.deployments();
        machinery = built.machinery();
        clock = built.clock();
        listener = built.listener();
        observers = built.observers();
    }

    /** The only job of {@code replicator.yaml} or of the environment's variables; the build may name the deployment. */
    public static DeployHook fromEnvironment() {
        return builder().buildIdentity(BuildIdentity.onClassPath(loader())).build();
    }

    /** The job of that name. */
    public static DeployHook fromEnvironment(String job) {
        return builder()
                .jobName(job)
                .buildIdentity(BuildIdentity.onClassPath(loader()))
                .build();
    }

    private static ClassLoader loader() {
        return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(DeployHook.class::getClassLoader);
    }

    public static DeployHookBuilder builder() {
        return new DeployHookBuilder();
    }

    /**
     * One pass in the caller's thread, whatever the mode.
     *
     * @throws DeployHookException when it did not end well and the job says {@code on-failure: fail}
     */
    public HookResult run() {
        return run(new Cancellation());
    }

    /**
     * As {@link #run()}, until it is cancelled: then waiting ends, objects in flight finish and the lease is given back.
     *
     * @throws DeployHookException as {@link #run()}
     */
    public HookResult run(Cancellation cancellation) {
        Timing timing = new StoppableTiming(machinery.timing(), cancellation);
        HookResult result = pass(timing, cancellation);
        while (options.waitForInterval() && result.kind() == HookResult.Kind.DEFERRED && slept(result, timing)) {
            result = pass(timing, cancellation);
        }
        if (result.exitCode(target.settings().onFailure()) != 0) {
            throw new DeployHookException(result);
        }
        return result;
    }

    /** Sleeps towards the due time in pieces, for the store's clock and ours may differ. */
    private static boolean slept(HookResult deferred, Timing timing) {
        Duration left = Duration.between(timing.now(), deferred.nextAttempt().orElseThrow());
        Duration pause = left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left;
        try {
            timing.sleep(pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts as the job's mode says: {@code background} returns at once and tries again what is deferred or has failed
     * when it is due; {@code block} returns after the pass. When the process is asked to end, the run stops and the lease
     * is given back.
     *
     * @throws DeployHookException in mode {@code block}, as {@link #run}
     */
    public HookHandle start() {
        if (target.settings().mode() == Mode.BLOCK) {
            return new EndedHook(run());
        }
        CountDownLatch stopped = new CountDownLatch(1);
        BackgroundHook hook =
                new BackgroundHook(this::pass, BackgroundHook.stoppable(clock, stopped), target.settings(), stopped);
        Thread thread = new Thread(hook, "replicator-hook");
        thread.setDaemon(true);
        thread.start();
        return ShutdownAware.of(hook);
    }

    /**
     * Runs the deployment that {@code deferred.json} holds, if it is due: for processes that come by, such as a server.
     *
     * @return empty when none is due, and where the hook is switched off or only validates
     */
    public Optional<HookResult> runDeferred() {
        if (!(target instanceof HookTarget.Found found)) {
            return Optional.empty();
        }
        Mode mode = found.settings().mode();
        if (mode == Mode.OFF || mode == Mode.VALIDATE_ONLY) {
            return Optional.empty();
        }
        try (ControlObjects objects = new ControlObjects(machinery.engine().openControl(found.job()))) {
            return new ControlArea(objects)
                    .deferral()
                    .valid()
                    .filter(deferral -> !deferral.due().isAfter(objects.now(machinery.timing()::now)))
                    .map(Deferral::deployment)
                    .map(deployment -> told(applied(found, deployment, machinery.timing(), new Cancellation())));
        } catch (StoreException | IllegalArgumentException e) {
            log.warn("could not read the deferral: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Syncs now, in any environment, under the job's lease; marker and ledger stay as they are. Never throws. */
    public ManualSync triggerManualSync() {
        if (!(target instanceof HookTarget.Found found)) {
            return ManualSync.notRun(((HookTarget.Missing) target).why());
        }
        try {
            return new ManualWork(machinery, found, listener).sync();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ManualSync.notRun("interrupted");
        } catch (RuntimeException e) {
            log.warn("the sync failed: {}", e.getMessage(), e);
            return ManualSync.notRun(String.valueOf(e.getMessage()));
        }
    }

    /** Compares, in any environment; changes nothing. Never throws. */
    public Validation validate() {
        if (!(target instanceof HookTarget.Found found)) {
            return Validation.notDone(((HookTarget.Missing) target).why());
        }
        try {
            return new ManualWork(machinery, found, listener).validate();
        } catch (RuntimeException e) {
            log.warn("the validation failed: {}", e.getMessage(), e);
            return Validation.notDone(String.valueOf(e.getMessage()));
        }
    }

    /** How things stand; writes nothing, never throws. */
    public HookStatus status() {
        return status(false);
    }

    /** With the number and size of objects on both sides: lists both. */
    public HookStatus statusWithCounts() {
        return status(true);
    }

    private HookStatus status(boolean counted) {
        DetectedEnvironment environment = environment();
        DetectedDeployment deployment = deployment();
        boolean configured = target instanceof HookTarget.Found;
        Optional<String> inactive = inactive(environment);
        boolean active = inactive.isEmpty() && configured && deployment.id().isPresent();
        String reason = inactive.orElseGet(() -> !configured
                ? "no job is configured"
                : deployment.id().isEmpty() ? deployment.reason() : environment.reason());
        String configuredReason = target instanceof HookTarget.Missing missing
                ? missing.why()
                : "job " + ((HookTarget.Found) target).job().displayName() + " from "
                        + ((HookTarget.Found) target).origin();
        HookStatus basis = new HookStatus(
                environment.name(),
                configured,
                configuredReason,
                active,
                reason,
                deployment.id(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return target instanceof HookTarget.Found found
                ? new StatusReader(machinery).read(basis, found, counted)
                : basis;
    }

    private DetectedEnvironment environment() {
        return environments.detect(options.environment(), target.settings().environment());
    }

    private DetectedDeployment deployment() {
        return deployments.detect(options.deployment(), target.settings().deploymentId());
    }

    private Optional<String> inactive(DetectedEnvironment environment) {
        if (target.settings().mode() == Mode.OFF) {
            return Optional.of("the hook is switched off (hook.mode: off)");
        }
        return environment.production()
                ? Optional.empty()
                : Optional.of("this is " + environment.name() + ", not production: " + environment.reason());
    }

    private HookResult pass(Timing timing, Cancellation cancellation) {
        return told(decided(timing, cancellation));
    }

    private HookResult decided(Timing timing, Cancellation cancellation) {
        DetectedEnvironment environment = environment();
        Optional<String> inactive = inactive(environment);
        if (inactive.isPresent()) {
            return HookResult.of(HookResult.Kind.INACTIVE, inactive.get());
        }
        if (!(target instanceof HookTarget.Found found)) {
            return HookResult.of(HookResult.Kind.NOT_CONFIGURED, ((HookTarget.Missing) target).why());
        }
        log.info(
                "deploy hook of job {}: environment {} ({}), source {}, destination {}",
                found.job().displayName(),
                environment.name(),
                environment.reason(),
                found.job().source().uri(),
                found.job().destination().uri());
        if (found.settings().mode() == Mode.VALIDATE_ONLY) {
            return validated(found, cancellation);
        }
        DetectedDeployment deployment = deployment();
        if (deployment.id().isEmpty()) {
            return HookResult.of(HookResult.Kind.NOT_CONFIGURED, deployment.reason());
        }
        return applied(found, deployment.id().get(), timing, cancellation);
    }

    private HookResult applied(HookTarget.Found found, String deployment, Timing timing, Cancellation cancellation) {
        HookMachinery timed = machinery.withTiming(timing);
        try {
            return new HookPass(timed, found.job(), found.settings(), options, deployment, listener, cancellation)
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(deployment, new Problem(Problem.Kind.CANCELLED, "interrupted while waiting"));
        } catch (AccessDeniedException | CredentialsException | BucketNotFoundException e) {
            return failed(deployment, new Problem(Problem.Kind.ACCESS, String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            return failed(deployment, new Problem(Problem.Kind.FAILED, String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            return HookResult.of(HookResult.Kind.NOT_CONFIGURED, String.valueOf(e.getMessage()))
                    .withDeployment(deployment);
        } catch (RuntimeException | LinkageError e) {
            log.error("the hook failed", e);
            return failed(deployment, new Problem(Problem.Kind.FAILED, e.toString()));
        }
    }

    private HookResult validated(HookTarget.Found found, Cancellation cancellation) {
        try {
            ValidationReport report = machinery
                    .engine()
                    .validate(
                            found.job(),
                            FindingSink.NONE,
                            RunOptions.defaults().withListener(listener).withCancellation(cancellation));
            return HookResult.of(
                            HookResult.Kind.VALIDATED,
                            report.matched() + " matched, " + report.missing() + " missing, " + report.mismatched()
                                    + " mismatched, " + report.extra() + " extra")
                    .withValidation(report);
        } catch (RuntimeException e) {
            log.error("the validation failed", e);
            return HookResult.of(HookResult.Kind.FAILED, String.valueOf(e.getMessage()))
                    .withProblem(new Problem(Problem.Kind.FAILED, String.valueOf(e.getMessage())));
        }
    }

    private static HookResult failed(String deployment, Problem problem) {
        return HookResult.of(HookResult.Kind.FAILED, problem.message())
                .withDeployment(deployment)
                .withProblem(problem);
    }

    private HookResult told(HookResult result) {
        String line = "deploy hook: {}{}: {}";
        String deployment = result.deployment()
                .map(id -> " (deployment " + Displays.escaped(id) + ")")
                .orElse("");
        if (result.isGood()) {
            log.info(line, result.kind(), deployment, result.message());
        } else {
            log.warn(line, result.kind(), deployment, result.message());
        }
        for (Consumer<HookResult> observer : observers) {
            try {
                observer.accept(result);
            } catch (RuntimeException e) {
                log.warn("a listener of the hook failed", e);
            }
        }
        return result;
    }

    /** What a failing hook does to the application. */
    public OnFailure onFailure() {
        return target.settings().onFailure();
    }

    /** How the job is to be treated, as configured. */
    public HookSettings settings() {
        return target.settings();
    }
}
