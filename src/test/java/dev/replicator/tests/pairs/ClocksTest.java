package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Stores;
import dev.replicator.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clocks that are off by nearly a quarter of an hour, and times that are cut to what each place can keep: no object is copied
 * again and again, and a change right behind a copy, of the same size, is not lost.
 *
 * <table>
 * <caption>Changes that the default comparison can't see</caption>
 * <tr><td>a directory's, whose files' clock is behind S3's</td><td>a baseline sees them; Google's listing shows which file
 * was copied</td></tr>
 * <tr><td>within one tick of the source's clock, into a directory, which keeps times (ADR 4)</td><td>checksums see them
 * where the source has any, or reading</td></tr>
 * </table>
 */
@Tag("long")
@Timeout(120)
class ClocksTest {
    private static final String KEY = "key";
    private static final byte[] OLD = Bytes.random(500, 1);
    private static final byte[] FRESH = Bytes.random(500, 2);
    /** S3 refuses requests whose clock is further off than a quarter of an hour; a slow machine may need some of it. */
    private static final Duration OFF = Duration.ofMinutes(13);

    @TempDir
    static Path directory;

    private static Fakes sources;
    private static Fakes destinations;

    private final SettableClock ours = new SettableClock(Instant.now());
    private final Replicator replicator = Replicator.create(Stores.onClassPath(), ours, Map.of());

    @BeforeAll
    static void start() {
        sources = new Fakes(directory);
        destinations = new Fakes(directory);
    }

    @AfterAll
    static void stop() {
        sources.close();
        destinations.close();
    }

    @BeforeEach
    void agree() {
        sources.clock.set(ours.instant());
        destinations.clock.set(ours.instant());
    }

    private void advance(Duration by) {
        ours.advance(by);
        sources.clock.advance(by);
        destinations.clock.advance(by);
    }

    private RunReport run(ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    static Stream<Arguments> skews() {
        return Pair.all()
                .flatMap(pair -> Stream.of(
                                List.of(1, 0),
                                List.of(-1, 0),
                                List.of(0, 1),
                                List.of(0, -1),
                                List.of(1, -1),
                                List.of(-1, 1))
                        .map(skew -> Arguments.of(pair, OFF.multipliedBy(skew.get(0)), OFF.multipliedBy(skew.get(1)))));
    }

    @ParameterizedTest(name = "{0}, the source off by {1}, the destination by {2}")
    @MethodSource("skews")
    void clocksThatAreOff(Pair pair, Duration sourceSkew, Duration destinationSkew) {
        sources.clock.advance(sourceSkew);
        destinations.clock.advance(destinationSkew);
        Side source = sources.open(pair.source());
        Side destination = destinations.open(pair.destination());
        boolean behind = pair.source() == Kind.DIRECTORY && pair.destination() == Kind.S3 && sourceSkew.isNegative();
        ReplicationJob plain = Fakes.job(source, destination);
        ReplicationJob job = behind ? plain.withName("site") : plain;

        copyOnce(job, source, destination);
        advance(Duration.ofSeconds(1));
        source.put(KEY, FRESH);

        if (behind) {
            assertThat(run(plain).outcome()).as("declared as not seen").isEqualTo(Outcome.NOTHING_TO_DO);
        }
        assertArrives(job, source, destination);
    }

    static Stream<Arguments> granularities() {
        return Pair.all()
                .flatMap(pair -> ticks(pair.source())
                        .flatMap(from -> ticks(pair.destination()).map(to -> Arguments.of(pair, from, to))));
    }

    /** Cloud Storage counts microseconds, and its JSON tells milliseconds. */
    private static Stream<Duration> ticks(Kind kind) {
        return switch (kind) {
            case S3 -> Stream.of(Duration.ofSeconds(1), Duration.ofMillis(1));
            case GCS -> Stream.of(Duration.ofMillis(1));
            case DIRECTORY -> Stream.of(Duration.ofNanos(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
        };
    }

    @ParameterizedTest(name = "{0}, times cut to {1} and {2}")
    @MethodSource("granularities")
    void timesThatAreCut(Pair pair, Duration from, Duration to) {
        Side source = sources.open(pair.source());
        Side destination = destinations.open(pair.destination());
        ReplicationJob job = Fakes.job(source, destination);
        source.put(KEY, OLD);
        source.date(KEY, cut(source.modified(KEY), from));
        assertThat(run(job).counts().copied()).isEqualTo(1);
        destination.date(KEY, kept(pair, destination.modified(KEY), to));
        assertWritesNothing(job, source, destination);

        Instant tick = source.modified(KEY);
        source.put(KEY, FRESH);
        source.date(KEY, tick);

        if (pair.destination() == Kind.DIRECTORY) {
            assertThat(run(job).outcome()).as("declared as not seen").isEqualTo(Outcome.NOTHING_TO_DO);
            assertArrives(job.withCompare(CompareMode.CHECKSUM), source, destination);
        } else {
            assertArrives(job, source, destination);
        }
    }

    @ParameterizedTest(name = "{0}, times cut to {1} and {2}")
    @MethodSource("granularities")
    void aChangeOneTickLater(Pair pair, Duration from, Duration to) {
        Side source = sources.open(pair.source());
        Side destination = destinations.open(pair.destination());
        ReplicationJob job = Fakes.job(source, destination);
        source.put(KEY, OLD);
        source.date(KEY, cut(source.modified(KEY), from));
        assertThat(run(job).counts().copied()).isEqualTo(1);
        destination.date(KEY, kept(pair, destination.modified(KEY), to));
        Instant later = source.modified(KEY).plus(from);
        source.put(KEY, FRESH);
        source.date(KEY, later);

        if (pair.destination() == Kind.DIRECTORY && from.compareTo(to) < 0) {
            assertArrives(job.withCompare(CompareMode.CHECKSUM), source, destination);
        } else {
            assertArrives(job, source, destination);
        }
    }

    private static Instant cut(Instant time, Duration tick) {
        long nanos = tick.toNanos();
        long second = time.getEpochSecond() - Math.floorMod(time.getEpochSecond(), Math.max(1, tick.getSeconds()));
        return Instant.ofEpochSecond(second, tick.getSeconds() > 0 ? 0 : time.getNano() / nanos * nanos);
    }

    /** A cloud cuts its own time; a file is given one that is not older than its source's. */
    private static Instant kept(Pair pair, Instant time, Duration tick) {
        Instant cut = cut(time, tick);
        return pair.destination() == Kind.DIRECTORY && cut.isBefore(time) ? cut.plus(tick) : cut;
    }

    private void copyOnce(ReplicationJob job, Side source, Side destination) {
        source.put(KEY, OLD);
        advance(Duration.ofMillis(100));
        assertThat(run(job).counts().copied()).isEqualTo(1);
        assertWritesNothing(job, source, destination);
        advance(Duration.ofSeconds(10));
        assertWritesNothing(job, source, destination);
    }

    private void assertWritesNothing(ReplicationJob job, Side source, Side destination) {
        source.watch();
        destination.watch();
        assertThat(run(job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(source.writes()).isEmpty();
        assertThat(destination.writes()).isEmpty();
    }

    private void assertArrives(ReplicationJob job, Side source, Side destination) {
        RunReport report = run(job);

        assertThat(report.counts().overwritten()).as("overwritten").isEqualTo(1);
        assertThat(destination.contents()).isEqualTo(source.contents());
        assertWritesNothing(job, source, destination);
    }
}
