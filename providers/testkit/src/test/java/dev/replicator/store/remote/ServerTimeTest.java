package dev.replicator.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerTimeTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final ServerTime time = new ServerTime(clock);

    /** An answer from a server that is {@code ahead} of us, after a round trip of 100 ms. */
    private void answer(Duration ahead) {
        Instant sent = time.sent();
        clock.advance(Duration.ofMillis(50));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plus(ahead).atOffset(ZoneOffset.UTC));
        clock.advance(Duration.ofMillis(50));
        time.saw(sent, Optional.of(date));
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() {
        assertThat(time.offset()).isEmpty();
        assertThat(time.now()).isEqualTo(START);
    }

    @Test
    void measuresTheOffsetWithinASecond() {
        answer(Duration.ofMinutes(7));

        assertThat(time.offset().orElseThrow()).isCloseTo(Duration.ofMinutes(7), Duration.ofMillis(700));
    }

    @Test
    void measuresBetterWithEveryAnswer() {
        for (int i = 0; i < 50; i++) {
            answer(Duration.ofSeconds(-30));
            clock.advance(Duration.ofMillis(137));
        }

        assertThat(time.offset().orElseThrow()).isCloseTo(Duration.ofSeconds(-30), Duration.ofMillis(120));
    }

    @Test
    void beginsAnewWhenAClockWasSet() {
        answer(Duration.ZERO);
        answer(Duration.ofHours(1));

        assertThat(time.offset().orElseThrow()).isCloseTo(Duration.ofHours(1), Duration.ofMillis(700));
    }

    @Test
    void doesNotTurnBackWhenItMeasuresBetter() {
        answer(Duration.ZERO);
        Instant told = time.now();
        for (int i = 0; i < 20; i++) {
            answer(Duration.ZERO);
            Instant next = time.now();
            assertThat(next).isAfterOrEqualTo(told);
            told = next;
        }
    }

    @Test
    void ignoresWhatIsNoDate() {
        time.saw(time.sent(), Optional.of("yesterday"));
        time.saw(time.sent(), Optional.empty());

        assertThat(time.offset()).isEmpty();
    }
}
