package dev.replicator.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "16MiB, 16777216",
        "5GiB, 5368709120",
        "1024, 1024",
        "10MB, 10000000",
        "10 MB, 10000000",
        "1.5KiB, 1536",
        "0, 0",
        "1b, 1",
        "1kb, 1000",
        "1KIB, 1024",
        "1TiB, 1099511627776",
        "8191PiB, 9222246136947933184",
        "9223372036854775807, 9223372036854775807",
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MiB",
                "16M",
                "16Mi",
                "-1",
                "1,5MB",
                "1e3",
                "0x10",
                "0.5B",
                "1.0001KiB",
                "8192PiB",
                "9223372036854775808",
                "99999999999999999999",
                "1 2",
                "1MBit",
                "١"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Sizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(is not a size|has no unit of bytes|is not a whole number of bytes).*");
    }

    @Property
    void whatIsFormattedReadsBackTheSame(@ForAll @LongRange(min = 0) long bytes) {
        assertThat(Sizes.parse(Sizes.format(bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"16777216, 16MiB", "1000, 1000B", "0, 0B", "5368709120, 5GiB", "1152921504606846976, 1024PiB"})
    void formatsInTheLargestUnitThatFits(long bytes, String text) {
        assertThat(Sizes.format(bytes)).isEqualTo(text);
    }

    @Property(tries = 2_000)
    void noTextThrowsAnythingElse(@ForAll String text) {
        try {
            assertThat(Sizes.parse(text)).isNotNegative();
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }
}
