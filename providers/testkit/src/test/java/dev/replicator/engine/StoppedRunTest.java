package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.published;
import static dev.replicator.engine.StoppedRuns.KEEP;
import static dev.replicator.engine.StoppedRuns.announced;
import static dev.replicator.engine.StoppedRuns.drift;
import static dev.replicator.engine.StoppedRuns.stoppedAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.Capability;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a run did that lost its lease half-way, and so left no baseline, is ours to the next run: {@code on-drift: keep}
 * goes on with it, and keeps what others did meanwhile.
 */
class StoppedRunTest {
    private World world = new World();

    private void synced(MemoryOptions options) {
        world = StoppedRuns.synced(options);
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatItOverwroteFollowsTheSourceAgain(MemoryOptions options) {
        synced(options);
        for (int i = 0; i < 10; i++) {
            world.put(world.dev, "a/0000" + i, "changed " + i);
        }
        stoppedAfter(world, "a/00004", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00004", "changed 4").containsEntry("a/00005", "content 5");
        for (int i = 0; i < 10; i++) {
            world.put(world.dev, "a/0000" + i, "changed once more " + i);
        }
        world.put(world.prod, "a/00003", "by hand, over ours");
        world.put(world.prod, "a/00007", "by hand, over the old");

        assertThat(drift(world)).containsOnlyKeys("a/00003", "a/00007");
        RunReport next = world.run(KEEP);

        assertThat(next.counts().overwritten()).isEqualTo(8);
        assertThat(next.counts().drifted()).isEqualTo(2);
        assertThat(published(world))
                .containsEntry("a/00004", "changed once more 4")
                .containsEntry("a/00003", "by hand, over ours")
                .containsEntry("a/00007", "by hand, over the old");
        assertThat(announced(world)).isEmpty();
        RunReport quiet = world.run(KEEP);
        assertThat(quiet.counts().drifted()).isEqualTo(2);
        assertThat(quiet.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** What the next run could not copy either is not taken for others' work by the one after it. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatItOverwroteStaysOursThoughTheNextRunCanNotCopyIt(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00003", "changed");
        world.put(world.dev, "a/00004", "changed");
        stoppedAfter(world, "a/00003", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00003", "changed once more");
        world.destination.fails(
                store -> store.on(StoreOperation.COPY).key("a/00003").isDenied());
        world.destination.fails(
                store -> store.on(StoreOperation.WRITE).key("a/00003").isDenied());
        assertThat(world.run(KEEP).counts().failed()).isEqualTo(1);
        world.destination.heal();

        assertThat(world.run(KEEP).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00003", "changed once more");
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatItDeletedComesBackWithTheSource(MemoryOptions options) {
        synced(options);
        world.dev.remove("a/00003");
        world.dev.remove("a/00004");
        stoppedAfter(world, "a/00003", StoreOperation.DELETE);
        assertThat(published(world)).doesNotContainKey("a/00003").containsKey("a/00004");
        world.put(world.dev, "a/00003", "there again");
        world.put(world.dev, "a/00004", "there again");
        world.prod.remove("a/00005");
        world.put(world.dev, "a/00005", "changed");

        assertThat(drift(world)).containsOnlyKeys("a/00005");
        RunReport next = world.run(KEEP);

        assertThat(next.counts().drifted()).isEqualTo(1);
        assertThat(published(world))
                .containsEntry("a/00003", "there again")
                .containsEntry("a/00004", "there again")
                .doesNotContainKey("a/00005");
    }

    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatItAddedGoesWithTheSource(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "b/new", "new");
        world.put(world.dev, "b/newer", "newer");
        stoppedAfter(world, "b/new", StoreOperation.COPY, StoreOperation.WRITE);
        world.dev.remove("b/new");
        world.put(world.prod, "b/hand", "by hand");

        RunReport next = world.run(KEEP);

        assertThat(next.counts().deleted()).isEqualTo(1);
        assertThat(published(world))
                .containsEntry("b/hand", "by hand")
                .containsKey("b/newer")
                .doesNotContainKey("b/new");
    }

    /** Stopped again and again, as a deploy that crashes in a loop is. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void twoStoppedRunsBehindOneAnotherAreOursToo(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00001", "changed");
        world.put(world.dev, "a/00002", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed again");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed for the third time");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00001", "changed for the third time");
        assertThat(announced(world)).isEmpty();
    }

    /** The second stopped run announced that key too, and came no further. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatTheNextStoppedRunDidNotReachIsOurs(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00002", "changed");
        stoppedAfter(world, "a/00002", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed again");
        world.put(world.dev, "a/00002", "changed again");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00002", "changed");
        world.put(world.dev, "a/00002", "changed for the third time");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00002", "changed for the third time");
    }

    /** More than one object of them, of writes and of deletes. */
    @Test
    void manyAreOursAsWellAsFew() {
        world = new World();
        world.fill(world.dev, "a/", 300);
        world.run(KEEP);
        world.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 300; i++) {
            String key = String.format("a/%05d", i);
            if (i % 3 == 0) {
                world.dev.remove(key);
            } else {
                world.put(world.dev, key, "changed " + i);
            }
        }
        stoppedAfter(world, "a/00270", StoreOperation.DELETE);
        for (int i = 0; i < 300; i++) {
            world.put(world.dev, String.format("a/%05d", i), "changed once more " + i);
        }

        assertThat(drift(world)).isEmpty();
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(published(world)).isEqualTo(World.texts(world.dev));
        assertThat(announced(world)).isEmpty();
    }

    /** A write whose answer never came failed, and may have come about. */
    @Test
    void aWriteWhoseEndIsUnknownIsOursToo() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        world.destination.fails(store -> store.on(StoreOperation.COPY)
                .key("a/00001")
                .failsAfterwards(() -> new AccessDeniedException("the answer was lost")));
        world.destination.fails(
                store -> store.on(StoreOperation.WRITE).key("a/00001").isDenied());
        assertThat(world.run(KEEP).counts().failed()).isEqualTo(1);
        world.destination.heal();
        assertThat(published(world)).containsEntry("a/00001", "changed");
        world.put(world.dev, "a/00001", "changed once more");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00001", "changed once more");
        assertThat(announced(world)).isEmpty();
    }

    /** The source changes under its copy: what was announced is what is done, now or by the next run. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void whatChangesUnderItsCopyIsOursToo(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00004", "changed 4");
        world.put(world.dev, "a/00009", "changed 9");
        AtomicBoolean once = new AtomicBoolean();
        Runnable change = () -> {
            if (once.compareAndSet(false, true)) {
                world.clock.advance(Duration.ofSeconds(5));
                world.put(world.dev, "a/00004", "changed again 4");
            }
        };
        world.source.fails(store -> store.on(StoreOperation.READ).key("a/00004").runsBefore(change));
        world.destination.fails(
                store -> store.on(StoreOperation.COPY).key("a/00004").runsBefore(change));
        stoppedAfter(world, "a/00009", StoreOperation.COPY, StoreOperation.WRITE);
        world.source.heal();
        assertThat(once).isTrue();
        world.put(world.dev, "a/00004", "changed for the third time");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00004", "changed for the third time");
    }

    /** Asking whose it is failed: whoever comes next asks again. */
    @Test
    void whoseItIsCanBeAskedAgain() {
        synced(MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE).lacking(Capability.SERVER_SIDE_COPY));
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed once more");
        world.destination.fails(
                store -> store.on(StoreOperation.HEAD).key("a/00001").isDenied());
        assertThat(world.run(KEEP).counts().overwritten()).isZero();
        world.destination.heal();

        assertThat(world.run(KEEP).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "changed once more");
    }
}
