package dev.replicator.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.RetrySettings;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final String CALL = "write gs://photos";
    private static final RetrySettings THREE =
            new RetrySettings(3, Duration.ofNanos(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    private static final TransientStoreException FAILURE = new TransientStoreException(Trouble.SERVER_ERROR, "trouble");

    /** No layer above sends the other parts again because of this one. */
    private static void assertFinal(TransientStoreException failure, ThrowingCallable step) {
        assertThatThrownBy(step)
                .hasMessage(failure.getMessage())
                .isInstanceOfSatisfying(TransientStoreException.class, thrown -> {
                    assertThat(thrown.trouble()).isEqualTo(failure.trouble());
                    assertThat(thrown.isRepeatedBelow()).isTrue();
                });
    }

    @Test
    void givesUpAfterTheLastAttemptWithTheFailureMadeFinal() {
        Repeats repeats = new Repeats(CALL, THREE);
        repeats.after(FAILURE);
        repeats.after(FAILURE);

        assertFinal(FAILURE, () -> repeats.after(FAILURE));
    }

    @Test
    void isFreshAfterAStepThatSucceeded() {
        Repeats repeats = new Repeats(CALL, THREE);
        for (int i = 0; i < 20; i++) {
            repeats.after(FAILURE);
            repeats.after(FAILURE);
            repeats.succeeded();
        }
        assertThatCode(() -> repeats.after(FAILURE)).doesNotThrowAnyException();
    }

    @Test
    void givesUpWhenTheNextWaitWouldEndBehindTheDeadline() {
        AtomicLong now = new AtomicLong();
        Repeats repeats = new Repeats(CALL, THREE, now::get);
        repeats.after(FAILURE);
        now.set(Duration.ofMinutes(1).toNanos());

        assertFinal(FAILURE, () -> repeats.after(FAILURE));
    }

    @Test
    void doesNotWaitLongerThanTheDeadlineForWhatTheServiceAsks() {
        TransientStoreException later = new TransientStoreException(
                Trouble.THROTTLED, "later", Optional.of(Duration.ofHours(1)), new IllegalStateException());

        assertFinal(later, () -> new Repeats(CALL, THREE).after(later));
    }

    @Test
    void repeatsACallUntilItIsAnswered() {
        AtomicInteger sent = new AtomicInteger();

        int answer = Repeats.call(CALL, THREE, () -> {
            if (sent.incrementAndGet() < 3) {
                throw FAILURE;
            }
            return 7;
        });

        assertThat(answer).isEqualTo(7);
        assertThat(sent).hasValue(3);
    }

    @Test
    void repeatsNoCallThatWasRepeatedBelow() {
        AtomicInteger sent = new AtomicInteger();

        assertFinal(
                FAILURE,
                () -> Repeats.call(CALL, THREE, () -> {
                    sent.incrementAndGet();
                    throw FAILURE.afterRepeats();
                }));
        assertThat(sent).hasValue(1);
    }

    @Test
    void stopsWhenInterruptedAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Repeats(CALL, THREE).after(FAILURE)).isInstanceOf(TransientStoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
