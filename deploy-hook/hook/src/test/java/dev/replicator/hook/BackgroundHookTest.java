package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.lease.VirtualTime;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BackgroundHookTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private BackgroundHook scripted(HookSettings settings, HookResult... script) {
        Queue<HookResult> results = new ArrayDeque<>(List.of(script));
        return new BackgroundHook((timing, cancellation) -> results.remove(), time, settings, stopped);
    }

    private Instant in(Duration delay) {
        return SettableClock.START.plus(delay);
    }

    @Test
    void aDeferredDeploymentRunsWhenItIsDue() throws InterruptedException {
        BackgroundHook hook = scripted(
                HookSettings.DEFAULT,
                HookResult.of(Kind.DEFERRED, "").withNextAttempt(in(Duration.ofHours(1))),
                HookResult.of(Kind.SYNCED, ""));

        hook.run();

        assertThat(time.sleeps()).containsExactly(Duration.ofHours(1));
        assertThat(hook.await(SOON).orElseThrow().kind()).isEqualTo(Kind.DEFERRED);
        assertThat(hook.latest().orElseThrow().kind()).isEqualTo(Kind.SYNCED);
    }

    @Test
    void aFailedAttemptIsTriedAgainWhenItMay() {
        BackgroundHook hook = scripted(
                HookSettings.DEFAULT,
                HookResult.of(Kind.PARTIAL, "").withNextAttempt(in(Duration.ofMinutes(1))),
                HookResult.of(Kind.BACKING_OFF, "").withNextAttempt(in(Duration.ofMinutes(3))),
                HookResult.of(Kind.HELD_BY_ANOTHER, "").withNextAttempt(in(Duration.ofMinutes(4))),
                HookResult.of(Kind.ALREADY_APPLIED, ""));

        hook.run();

        assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(1));
    }

    @Test
    void aStoreThatCantBeReachedIsTriedEverMoreRarely() {
        HookResult unreachable =
                HookResult.of(Kind.FAILED, "").withProblem(new Problem(Problem.Kind.ACCESS, "no such bucket"));
        BackgroundHook hook =
                scripted(HookSettings.DEFAULT, unreachable, unreachable, unreachable, HookResult.of(Kind.SYNCED, ""));

        hook.run();

        assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {
                "INACTIVE",
                "NOT_CONFIGURED",
                "ALREADY_APPLIED",
                "KNOWN_DEPLOYMENT",
                "SYNCED",
                "VALIDATED",
                "UNSAFE_STORE"
            })
    void whatOnlyAPersonCanChangeIsNotTriedAgain(Kind kind) {
        BackgroundHook hook =
                scripted(HookSettings.DEFAULT, HookResult.of(kind, "").withNextAttempt(in(SOON)));

        hook.run();

        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void aRefusedRunIsTriedAgainWhenItMayForTheGateMayOpen() {
        BackgroundHook hook = scripted(
                HookSettings.DEFAULT,
                HookResult.of(Kind.REFUSED, "").withNextAttempt(in(Duration.ofMinutes(1))),
                HookResult.of(Kind.SYNCED, ""));

        hook.run();

        assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void aRefusalThatNamesNoTimeIsForAPerson() {
        BackgroundHook hook = scripted(HookSettings.DEFAULT, HookResult.of(Kind.REFUSED, "a newer marker"));

        hook.run();

        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void closingWaitsLongerThanTheEngineGivesObjectsInFlight() {
        assertThat(BackgroundHook.GRACE).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void underFailAwaitingThrowsWhatWentWrong() {
        BackgroundHook hook =
                scripted(HookSettings.DEFAULT.withOnFailure(OnFailure.FAIL), HookResult.of(Kind.UNSAFE_STORE, "racy"));
        hook.run();

        assertThatThrownBy(() -> hook.await(SOON))
                .isInstanceOf(DeployHookException.class)
                .hasMessageContaining("racy");
    }

    @Test
    void closingCancelsTheRunUnderWayAndWaitsForIt() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<HookResult> ended = new AtomicReference<>();
        BackgroundHook hook = new BackgroundHook(
                (timing, cancellation) -> {
                    running.countDown();
                    untilStopped(cancellation);
                    HookResult result = HookResult.of(Kind.FAILED, "stopped");
                    ended.set(result);
                    return result;
                },
                BackgroundHook.stoppable(new SettableClock(), stopped),
                HookSettings.DEFAULT,
                stopped);
        Thread thread = new Thread(hook);
        thread.start();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        hook.close();

        assertThat(ended.get()).isNotNull();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static void untilStopped(Cancellation cancellation) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!cancellation.isStopped() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingEndsALongPauseAtOnce() throws InterruptedException {
        BackgroundHook hook = new BackgroundHook(
                (timing, cancellation) ->
                        HookResult.of(Kind.DEFERRED, "").withNextAttempt(SettableClock.START.plus(Duration.ofDays(1))),
                BackgroundHook.stoppable(new SettableClock(), stopped),
                HookSettings.DEFAULT,
                stopped);
        Thread thread = new Thread(hook);
        thread.start();
        assertThat(hook.await(SOON)).isPresent();

        hook.close();

        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aStartedHookSyncsBesideTheApplication() throws InterruptedException {
        World world = new World();

        try (HookHandle hook = world.hook("r1").build().start()) {
            assertThat(hook.await(SOON).orElseThrow().kind()).isEqualTo(Kind.SYNCED);
        }

        assertThat(world.isReplicated()).isTrue();
    }

    @Test
    void inModeBlockTheApplicationWaits() throws InterruptedException {
        World world = new World();

        HookHandle hook = world.hook("r1")
                .settings(HookSettings.DEFAULT.withMode(Mode.BLOCK))
                .build()
                .start();

        assertThat(world.isReplicated()).isTrue();
        assertThat(hook.await(Duration.ZERO).orElseThrow().kind()).isEqualTo(Kind.SYNCED);
        assertThat(hook.latest()).isPresent();
        hook.close();
    }
}
