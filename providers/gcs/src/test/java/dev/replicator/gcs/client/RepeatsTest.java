package dev.replicator.gcs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.RetrySettings;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final Call CALL = Call.of("write", "photos");
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
    void stopsWhenInterruptedAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Repeats(CALL, THREE).after(FAILURE)).isInstanceOf(TransientStoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
