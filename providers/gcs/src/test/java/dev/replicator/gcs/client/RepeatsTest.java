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
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final Call CALL = Call.of("write", "photos");
    private static final RetrySettings THREE =
            new RetrySettings(3, Duration.ofNanos(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    private static final TransientStoreException FAILURE = new TransientStoreException(Trouble.SERVER_ERROR, "trouble");

    @Test
    void givesUpAfterTheLastAttemptWithTheFailureItself() {
        Repeats repeats = new Repeats(CALL, THREE);
        repeats.after(FAILURE);
        repeats.after(FAILURE);

        assertThatThrownBy(() -> repeats.after(FAILURE)).isSameAs(FAILURE);
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

        assertThatThrownBy(() -> repeats.after(FAILURE)).isSameAs(FAILURE);
    }

    @Test
    void doesNotWaitLongerThanTheDeadlineForWhatTheServiceAsks() {
        TransientStoreException later = new TransientStoreException(
                Trouble.THROTTLED, "later", Optional.of(Duration.ofHours(1)), new IllegalStateException());

        assertThatThrownBy(() -> new Repeats(CALL, THREE).after(later)).isSameAs(later);
    }

    @Test
    void stopsWhenInterruptedAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Repeats(CALL, THREE).after(FAILURE)).isInstanceOf(TransientStoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
