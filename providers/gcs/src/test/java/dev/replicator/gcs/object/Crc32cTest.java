package dev.replicator.gcs.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Crc32cTest {
    @Test
    void isThatOfTheStandardsExample() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        Crc32c crc = Crc32c.of(digits, 0, digits.length);

        assertThat(crc.fingerprint()).isEqualTo(new Fingerprint(Algorithm.CRC32C, "e3069283"));
        assertThat(crc.base64()).isEqualTo("4waSgw==");
        assertThat(Crc32c.parsed("4waSgw==")).contains(0xE3069283);
        assertThat(Crc32c.EMPTY.base64()).isEqualTo("AAAAAA==");
    }

    @Property(tries = 500)
    void joinsWhereverItIsCut(@ForAll @Size(max = 3_000) byte[] bytes, @ForAll @IntRange(max = 3_000) int at) {
        int cut = Math.min(at, bytes.length);

        Crc32c joined = Crc32c.of(bytes, 0, cut).then(Crc32c.of(bytes, cut, bytes.length - cut));

        assertThat(joined).isEqualTo(Crc32c.of(bytes, 0, bytes.length));
    }

    @Test
    void readsNothingIntoWhatIsNoChecksum() {
        for (String text : new String[] {"", "!", "AAAA", "AAAAAAAAAAA="}) {
            assertThat(Crc32c.parsed(text)).isEqualTo(Optional.empty());
        }
    }
}
