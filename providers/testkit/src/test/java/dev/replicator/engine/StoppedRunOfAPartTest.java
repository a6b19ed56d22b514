package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.published;
import static dev.replicator.engine.StoppedRuns.KEEP;
import static dev.replicator.engine.StoppedRuns.PART;
import static dev.replicator.engine.StoppedRuns.announced;
import static dev.replicator.engine.StoppedRuns.stoppedAfter;
import static dev.replicator.engine.StoppedRuns.under;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.DriftPolicy;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that sees a part of the job leaves the rest of what a stopped run announced to others. */
class StoppedRunOfAPartTest {
    private World world = new World();

    private void synced(MemoryOptions options) {
        world = StoppedRuns.synced(options);
    }

    /** A run of one path has not judged the others. */
    @Test
    void aRunOfOnePathLeavesTheOthersAnnouncements() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed once more");
        world.put(world.dev, "b/new", "new");

        world.run(under("b/"), PART);

        assertThat(announced(world)).isNotEmpty();
        world.run(under("a/"), PART);
        assertThat(published(world)).containsEntry("a/00001", "changed once more");
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(announced(world)).isEmpty();
    }

    /** What the job is no longer about can't hold up the rest for ever. */
    @ParameterizedTest
    @MethodSource("narrowed")
    void aJobThatIsAboutLessNowSettlesAllTheSame(ReplicationJob narrowed) {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        world.put(world.dev, "b/new", "new");
        stoppedAfter(world, "b/new", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(announced(world)).isNotEmpty();
        world.put(world.dev, "a/00002", "changed");

        assertThat(world.run(narrowed).outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(announced(world)).isEmpty();
    }

    static Stream<ReplicationJob> narrowed() {
        return Stream.of(under("a/"), KEEP.withFilter(KeyFilter.of(List.of(new KeyFilter.Rule(false, "b/**")))));
    }

    /** A run of a part that leaves no baseline says what it did in another way, though it does not keep drift itself. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatWasGivenUpForAPartIsOursAfterwards(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.prod, "a/00005", "by hand 5");
        world.clock.advance(Duration.ofHours(1));
        world.run(under("a/").withOnDrift(DriftPolicy.OVERWRITE), PART);
        assertThat(published(world)).containsEntry("a/00005", "content 5");
        assertThat(announced(world)).isNotEmpty();
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a/00005", "changed 5");

        world.run(KEEP);

        assertThat(published(world)).containsEntry("a/00005", "changed 5");
        assertThat(announced(world)).isEmpty();
    }
}
