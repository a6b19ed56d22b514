package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.FindingSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.Capability;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code compare: etag} where ETags tell as much as S3's: not everything. */
class ETagTest {
    private static final TransferSizes SMALL_PARTS = new TransferSizes(1_000, 1_000, 1_000_000);
    private static final MemoryOptions IN_PARTS = MemoryOptions.S3_LIKE.withSizes(SMALL_PARTS);
    private static final String LARGE = "0123456789".repeat(200_000);
    private static final ReplicationJob JOB = World.job().withCompare(CompareMode.ETAG);

    /** A plain source and a destination that makes objects of parts: the copy's ETag is never its source's. */
    static List<World> worldsOfDifferentParts() {
        return List.of(
                new World(MemoryOptions.S3_LIKE, IN_PARTS),
                new World(MemoryOptions.S3_LIKE, IN_PARTS.lacking(Capability.SERVER_SIDE_COPY)),
                new World(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.ETAGS)));
    }

    @ParameterizedTest
    @MethodSource("worldsOfDifferentParts")
    void aSecondRunWritesNothing(World world) {
        world.put(world.dev, "large", LARGE);
        world.put(world.dev, "small", "text");
        world.clock.advance(Duration.ofSeconds(10));

        RunReport first = world.run(JOB);
        world.destination.forgetCalls();
        world.clock.advance(Duration.ofSeconds(10));
        RunReport second = world.run(JOB);
        ValidationReport validated = world.replicator.validate(JOB, FindingSink.NONE, RunOptions.defaults());

        assertThat(first.counts().copied()).isEqualTo(2);
        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(second.counts().unchanged()).isEqualTo(2);
        assertThat(world.destination.mutations()).isEmpty();
        assertThat(validated.valid()).isTrue();
        assertThat(validated.matched()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("worldsOfDifferentParts")
    void aNewerSourceIsCopiedWhateverItsETag(World world) {
        world.put(world.dev, "large", LARGE);
        world.clock.advance(Duration.ofSeconds(10));
        world.run(JOB);

        world.put(world.dev, "large", LARGE.replace('0', 'x'));
        world.clock.advance(Duration.ofSeconds(10));
        RunReport second = world.run(JOB);

        assertThat(second.counts().overwritten()).isEqualTo(1);
        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
    }

    /** The promise of the mode: a change that times hide shows in MD5s. */
    @Test
    void differentMd5sAreSeenThoughTheDestinationIsNewer() {
        World world = new World();
        world.put(world.dev, "a", "good");
        world.put(world.prod, "a", "evil");

        RunReport report = world.run(JOB);

        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(World.texts(world.prod)).containsEntry("a", "good");
        assertThat(world.destination.calls(StoreOperation.HEAD)).hasSize(1);
        assertThat(world.source.calls(StoreOperation.HEAD)).hasSize(1);
    }
}
