package dev.replicator.hook;

import dev.replicator.execute.Cancellation;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.detect.BuildIdentity;
import dev.replicator.hook.lease.Timing;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.report.RunListener;
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
    /** The logger of the results of passes: for programs that tell them in their own way. */
    public static final String RESULTS = "dev.replicator.hook.results";

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(DeployHook.class);
    private static final Logger results = LoggerFactory.getLogger(RESULTS);

    private final HookTarget target;
    private final HookOptions options;
    private final Situation situation;
    private final HookMachinery machinery;
    private final Clock clock;
    private final RunListener listener;
    private final List<Consumer<HookResult>> observers;
    private final Passes passes;

    DeployHook(DeployHookBuilder built) {
        target = built.target();
        options = built.options();
        machinery = built.machinery();
        clock = built.clock();
        listener = built.listener();
        observers = built.observers();
        situation = new Situation(target, options, built.environments(), built.deployments());
        passes = new Passes(machinery, situation, options, listener);
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
            return new EndedHook(UntilShutdown.run(this::run));
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
        return runDeferred(new Cancellation());
    }

    /**
     * As {@link #runDeferred()}, until it is cancelled: then waiting ends, objects in flight finish and the lease is given
     * back.
     */
    public Optional<HookResult> runDeferred(Cancellation cancellation) {
        if (!(target instanceof HookTarget.Found found)) {
            return Optional.empty();
        }
        Mode mode = found.settings().mode();
        if (mode == Mode.OFF || mode == Mode.VALIDATE_ONLY) {
            return Optional.empty();
        }
        try (ControlObjects objects = new ControlObjects(machinery.engine().openControl(found.job()))) {
            ControlArea area = new ControlArea(objects);
            Optional<Deferral> due = area.deferral()
                    .valid()
                    .filter(deferral -> !deferral.due().isAfter(objects.now(machinery.timing()::now)));
            if (due.isEmpty()) {
                return Optional.empty();
            }
            Timing timing = new StoppableTiming(machinery.timing(), cancellation);
            HookResult result = told(passes.applied(found, due.get().deployment(), timing, cancellation));
            if (result.kind() == HookResult.Kind.ALREADY_APPLIED || result.kind() == HookResult.Kind.KNOWN_DEPLOYMENT) {
                forget(due.get(), area);
            }
            return Optional.of(result);
        } catch (StoreException | IllegalArgumentException e) {
            log.warn("could not read the deferral: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** A deployment that was applied waits for nothing: a process died before it could remove its deferral. */
    private static void forget(Deferral obsolete, ControlArea area) {
        try {
            if (area.deferral().valid().filter(obsolete::equals).isPresent()) {
                area.forgetDeferral();
            }
        } catch (StoreException e) {
            log.warn("could not remove the deferral: {}", e.getMessage());
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
        return target instanceof HookTarget.Found found
                ? new StatusReader(machinery).read(situation.status(), found, counted)
                : situation.status();
    }

    private HookResult pass(Timing timing, Cancellation cancellation) {
        return told(passes.pass(timing, cancellation));
    }

    private HookResult told(HookResult result) {
        String line = "deploy hook: {}{}: {}";
        String deployment = result.deployment()
                .map(id -> " (deployment " + Displays.escaped(id) + ")")
                .orElse("");
        if (result.isGood()) {
            results.info(line, result.kind(), deployment, result.message());
        } else {
            results.warn(line, result.kind(), deployment, result.message());
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
