package dev.replicator.hook;

import dev.replicator.execute.Cancellation;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.hook.lease.Timing;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.OnFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes in a thread of their own: the first at once, others when a deferral or a back-off is due. */
final class BackgroundHook implements HookHandle, Runnable {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    /** Half a minute for the objects in flight, as the engine gives them, and what follows: the report, the lease. */
    static final Duration GRACE = Duration.ofSeconds(30 + 10);

    private static final Logger log = LoggerFactory.getLogger(BackgroundHook.class);

    private final BiFunction<Timing, Cancellation, HookResult> pass;
    private final Timing timing;
    private final HookSettings settings;
    private final CountDownLatch stopped;
    private final CountDownLatch firstEnded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<HookResult> first = Optional.empty();
    private volatile Optional<HookResult> latest = Optional.empty();
    private final Cancellation cancellation = new Cancellation();

    /**
     * @param pass runs one pass with that time, until it ends or is cancelled; must not throw
     * @param stopped opened by {@link #close}; {@code timing} may wait for it in its pauses
     */
    BackgroundHook(
            BiFunction<Timing, Cancellation, HookResult> pass,
            Timing timing,
            HookSettings settings,
            CountDownLatch stopped) {
        this.pass = pass;
        this.timing = timing;
        this.settings = settings;
        this.stopped = stopped;
    }

    /** The system's time, whose pauses end with an InterruptedException once {@code stopped} is open. */
    static Timing stoppable(Clock clock, CountDownLatch stopped) {
        Timing system = Timing.system(clock);
        return new Timing() {
            @Override
            public Instant now() {
                return system.now();
            }

            @Override
            public long nanos() {
                return system.nanos();
            }

            @Override
            public void sleep(Duration pause) throws InterruptedException {
                if (stopped.await(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("the hook was closed");
                }
            }
        };
    }

    @Override
    public void run() {
        int unrecorded = 0;
        try {
            while (stopped.getCount() > 0) {
                HookResult result = passed();
                unrecorded = result.nextAttempt().isEmpty() ? unrecorded + 1 : 0;
                Optional<Duration> pause = pauseAfter(result, unrecorded);
                if (pause.isEmpty()) {
                    return;
                }
                timing.sleep(pause.get());
            }
        } catch (InterruptedException e) {
            log.debug("the hook stops waiting");
        } finally {
            firstEnded.countDown();
            ended.countDown();
        }
    }

    private HookResult passed() {
        HookResult result = pass.apply(timing, cancellation);
        latest = Optional.of(result);
        if (first.isEmpty()) {
            first = latest;
            firstEnded.countDown();
        }
        return result;
    }

    /** Empty when there is nothing to try again, or only a person can help. */
    private Optional<Duration> pauseAfter(HookResult result, int unrecorded) {
        return switch (result.kind()) {
            case REFUSED -> result.nextAttempt().map(this::until);
            case DEFERRED, BACKING_OFF, HELD_BY_ANOTHER, PARTIAL, FAILED ->
                Optional.of(result.nextAttempt()
                        .map(this::until)
                        .orElseGet(() -> FailedAttempt.pause(unrecorded, settings.minInterval())));
            default -> Optional.empty();
        };
    }

    private Duration until(Instant next) {
        Duration pause = Duration.between(timing.now(), next);
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    @Override
    public Optional<HookResult> await(Duration longest) throws InterruptedException {
        if (!firstEnded.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        Optional<HookResult> result = first;
        if (settings.onFailure() == OnFailure.FAIL
                && result.filter(HookResult::isGood).isEmpty()) {
            result.ifPresent(bad -> {
                throw new DeployHookException(bad);
            });
        }
        return result;
    }

    @Override
    public Optional<HookResult> latest() {
        return latest;
    }

    @Override
    public void close() {
        cancellation.cancel("the hook was closed");
        stopped.countDown();
        try {
            if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the hook's run did not stop within {}; its lease will expire", GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
