package dev.replicator.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.diff.Comparison.Verdict;
import dev.replicator.job.CompareMode;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.Version;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule of {@code compare: etag}, row by row. */
class ByETagTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String A = "0cc175b9c0f1b6a831c399e269772661";
    private static final String B = "92eb5ffee6ae2fec3ad71c777531578f";

    private static Page.Builder page() {
        return new Page.Builder(1).versionsAre(Fingerprint.Algorithm.ETAG);
    }

    private static Page entry(Page.Builder page, long size, String etag, Duration age) {
        page.add(ObjectKey.of("k"), size, NOW.minus(age), new Version(etag), EntryNote.NONE);
        return page.build();
    }

    private static Verdict compare(Page source, Page destination) {
        return Comparisons.of(CompareMode.ETAG, Clocks.SAME, NOW).compare(source, 0, destination, 0);
    }

    /** ETags, ages of source and destination in seconds, verdict. */
    @ParameterizedTest
    @CsvSource({
        A + ",      " + A + ",      5, 9, SAME_CONTENT",
        A + "-2,    " + A + "-2,    5, 9, SAME_CONTENT",
        A + ",      " + B + ",      5, 9, ETAG",
        A + ",      " + B + ",      9, 5, DOUBTFUL_ETAGS",
        A + ",      " + B + ",      5, 5, DOUBT",
        A + "-2,    " + B + "-2,    9, 5, SAME",
        A + "-2,    " + B + "-2,    5, 9, NEWER",
        A + "-2,    " + B + "-2,    5, 5, DOUBT",
        A + "-2,    " + A + "-3,    9, 5, SAME",
        A + ",      " + B + "-3,    9, 5, SAME",
        A + "-2,    " + B + ",      9, 5, SAME",
        "opaque,    other,          9, 5, SAME",
        "opaque,    other,          5, 9, NEWER",
        "opaque,    " + A + ",      9, 5, SAME",
    })
    void equalSizes(String ours, String theirs, int sourceAge, int destinationAge, Verdict verdict) {
        Page source = entry(page(), 7, ours, Duration.ofSeconds(sourceAge));
        Page destination = entry(page(), 7, theirs, Duration.ofSeconds(destinationAge));

        assertThat(compare(source, destination)).isEqualTo(verdict);
    }

    @Test
    void sizesComeFirst() {
        Page source = entry(page(), 7, A, Duration.ofSeconds(9));
        Page destination = entry(page(), 8, A, Duration.ofSeconds(5));

        assertThat(compare(source, destination)).isEqualTo(Verdict.SIZE);
    }

    @Test
    void versionsThatAreNoETagsSayNothing() {
        Page source = entry(page(), 7, A, Duration.ofSeconds(9));
        Page destination = entry(new Page.Builder(1), 7, A, Duration.ofSeconds(5));

        assertThat(compare(source, destination)).isEqualTo(Verdict.SAME);
    }
}
