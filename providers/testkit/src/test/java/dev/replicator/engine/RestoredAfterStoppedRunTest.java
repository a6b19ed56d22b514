package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.published;
import static dev.replicator.engine.StoppedRuns.KEEP;
import static dev.replicator.engine.StoppedRuns.PART;
import static dev.replicator.engine.StoppedRuns.stoppedAfter;
import static dev.replicator.engine.StoppedRuns.under;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.DriftPolicy;
import dev.replicator.store.ObjectKey;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryObject;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others set back after a run of ours was stopped is theirs, though it is what that run, or one before it, had written. */
class RestoredAfterStoppedRunTest {
    private World world = new World();

    private void synced(MemoryOptions options) {
        world = StoppedRuns.synced(options);
    }

    /** Notes on the object would prove too much alone, and so does an ETag: what was restored by hand has those of then. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void anOldVersionThatSomebodyRestoredIsKept(MemoryOptions options) {
        synced(options);
        MemoryObject old = world.prod.get("a/00001").orElseThrow();
        world.put(world.dev, "a/00001", "changed 1");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00001", "changed 1");
        world.prod.put(ObjectKey.of("a/00001"), old.bytes(), old.metadata(), world.clock.instant());
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a/00001", "changed once more");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "content 1");
    }

    /** Two stopped runs, and then a version of the first is back: the second one's was there in between. */
    @Test
    void whatSomebodySetBackToAStoppedRunsContentIsKept() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed for the worse");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.prod, "a/00001", "changed");
        world.put(world.dev, "a/00001", "changed, still bad");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "changed");
    }

    /** A directory keeps times: two stopped runs, and then the file of the first is put back from a backup with its own. */
    @Test
    void aFileThatSomebodyPutBackWithItsTimeIsKept() {
        synced(MemoryOptions.DIRECTORY_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.WRITE);
        MemoryObject good = world.prod.get("a/00001").orElseThrow();
        world.put(world.dev, "a/00001", "changed for the worse");
        stoppedAfter(world, "a/00001", StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00001", "changed for the worse");
        world.prod.put(ObjectKey.of("a/00001"), good.bytes(), good.metadata(), good.modified());
        world.put(world.dev, "a/00001", "changed, still bad");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "changed");
    }

    /** Between the stopped run and now another one brought its key back, and somebody deleted it. */
    @Test
    void whatSomebodyDeletedAfterARunOfOnePathStaysDeleted() {
        synced(MemoryOptions.S3_LIKE);
        world.dev.remove("a/00003");
        stoppedAfter(world, "a/00003", StoreOperation.DELETE);
        world.put(world.dev, "a/00003", "there again");
        world.run(under("a/"), PART);
        assertThat(published(world)).containsEntry("a/00003", "there again");
        world.clock.advance(Duration.ofMinutes(1));
        world.prod.remove("a/00003");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).doesNotContainKey("a/00003");
    }

    /** A stopped run, a run of a part that does not keep, and then somebody sets back what that one wrote. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void aRollbackByHandAfterARunOfAPartIsKept(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        MemoryObject good = world.prod.get("a/00001").orElseThrow();
        world.put(world.dev, "a/00001", "changed for the worse");
        world.run(under("a/").withOnDrift(DriftPolicy.OVERWRITE), PART);
        assertThat(published(world)).containsEntry("a/00001", "changed for the worse");
        world.clock.advance(Duration.ofHours(1));
        world.prod.put(ObjectKey.of("a/00001"), good.bytes(), good.metadata(), world.clock.instant());
        world.clock.advance(Duration.ofHours(1));

        world.run(KEEP);

        assertThat(published(world)).containsEntry("a/00001", "changed");
    }
}
