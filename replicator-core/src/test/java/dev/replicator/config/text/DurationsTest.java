package dev.replicator.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "30m, PT30M",
        "1h30m, PT1H30M",
        "500ms, PT0.5S",
        "10s, PT10S",
        "2d, PT48H",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "90m, PT1H30M",
        "0, PT0S",
        "0s, PT0S",
        "PT30M, PT30M",
        "pt1h, PT1H",
        "P2D, PT48H",
        "PT0.0000001S, PT0.0000001S",
    })
    void readsWhatPeopleWrite(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "1.5h",
                "h",
                "30 m",
                "30M",
                "m30",
                "1m1h",
                "1h1h",
                "-1h",
                "PT",
                "P",
                "-PT1H",
                "PT-1H",
                "1y",
                "10 minutes",
                "999999999999999d",
                "99999999999999999999s",
                "PT99999999999999999999H",
                "١h"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("is (not a duration; write 30m.*|negative; .*)");
    }

    @Property
    void whatIsFormattedReadsBackTheSame(@ForAll @LongRange(min = 0) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Property
    void nanosecondsReadBackTheSame(@ForAll @LongRange(min = 0) long nanos) {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"PT1H30M, 1h30m", "PT0S, 0s", "PT0.2S, 200ms", "PT48H, 2d", "PT20S, 20s", "PT0.0001S, PT0.0001S"})
    void formatsInTheFewestWords(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @Property(tries = 2_000)
    void noTextThrowsAnythingElse(@ForAll String text) {
        try {
            assertThat(Durations.parse(text)).isGreaterThanOrEqualTo(Duration.ZERO);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("is ");
        }
    }
}
