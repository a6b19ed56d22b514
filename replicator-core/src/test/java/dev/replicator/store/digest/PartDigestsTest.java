package dev.replicator.store.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Digests of parts make the digest of the whole, for the algorithms that allow it. */
class PartDigestsTest {
    private static Fingerprint digest(Algorithm algorithm, byte[] bytes, int offset, int length) {
        ContentDigest digest = ContentDigest.of(algorithm);
        digest.update(bytes, offset, length);
        return digest.fingerprint();
    }

    @Property(tries = 200)
    void theDigestOfTheWholeComesWithItsLastPartInWhateverOrder(
            @ForAll @IntRange(min = 1, max = 5_000) int size,
            @ForAll @IntRange(min = 1, max = 900) int part,
            @ForAll long seed) {
        byte[] bytes = new byte[size];
        Random random = new Random(seed);
        random.nextBytes(bytes);
        List<Integer> offsets = new ArrayList<>();
        for (int offset = 0; offset < size; offset += part) {
            offsets.add(offset);
        }
        Collections.shuffle(offsets, random);
        for (Algorithm algorithm : List.of(Algorithm.CRC32, Algorithm.CRC32C, Algorithm.CRC64NVME)) {
            PartDigests parts = PartDigests.of(algorithm, size).orElseThrow();
            int last = offsets.get(offsets.size() - 1);

            for (int offset : offsets) {
                int length = Math.min(part, size - offset);
                Optional<Fingerprint> whole = parts.add(offset, length, digest(algorithm, bytes, offset, length));

                assertThat(whole)
                        .isEqualTo(offset == last ? Optional.of(digest(algorithm, bytes, 0, size)) : Optional.empty());
            }
        }
    }

    @Test
    void aPartThatComesAgainReplacesItself() {
        byte[] bytes = {1, 2, 3, 4};
        PartDigests parts = PartDigests.of(Algorithm.CRC32C, 4).orElseThrow();

        parts.add(0, 2, digest(Algorithm.CRC32C, new byte[] {9, 9}, 0, 2));
        parts.add(0, 2, digest(Algorithm.CRC32C, bytes, 0, 2));

        assertThat(parts.add(2, 2, digest(Algorithm.CRC32C, bytes, 2, 2)))
                .contains(digest(Algorithm.CRC32C, bytes, 0, 4));
    }

    @Test
    void aPartThatOverlapsOthersTakesTheirPlace() {
        byte[] bytes = {1, 2, 3, 4};
        PartDigests parts = PartDigests.of(Algorithm.CRC32C, 4).orElseThrow();

        parts.add(0, 2, digest(Algorithm.CRC32C, new byte[] {9, 9}, 0, 2));
        parts.add(1, 1, digest(Algorithm.CRC32C, bytes, 1, 1));

        assertThat(parts.add(2, 2, digest(Algorithm.CRC32C, bytes, 2, 2)))
                .as("what the first byte was is forgotten")
                .isEmpty();
        assertThat(parts.add(0, 1, digest(Algorithm.CRC32C, bytes, 0, 1)))
                .contains(digest(Algorithm.CRC32C, bytes, 0, 4));
    }

    @ParameterizedTest
    @EnumSource(names = {"MD5", "SHA1", "SHA256", "ETAG"})
    void othersHaveNoDigestOfParts(Algorithm algorithm) {
        assertThat(PartDigests.of(algorithm, 4)).isEmpty();
    }

    @Test
    void partsOfAnotherAlgorithmAreRefused() {
        PartDigests parts = PartDigests.of(Algorithm.CRC32C, 4).orElseThrow();

        assertThatThrownBy(() -> parts.add(0, 4, digest(Algorithm.CRC32, new byte[4], 0, 4)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
