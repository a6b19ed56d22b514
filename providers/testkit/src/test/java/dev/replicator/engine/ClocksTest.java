package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.job.OverwriteMode;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.RequestKind;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores whose clocks are off, and objects whose times are strange: copied once, and never missed. */
class ClocksTest {
    /** A service that is ahead of ours by so many minutes. */
    private static World apart(long sourceMinutes, long destinationMinutes) {
        return World.apart(
                MemoryOptions.S3_LIKE.withSkew(Duration.ofMinutes(sourceMinutes)),
                MemoryOptions.S3_LIKE.withSkew(Duration.ofMinutes(destinationMinutes)));
    }

    private static void putBySourceClock(World world, String key, String text, Duration skew) {
        world.dev.put(key, text, world.clock.instant().plus(skew));
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 0, 15})
    void aDestinationClockThatIsOffCausesNoSecondCopy(long minutes) {
        World world = apart(0, minutes);
        putBySourceClock(world, "a", "1", Duration.ZERO);
        RunReport first = world.run(World.job());
        world.clock.advance(Duration.ofMinutes(1));

        RunReport second = world.replicator.plan(World.job(), action -> {}, RunOptions.defaults());

        assertThat(first.counts().copied()).isEqualTo(1);
        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(second.requests()).containsOnlyKeys(RequestKind.LIST);
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 0, 15})
    void aChangeAfterTheCopyIsSeenWhateverTheClocksSay(long minutes) {
        World world = apart(minutes, -minutes);
        Duration skew = Duration.ofMinutes(minutes);
        putBySourceClock(world, "a", "1", skew);
        world.run(World.job());
        world.clock.advance(Duration.ofSeconds(1));
        putBySourceClock(world, "a", "2", skew);

        RunReport second = world.run(World.job());

        assertThat(second.counts().overwritten()).isEqualTo(1);
        assertThat(world.prod.get("a").orElseThrow().text()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 0, 15})
    void ifNewerAsksWhichIsTheLaterOneByRightClocks(long minutes) {
        World world = apart(minutes, -minutes);
        Duration skew = Duration.ofMinutes(minutes);
        putBySourceClock(world, "later", "12", skew.plusMinutes(1));
        putBySourceClock(world, "earlier", "12", skew.minusMinutes(1));
        world.prod.put("later", "1", world.clock.instant().minus(skew));
        world.prod.put("earlier", "1", world.clock.instant().minus(skew));
        world.clock.advance(Duration.ofMinutes(5));

        world.run(World.job().withOverwrite(OverwriteMode.IF_NEWER));

        assertThat(world.prod.get("later").orElseThrow().text()).isEqualTo("12");
        assertThat(world.prod.get("earlier").orElseThrow().text()).isEqualTo("1");
    }

    /** Two seconds are less than can be measured, so nothing is corrected; still the change must not hide. */
    @Test
    void aChangeHidesNotBehindAnUnmeasurableSkew() {
        World world = World.apart(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.withSkew(Duration.ofSeconds(2)));
        world.clock.advance(Duration.ofMillis(123));
        world.dev.put("a", "1", world.clock.instant());
        world.clock.advance(Duration.ofMillis(100));
        world.replicator.run(World.job(), RunOptions.defaults());
        world.clock.advance(Duration.ofMillis(500));
        world.dev.put("a", "2", world.clock.instant());

        world.run(World.job());

        assertThat(world.prod.get("a").orElseThrow().text()).isEqualTo("2");
    }

    /** Our own clock is an hour behind both buckets': nothing they hold is from the future. */
    @Test
    void ourOwnClockCostsNoHeads() {
        MemoryOptions ahead = MemoryOptions.S3_LIKE
                .withVersions(MemoryOptions.Versions.OPAQUE)
                .withSkew(Duration.ofHours(1));
        World world = new World(ahead, ahead);
        Instant ours = world.clock.instant();
        for (int i = 0; i < 10; i++) {
            world.dev.put("k" + i, "1", ours.plus(Duration.ofMinutes(30)));
            world.prod.put("k" + i, "1", ours.plus(Duration.ofMinutes(40)));
        }

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.requests()).containsOnlyKeys(RequestKind.LIST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "1901-01-01T00:00:00Z",
                "2030-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void aStrangeTimeIsCopiedOnceAndItsChangesAreSeen(String time) {
        for (MemoryOptions destination : java.util.List.of(
                MemoryOptions.S3_LIKE,
                MemoryOptions.S3_LIKE.lacking(Capability.SERVER_SIDE_COPY),
                MemoryOptions.DIRECTORY_LIKE)) {
            World world = new World(MemoryOptions.S3_LIKE, destination);
            world.dev.put("a", "1", Instant.parse(time));
            RunReport first = world.run(World.job());
            RunReport second = world.run(World.job());
            world.dev.put("a", "longer", Instant.parse(time));
            RunReport third = world.run(World.job());

            assertThat(first.counts().copied()).isEqualTo(1);
            assertThat(second.outcome()).as(destination.toString()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(third.counts().overwritten()).isEqualTo(1);
        }
    }

    /** Each side cuts its times to its own granularity. */
    @Test
    void granularitiesDontMakeCopiesLookOld() {
        for (Duration from : GRANULARITIES) {
            for (Duration to : GRANULARITIES) {
                for (MemoryOptions kind : java.util.List.of(MemoryOptions.S3_LIKE, MemoryOptions.DIRECTORY_LIKE)) {
                    World world = new World(MemoryOptions.S3_LIKE.withGranularity(from), kind.withGranularity(to));
                    world.clock.advance(Duration.ofNanos(987_654_321));
                    world.put(world.dev, "a", "1");
                    RunReport first = world.replicator.run(World.job(), RunOptions.defaults());
                    RunReport second = world.run(World.job());

                    assertThat(first.counts().copied()).isEqualTo(1);
                    assertThat(second.outcome()).as("%s to %s", from, to).isEqualTo(Outcome.NOTHING_TO_DO);
                }
            }
        }
    }

    private static final java.util.List<Duration> GRANULARITIES = java.util.List.of(
            Duration.ofNanos(1), Duration.ofNanos(1_000), Duration.ofMillis(1), Duration.ofSeconds(1));
}
