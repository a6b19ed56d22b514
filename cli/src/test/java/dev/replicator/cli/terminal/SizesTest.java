package dev.replicator.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00 KB",
        "148808, 145.32 KB",
        "1048570, 1023.99 KB",
        "1048575, 1.00 MB",
        "1048576, 1.00 MB",
        "5242880, 5.00 MB",
        "1073741824, 1.00 GB",
        "9223372036854775807, 8.00 EB",
    })
    void bytesHaveTwoDecimalsFromKilobytesUp(long bytes, String expected) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"850, 0.9 s", "9999, 10.0 s", "12000, 12 s", "200000, 3 min 20 s", "7500000, 2 h 5 min"})
    void timesAreInTheirOwnUnit(long millis, String expected) {
        assertThat(Sizes.time(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 objects", "1, 1 object", "41208, '41,208 objects'"})
    void objectsAreCounted(long number, String expected) {
        assertThat(Sizes.objects(number)).isEqualTo(expected);
    }
}
