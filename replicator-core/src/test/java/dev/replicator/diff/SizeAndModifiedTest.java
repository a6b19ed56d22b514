package dev.replicator.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.diff.Comparison.Verdict;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.Version;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default rule, row by row. */
class SizeAndModifiedTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final Clocks KEEPS = new Clocks(Duration.ZERO, Duration.ZERO, true, true);

    private static Page entry(long size, Instant modified, String version, boolean digests) {
        Page.Builder page = new Page.Builder(1);
        if (digests) {
            page.versionsAre(Fingerprint.Algorithm.ETAG);
        }
        page.add(ObjectKey.of("k"), size, modified, new Version(version), EntryNote.NONE);
        return page.build();
    }

    private static Verdict compare(Clocks clocks, Instant source, Instant destination) {
        return new SizeAndModified(clocks, NOW)
                .compare(entry(1, source, "s", false), 0, entry(1, destination, "d", false), 0);
    }

    private static Verdict compareEqual(Clocks clocks, Instant source, Instant destination) {
        return new SizeAndModified(clocks, NOW)
                .compare(entry(1, source, "same", true), 0, entry(1, destination, "same", true), 0);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-05-01T" + time + "Z");
    }

    /** Source, destination, verdict; no digests, one clock. */
    @ParameterizedTest
    @CsvSource({
        "10:00:00,            09:59:59,            NEWER",
        "10:00:00,            10:00:00,            DOUBT",
        "10:00:00,            10:00:01,            DOUBT",
        "10:00:00,            10:00:02,            SAME",
        "10:00:00.001,        10:00:00,            DOUBT",
        "10:00:00.999999999,  10:00:00,            DOUBT",
        "10:00:00.123456789,  10:00:00.123,        DOUBT",
        "10:00:01,            10:00:00.999,        NEWER",
        "10:00:00.001,        10:00:01,            DOUBT",
        "10:00:00.001,        10:00:01.001,        SAME",
        "10:00:00.123,        10:00:00.122,        NEWER",
        "10:00:00.123,        10:00:00.123,        DOUBT",
        "10:00:00.123,        10:00:00.124,        DOUBT",
        "10:00:00.123,        10:00:00.125,        SAME",
        "10:00:00.123456,     10:00:00.123457,     DOUBT",
        "10:00:00.123456,     10:00:00.123458,     SAME",
        "10:00:00.123456789,  10:00:00.123456789,  DOUBT",
        "10:00:00.123456789,  10:00:00.123456790,  DOUBT",
        "10:00:00.123456789,  10:00:00.123456801,  SAME",
        "10:00:00.123456789,  10:00:00.123456788,  NEWER"
    })
    void timesDecideWithinTheCoarserGranularity(String source, String destination, Verdict expected) {
        assertThat(compare(Clocks.SAME, at(source), at(destination))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000_000, -1, 0, 1, 1_000_000})
    void sizesThatDifferNeedNoTimes(long seconds) {
        Verdict verdict = new SizeAndModified(Clocks.SAME, NOW)
                .compare(
                        entry(1, at("10:00:00"), "same", true),
                        0,
                        entry(2, at("10:00:00").plusSeconds(seconds), "same", true),
                        0);

        assertThat(verdict).isEqualTo(Verdict.SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "10:00:00, 10:00:00, SAME_CONTENT",
        "10:00:00, 10:00:01, SAME_CONTENT",
        "10:00:00, 10:00:02, SAME",
        "10:00:01, 10:00:00, NEWER"
    })
    void equalDigestsSettleADoubtAndNothingElse(String source, String destination, Verdict expected) {
        assertThat(compareEqual(Clocks.SAME, at(source), at(destination))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10:00:00,           10:00:00,       SAME",
        "10:00:00.9,         10:00:00,       DOUBT",
        "10:00:00.123456789, 10:00:00.123,   DOUBT",
        "10:00:00.811,       10:00:00.810,   NEWER",
        "10:00:00.8,         10:00:00.8001,  SAME",
        "10:00:00.123456789, 10:00:00.122,   NEWER",
        "10:00:01,           10:00:00.9,     NEWER",
        "10:00:00,           10:00:05,       SAME"
    })
    void aDestinationThatKeepsTimesIsBelieved(String source, String destination, Verdict expected) {
        assertThat(compare(KEEPS, at(source), at(destination))).isEqualTo(expected);
    }

    /** Two services, clocks near each other: which is ahead by how much can't be measured closer than three seconds. */
    @ParameterizedTest
    @CsvSource({"-5, NEWER", "-4, DOUBT", "-3, DOUBT", "0, DOUBT", "1, DOUBT", "4, DOUBT", "5, SAME"})
    void twoClocksLeaveTheErrorOfMeasuringThem(long lead, Verdict expected) {
        Clocks two = new Clocks(Duration.ZERO, Duration.ZERO, false, false);

        assertThat(compare(two, at("10:00:00"), at("10:00:00").plusSeconds(lead)))
                .isEqualTo(expected);
    }

    /** Source's and destination's offset from our clock in seconds; times as their own clocks show them. */
    @ParameterizedTest
    @CsvSource({
        "0,    900,  910,  SAME",
        "0,    900,  902,  DOUBT",
        "0,    900,  890,  NEWER",
        "900,  0,   -890,  SAME",
        "900,  0,   -902,  DOUBT",
        "900,  0,   -910,  NEWER",
        "-900, 900,  1810, SAME",
        "-900, 900,  1790, NEWER",
        "7,    7,    5,    SAME",
        "7,    7,    0,    DOUBT"
    })
    void measuredOffsetsAreCorrected(long sourceOffset, long destinationOffset, long lead, Verdict expected) {
        Clocks clocks =
                new Clocks(Duration.ofSeconds(sourceOffset), Duration.ofSeconds(destinationOffset), false, false);

        assertThat(compare(clocks, at("10:00:00"), at("10:00:00").plusSeconds(lead)))
                .isEqualTo(expected);
    }

    /** The destination was written right after the source, by clocks 15 minutes apart: never "newer" again and again. */
    @Property(tries = 300)
    void aClockThatIsOffCausesNoEndlessCopying(
            @ForAll @LongRange(min = -900_000, max = 900_000) long destinationOffMillis,
            @ForAll @LongRange(min = -900_000, max = 900_000) long sourceOffMillis,
            @ForAll @LongRange(min = 0, max = 86_400_000) long copiedAfterMillis) {
        Clocks clocks =
                new Clocks(Duration.ofMillis(sourceOffMillis), Duration.ofMillis(destinationOffMillis), false, false);
        Instant written = at("10:00:00.123");
        Instant source = written.plusMillis(sourceOffMillis);
        Instant destination = written.plusMillis(copiedAfterMillis + destinationOffMillis);

        assertThat(compareEqual(clocks, source, destination)).isIn(Verdict.SAME, Verdict.SAME_CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-06-01T12:00:05Z", "2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void aSourceFromTheFutureIsDoubted(String future) {
        Instant source = Instant.parse(future);

        assertThat(compare(Clocks.SAME, source, NOW)).isEqualTo(Verdict.DOUBT);
        assertThat(compare(Clocks.SAME, source, source.plusSeconds(100))).isEqualTo(Verdict.DOUBT);
        assertThat(compareEqual(Clocks.SAME, source, NOW)).isEqualTo(Verdict.SAME_CONTENT);
    }

    /** What is the future is said by the source's clock, not by ours. */
    @Test
    void aSourceWhoseClockIsAheadIsNotFromTheFuture() {
        Duration hour = Duration.ofHours(1);
        Clocks ahead = new Clocks(hour, hour, false, true);

        assertThat(compare(
                        ahead, NOW.plus(hour).minusSeconds(60), NOW.plus(hour).minusSeconds(10)))
                .isEqualTo(Verdict.SAME);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z,    2026-05-01T10:00:00Z,  SAME",
        "2026-05-01T10:00:00Z,    1970-01-01T00:00:00Z,  NEWER",
        "1969-12-31T23:59:59.5Z,  1970-01-01T00:00:00Z,  DOUBT",
        "1969-12-31T23:59:59.5Z,  1970-01-01T00:00:01Z,  SAME",
        "1901-01-01T00:00:00Z,    1901-01-01T00:00:00Z,  DOUBT",
        "-999999999-01-01T00:00:00Z, 2026-05-01T10:00:00Z, SAME",
        "2026-05-01T10:00:00Z,    +999999999-12-31T23:59:59Z, SAME",
        "2026-05-01T10:00:00Z,    -999999999-01-01T00:00:00Z, NEWER",
        "2026-05-01T10:00:00Z,    9999-12-31T23:59:59Z,  SAME"
    })
    void timesFarOffDontOverflow(String source, String destination, Verdict expected) {
        assertThat(compare(Clocks.SAME, Instant.parse(source), Instant.parse(destination)))
                .isEqualTo(expected);
    }

    /** Never SAME or NEWER of what is not, whatever the granularities. */
    @Property(tries = 500)
    void saysSameOnlyOfADestinationThatIsNewer(
            @ForAll @LongRange(min = -3_000_000_000L, max = 3_000_000_000L) long leadNanos) {
        Instant source = at("10:00:00.123456789");
        Verdict verdict = compare(Clocks.SAME, source, source.plusNanos(leadNanos));

        if (verdict == Verdict.SAME) {
            assertThat(leadNanos).isPositive();
        }
        if (verdict == Verdict.NEWER) {
            assertThat(leadNanos).isNegative();
        }
        if (leadNanos <= -1_000_000_000) {
            assertThat(verdict).isEqualTo(Verdict.NEWER);
        }
    }

    /** Source, what the destination keeps of it, verdict. */
    @ParameterizedTest
    @CsvSource({
        "2300-01-01T00:00:00.5Z,          2262-04-11T23:47:16.854775807Z, SAME",
        "2262-04-11T23:47:17Z,            2262-04-11T23:47:16.854775Z,    SAME",
        "2262-04-11T23:47:16.999999999Z,  2262-04-11T23:47:16.854775807Z, SAME",
        "2262-04-11T23:47:17Z,            2262-04-11T23:47:15.854775807Z, NEWER",
        "2300-01-01T00:00:00Z,            2026-05-01T00:00:00Z,           NEWER",
        "2038-01-19T03:14:09Z,            2038-01-19T03:14:07Z,           SAME",
        "2106-02-07T06:28:17.25Z,         2106-02-07T06:28:15Z,           SAME",
        "1600-01-01T00:00:00Z,            1677-09-21T00:12:43.145224192Z, SAME",
        "1600-01-01T00:00:00Z,            1901-12-13T20:45:52Z,           SAME",
        "1600-01-01T00:00:00Z,            1599-12-31T23:59:59Z,           NEWER",
    })
    void aTimeThatWasCutToTheLastThatCanBeKeptIsNoChange(Instant source, Instant destination, Verdict verdict) {
        assertThat(compare(KEEPS, source, destination)).isEqualTo(verdict);
    }
}
