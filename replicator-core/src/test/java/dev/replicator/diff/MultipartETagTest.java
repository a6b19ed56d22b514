package dev.replicator.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartETagTest {
    private static final long MIB = 1L << 20;
    private static final String HEX = "0123456789abcdef0123456789abcdef";

    @Test
    void anETagOfPartsNamesTheirNumber() {
        assertThat(MultipartETag.in(List.of(
                        new Fingerprint(Algorithm.CRC32C, "00000000"), new Fingerprint(Algorithm.ETAG, HEX + "-17"))))
                .contains(new MultipartETag(HEX, 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {HEX, HEX + "-0", HEX + "-", "abc-3", HEX + "-123456", "d:123-4"})
    void otherETagsAreNone(String etag) {
        assertThat(MultipartETag.in(List.of(new Fingerprint(Algorithm.ETAG, etag))))
                .isEmpty();
    }

    @Test
    void onlyPartSizesThatGiveTheNumberOfPartsArePossible() {
        assertThat(new MultipartETag(HEX, 2).partSizes(16 * MIB)).containsExactly(8 * MIB, 15 * MIB);
        assertThat(new MultipartETag(HEX, 1).partSizes(5 * MIB + 1)).first().isEqualTo(8 * MIB);
        assertThat(new MultipartETag(HEX, 3).partSizes(0)).isEmpty();
        assertThat(new MultipartETag(HEX, 9_999).partSizes(1)).isEmpty();
    }

    /** Our own parts above 10,000 × the part size are as large as they must be. */
    @Property
    void ourOwnPartsAreAlwaysAmongThem(@ForAll @LongRange(min = 1, max = 1L << 42) long size) {
        long part = dev.replicator.store.TransferSizes.DEFAULT.partOf(size);
        int parts = Math.toIntExact((size + part - 1) / part);

        assertThat(new MultipartETag(HEX, parts).partSizes(size)).contains(part);
    }

    @Property
    void everyPossiblePartSizeGivesThatManyParts(
            @ForAll @LongRange(min = 1, max = 1L << 40) long size, @ForAll @IntRange(min = 1, max = 300) int parts) {
        assertThat(new MultipartETag(HEX, parts).partSizes(size))
                .allMatch(part -> part * parts >= size && part * (parts - 1) < size);
    }
}
