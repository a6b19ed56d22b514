package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.published;
import static dev.replicator.engine.StoppedRuns.KEEP;
import static dev.replicator.engine.StoppedRuns.announced;
import static dev.replicator.engine.StoppedRuns.stoppedAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.diff.Change;
import dev.replicator.plan.Action;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectKey;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryObject;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run writes down before it does it: when, for how long, and what becomes of it where that fails. */
class AnnouncementsTest {
    private World world = new World();

    private void synced(MemoryOptions options) {
        world = StoppedRuns.synced(options);
    }

    /** A run that ends well leaves no note of what it was about to do, and one with nothing to do makes none. */
    @ParameterizedTest
    @MethodSource("dev.replicator.engine.StoppedRuns#services")
    void leavesNothingBehindWhenItEnds(MemoryOptions options) {
        synced(options);
        assertThat(announced(world)).isEmpty();
        world.destination.forgetCalls();

        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.destination.mutations()).isEmpty();
    }

    /** What was written of the plan of a stopped run is torn: nobody's work is lost by that. */
    @Test
    void whatCanNotBeReadIsSaidAndKept() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter(world, "a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        announced(world).forEach(name -> world.prod.put(name, "torn", world.clock.instant()));
        world.put(world.dev, "a/00001", "changed once more");

        RunReport report = world.run(KEEP);

        assertThat(report.counts().drifted()).isEqualTo(1);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("what a stopped run was about to do"));
        assertThat(published(world)).containsEntry("a/00001", "changed");
    }

    /** Not being allowed to write it down costs that, and no more. */
    @Test
    void whatCanNotBeWrittenDownIsSaidAndDone() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .keys(key -> key.text().contains("/intent-"))
                .isDenied());

        RunReport report = world.run(KEEP);
        world.destination.heal();

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.warnings()).singleElement().asString().contains("could not be written down");
        assertThat(published(world)).containsEntry("a/00001", "changed");
    }

    /** Stopped more often than can be read: nobody's work is lost by that, and a run that ends settles it. */
    @Test
    void moreStoppedRunsThanCanBeReadAreSaid() {
        synced(MemoryOptions.S3_LIKE);
        MemoryObject old = world.prod.get("a/00001").orElseThrow();
        for (int i = 0; i < 40; i++) {
            String key = i == 0 ? "a/00001" : "a/00002";
            world.put(world.dev, key, "changed " + i);
            stoppedAfter(world, key, StoreOperation.COPY, StoreOperation.WRITE);
        }
        world.prod.put(ObjectKey.of("a/00001"), old.bytes(), old.metadata(), world.clock.instant());
        world.put(world.dev, "a/00001", "changed once more");
        world.put(world.dev, "a/00002", "changed once more");

        RunReport report = world.run(KEEP);

        assertThat(report.warnings()).anyMatch(warning -> warning.contains("more than can be read"));
        assertThat(published(world))
                .containsEntry("a/00001", "content 1")
                .containsEntry("a/00002", "changed once more");
        assertThat(announced(world)).isEmpty();
    }

    /** A few changes among many keys: nobody waits a listing long for the batch to fill up. */
    @Test
    void whatIsFoundFirstDoesNotWaitForTheEndOfTheListing() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        world.source.wrapped(store -> new PagedStore(store, 1));
        CountDownLatch copied = new CountDownLatch(1);
        world.destination.fails(
                store -> store.on(StoreOperation.COPY).key("a/00001").runsAfter(copied::countDown));
        AtomicInteger pages = new AtomicInteger();
        AtomicBoolean planned = new AtomicBoolean();
        AtomicBoolean inTime = new AtomicBoolean();
        RunListener slowly = new RunListener() {
            @Override
            public void planned(Action action) {
                planned.set(true);
            }

            @Override
            public void listed(Change.Side side, long keys) {
                world.clock.advance(planned.get() ? Duration.ofSeconds(1) : Duration.ZERO);
                if (side == Change.Side.SOURCE && pages.incrementAndGet() == 9) {
                    inTime.set(isOpen(copied));
                }
            }
        };

        world.run(KEEP, RunOptions.defaults().withListener(slowly));

        assertThat(pages).hasValue(10);
        assertThat(inTime).isTrue();
    }

    private static boolean isOpen(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
