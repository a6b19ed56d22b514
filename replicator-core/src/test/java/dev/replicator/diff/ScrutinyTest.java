package dev.replicator.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.replicator.job.CompareMode;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.Version;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrutinyTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static boolean reads(Scrutiny scrutiny, int key) {
        return scrutiny.reads(ObjectKey.of("media/" + key + ".jpg"));
    }

    private static long sampled(Scrutiny scrutiny, int keys) {
        return IntStream.range(0, keys).filter(key -> reads(scrutiny, key)).count();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 10, 50, 99})
    void aSampleIsAboutAsLargeAsAskedFor(double percent) {
        int keys = 200_000;

        assertThat(sampled(Scrutiny.deep(percent, 7), keys) * 100.0 / keys).isCloseTo(percent, within(0.25));
    }

    @Test
    void theWholeIsEverythingAndNoneIsNothing() {
        assertThat(sampled(Scrutiny.deep(100, 7), 1_000)).isEqualTo(1_000);
        assertThat(sampled(Scrutiny.STRICT, 1_000)).isZero();
    }

    @Test
    void anotherSeedTakesOtherKeysAndTheSameTheSame() {
        Scrutiny one = Scrutiny.deep(50, 1);
        Scrutiny again = Scrutiny.deep(50, 1);
        Scrutiny other = Scrutiny.deep(50, 2);

        assertThat(IntStream.range(0, 1_000)).allMatch(key -> reads(one, key) == reads(again, key));
        assertThat(IntStream.range(0, 1_000)
                        .filter(key -> reads(one, key) != reads(other, key))
                        .count())
                .isBetween(400L, 600L);
    }

    @Test
    void anEntryIsSampledByItsKeyAsSeenInThePair() {
        Scrutiny half = Scrutiny.deep(50, 3);
        Page page = page("prefix/a", NOW, "v", "");

        assertThat(half.reads(page.withoutPrefix(7), 0)).isEqualTo(half.reads(ObjectKey.of("a")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
    void aSampleOfNothingOrMoreThanAllIsRefused(double percent) {
        assertThatThrownBy(() -> Scrutiny.deep(percent, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Digests of both sides ("" for none), which scrutiny, verdict; sizes are equal, the destination is much newer. */
    @ParameterizedTest
    @CsvSource({
        "00000001, 00000001, strict, SAME_CONTENT",
        "00000001, 00000002, strict, CONTENT",
        "'',       00000002, strict, SAME",
        "'',       '',       strict, SAME",
        "00000001, 00000001, deep,   SAME_CONTENT",
        "00000001, 00000002, deep,   CONTENT",
        "'',       00000002, deep,   DOUBT",
        "'',       '',       deep,   DOUBT",
    })
    void aValidationQuestionsWhatTimesCallEqual(String ours, String theirs, String how, Comparison.Verdict expected) {
        Scrutiny scrutiny = how.equals("deep") ? Scrutiny.deep(100, 0) : Scrutiny.STRICT;
        Comparison comparison =
                Comparisons.questioned(Comparisons.of(CompareMode.SIZE_AND_MODIFIED, Clocks.SAME, NOW), scrutiny);

        assertThat(comparison.compare(
                        page("k", NOW.minusSeconds(9_000), "s", ours),
                        0,
                        page("k", NOW.minusSeconds(60), "d", theirs),
                        0))
                .isEqualTo(expected);
    }

    /** Inside the window of doubt, digests of the listings spare the head, in both directions. */
    @ParameterizedTest
    @CsvSource({"00000001, 00000001, SAME_CONTENT", "00000001, 00000002, CONTENT", "'', 00000002, DOUBT"})
    void digestsSettleADoubt(String ours, String theirs, Comparison.Verdict expected) {
        for (CompareMode mode : new CompareMode[] {CompareMode.SIZE_AND_MODIFIED, CompareMode.CHECKSUM}) {
            assertThat(Comparisons.of(mode, Clocks.SAME, NOW.plusSeconds(60))
                            .compare(page("k", NOW, "s", ours), 0, page("k", NOW, "d", theirs), 0))
                    .isEqualTo(expected);
        }
    }

    private static Page page(String key, Instant modified, String version, String crc32c) {
        Page.Builder page = new Page.Builder(1);
        page.add(ObjectKey.of(key), 1, modified, new Version(version), EntryNote.NONE);
        if (!crc32c.isEmpty()) {
            page.digest(Algorithm.CRC32C, HexFormat.of().parseHex(crc32c));
        }
        return page.build();
    }
}
