package dev.replicator.store.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.UnprovenListingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often, how long and how much in all a request is repeated. */
@Timeout(30)
class RetriesTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    private static RetrySettings settings(int attempts) {
        return new RetrySettings(attempts, MILLI, MILLI.multipliedBy(2), Duration.ofMinutes(1));
    }

    private Retries retries(RetrySettings settings, RetryBudget budget) {
        return new Retries("test", settings, budget, nanos::get);
    }

    private static TransientStoreException trouble(Trouble trouble) {
        return new TransientStoreException(trouble, "scripted " + trouble);
    }

    /** Fails {@code times} times. */
    private Supplier<String> failing(int times, Supplier<? extends RuntimeException> failure) {
        return () -> {
            if (sent.incrementAndGet() <= times) {
                throw failure.get();
            }
            return "done";
        };
    }

    @ParameterizedTest
    @CsvSource({"NETWORK", "SERVER_ERROR", "THROTTLED", "CONFLICT"})
    void transientTroubleIsRepeatedUntilItIsOver(Trouble kind) {
        Retries retries = retries(settings(6), RetryBudget.ofRun());

        assertThat(retries.call(failing(5, () -> trouble(kind)))).isEqualTo("done");

        assertThat(sent).hasValue(6);
        assertThat(retries.spent()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "6"})
    void attemptsAreTriesInAll(int attempts) {
        Retries retries = retries(settings(attempts), RetryBudget.ofRun());

        assertThatThrownBy(() -> retries.call(failing(99, () -> trouble(Trouble.NETWORK))))
                .isInstanceOf(TransientStoreException.class);

        assertThat(sent).hasValue(attempts);
        assertThat(retries.spent()).isEqualTo(attempts - 1);
    }

    @Test
    void whatIsNotTransientIsNotRepeated() {
        Retries retries = retries(settings(6), RetryBudget.ofRun());

        assertThatThrownBy(() -> retries.call(failing(1, () -> new AccessDeniedException("403"))))
                .isInstanceOf(AccessDeniedException.class);

        assertThat(sent).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"NETWORK", "SERVER_ERROR", "THROTTLED"})
    void whatAClientBelowHasRepeatedIsNotRepeatedOnTop(Trouble kind) {
        Retries retries = retries(settings(6), RetryBudget.ofRun());

        assertThatThrownBy(() -> retries.call(failing(1, () -> trouble(kind).afterRepeats())))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.trouble()).isEqualTo(kind))
                .hasMessage("scripted " + kind);

        assertThat(sent).hasValue(1);
    }

    @Test
    void anUnprovenAnswerIsAskedForThreeTimes() {
        Retries retries = retries(settings(6), RetryBudget.ofRun());

        assertThatThrownBy(() -> retries.call(failing(99, () -> new UnprovenListingException("an HTML page"))))
                .isInstanceOf(UnprovenListingException.class);

        assertThat(sent).hasValue(3);
    }

    @Test
    void nothingIsRepeatedBehindTheDeadline() {
        Retries retries = retries(settings(6), RetryBudget.ofRun());

        assertThatThrownBy(() -> retries.call(() -> {
                    sent.incrementAndGet();
                    nanos.addAndGet(Duration.ofSeconds(25).toNanos());
                    throw trouble(Trouble.NETWORK);
                }))
                .isInstanceOf(TransientStoreException.class);

        assertThat(sent).hasValue(3);
    }

    @Test
    void aRequestThatAsksToWaitIsWaitedFor() {
        Retries retries =
                retries(new RetrySettings(2, MILLI, Duration.ofMillis(80), Duration.ofMinutes(1)), RetryBudget.ofRun());
        long start = System.nanoTime();

        retries.call(failing(1, () -> asking(Duration.ofMillis(60))));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void noSingleWaitIsLongerThanTheLongest() {
        Retries retries = retries(settings(2), RetryBudget.ofRun());

        assertThat(retries.call(failing(1, () -> asking(Duration.ofHours(1))))).isEqualTo("done");
    }

    private static StoreException asking(Duration wait) {
        return new TransientStoreException(
                Trouble.THROTTLED, "slow down", Optional.of(wait), new IllegalStateException("the client's"));
    }

    @Test
    void theBudgetBoundsWhatAnOutageCosts() {
        RetryBudget budget = new RetryBudget(10, 50);
        Retries retries = retries(settings(6), budget);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> retries.call(failing(999, () -> trouble(Trouble.THROTTLED))))
                    .isInstanceOf(TransientStoreException.class);
        }

        assertThat(sent).hasValue(20 + 10);
        assertThat(retries.spent()).isEqualTo(10);
    }

    @Test
    void successesEarnRetries() {
        RetryBudget budget = new RetryBudget(2, 50);
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isFalse();

        budget.earn();
        assertThat(budget.spend()).as("half a retry").isFalse();
        budget.earn();
        assertThat(budget.spend()).isTrue();
        for (int i = 0; i < 100; i++) {
            budget.earn();
        }
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).as("no more is saved up than the stock").isFalse();
    }

    /** A call that is not repeated costs nothing of the others' budget. */
    @Test
    void theLastAttemptSpendsNothing() {
        RetryBudget budget = new RetryBudget(2, 0);
        Retries retries = retries(settings(1), budget);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> retries.call(failing(99, () -> trouble(Trouble.NETWORK))))
                    .isInstanceOf(TransientStoreException.class);
        }

        assertThat(budget.spend()).isTrue();
    }

    @Test
    void anEndpointThatOnlyFailsIsLeftAloneForAMomentAndAskedAgain() {
        Retries retries = retries(settings(1), RetryBudget.ofRun());
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(() -> retries.call(failing(999, () -> trouble(Trouble.SERVER_ERROR))))
                    .isInstanceOf(TransientStoreException.class);
        }

        assertThat(sent.get()).as("asked before the breaker opened").isBetween(30, 31);

        long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        boolean recovered = false;
        while (!recovered && System.nanoTime() < patience) {
            try {
                recovered = retries.call(() -> true);
            } catch (TransientStoreException e) {
                LockSupport.parkNanos(MILLI.multipliedBy(20).toNanos());
            }
        }
        assertThat(recovered).isTrue();
        assertThatCode(() -> retries.call(() -> true)).doesNotThrowAnyException();
    }

    @Test
    void throttlingIsNoFailureOfTheEndpoint() {
        Retries retries = retries(settings(1), RetryBudget.ofRun());
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> retries.call(failing(999, () -> trouble(Trouble.THROTTLED))))
                    .isInstanceOf(TransientStoreException.class);
        }

        assertThat(sent).hasValue(100);
    }

    @Test
    void anInterruptEndsTheWaitAndIsHandedOn() {
        Retries retries = retries(
                new RetrySettings(6, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(1)),
                RetryBudget.ofRun());
        Thread test = Thread.currentThread();
        Thread impatient = new Thread(() -> {
            while (sent.get() == 0) {
                Thread.onSpinWait();
            }
            test.interrupt();
        });
        impatient.start();

        assertThatThrownBy(() -> retries.call(failing(99, () -> trouble(Trouble.NETWORK))))
                .isInstanceOf(TransientStoreException.class);

        assertThat(Thread.interrupted()).as("interrupted").isTrue();
        assertThat(sent).hasValue(1);
    }

    @Test
    void aBaseBelowAMillisecondIsNoError() {
        RetrySettings settings =
                new RetrySettings(2, Duration.ofNanos(100), Duration.ofNanos(200), Duration.ofMinutes(1));

        assertThat(retries(settings, RetryBudget.ofRun()).call(failing(1, () -> trouble(Trouble.NETWORK))))
                .isEqualTo("done");
    }
}
