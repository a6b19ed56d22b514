package dev.replicator.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
    private final SettableClock clock = new SettableClock();
    private final FailedAttempts attempts = new FailedAttempts(clock);

    @Test
    void theFifthFailureOfAMinuteShutsOutUntilTheFirstOfThemIsAMinuteOld() {
        for (int i = 0; i < 5; i++) {
            assertThat(attempts.waitingSeconds("a")).isZero();
            attempts.failed("a");
            clock.advance(Duration.ofSeconds(10));
        }

        assertThat(attempts.waitingSeconds("a")).isEqualTo(10);
        assertThat(attempts.waitingSeconds("b")).isZero();
        clock.advance(Duration.ofSeconds(10));
        assertThat(attempts.waitingSeconds("a")).isZero();
        attempts.failed("a");
        assertThat(attempts.waitingSeconds("a")).isEqualTo(10);
    }

    @Test
    void noMoreAddressesAreKeptThanTheLimitAndThoseThatStillGuessAreAmongThem() {
        for (int i = 0; i < 5; i++) {
            attempts.failed("guesser");
        }
        for (int i = 0; i < 3 * FailedAttempts.ADDRESSES; i++) {
            attempts.failed("address-" + i);
            attempts.waitingSeconds("guesser");
        }

        assertThat(attempts.addresses()).isEqualTo(FailedAttempts.ADDRESSES);
        assertThat(attempts.waitingSeconds("guesser")).isPositive();
    }
}
