package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.CONTROL;
import static dev.replicator.engine.BaselineTest.media;
import static dev.replicator.engine.BaselineTest.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.diff.Change;
import dev.replicator.execute.MutationGuard;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.DriftSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryObject;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a run did that lost its lease half-way, and so left no baseline, is ours to the next run: {@code on-drift: keep}
 * goes on with it, and keeps what others did meanwhile.
 */
class StoppedRunTest {
    private static final ReplicationJob KEEP = World.mirror(media())
            .withOnDrift(DriftPolicy.KEEP)
            .withTransfer(media().transfer().withConcurrency(1));

    private static final RunOptions PART = RunOptions.defaults().withReach(RunOptions.Reach.PART);

    private World world = new World();

    private static ReplicationJob under(String prefix) {
        KeyPrefix here = KeyPrefix.of(prefix);
        return KEEP.withPaths(List.of(new PrefixPair(here, here)));
    }

    static Stream<MemoryOptions> services() {
        MemoryOptions s3 = MemoryOptions.S3_LIKE;
        MemoryOptions opaque = s3.withVersions(MemoryOptions.Versions.OPAQUE);
        return Stream.of(
                s3,
                s3.lacking(Capability.SERVER_SIDE_COPY),
                opaque.lacking(Capability.SERVER_SIDE_COPY),
                MemoryOptions.GCS_LIKE,
                MemoryOptions.GCS_LIKE.lacking(Capability.SERVER_SIDE_COPY),
                MemoryOptions.DIRECTORY_LIKE);
    }

    private void synced(MemoryOptions options) {
        world = new World(options, options);
        world.fill(world.dev, "a/", 10);
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.SUCCEEDED);
        world.clock.advance(Duration.ofHours(1));
    }

    /** A run that loses its lease right after what {@code operation} did to {@code key}. */
    private RunReport stoppedAfter(String key, StoreOperation... operations) {
        return stoppedAfter(world, key, operations);
    }

    static RunReport stoppedAfter(World world, String key, StoreOperation... operations) {
        AtomicBoolean lost = new AtomicBoolean();
        for (StoreOperation operation : operations) {
            world.destination.fails(store -> store.on(operation).key(key).runsAfter(() -> lost.set(true)));
        }
        MutationGuard guard = () -> {
            if (lost.get()) {
                throw new MutationGuard.NotAllowedException("the lease was lost");
            }
        };
        RunReport report = world.run(KEEP, RunOptions.defaults().withGuard(guard));
        world.destination.heal();
        assertThat(lost).as("the run was stopped").isTrue();
        world.clock.advance(Duration.ofHours(1));
        return report;
    }

    private Map<String, String> drift() {
        Map<String, String> found = new TreeMap<>();
        DriftSink sink = finding ->
                found.put(finding.object().key().text(), finding.kind().name());
        assertThat(world.replicator.drift(KEEP, sink, RunOptions.defaults()).problem())
                .isEmpty();
        return found;
    }

    private List<String> announced() {
        return world.prod.names().stream()
                .filter(name -> name.startsWith(CONTROL + "baseline/") && name.contains("intent"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatItOverwroteFollowsTheSourceAgain(MemoryOptions options) {
        synced(options);
        for (int i = 0; i < 10; i++) {
            world.put(world.dev, "a/0000" + i, "changed " + i);
        }
        stoppedAfter("a/00004", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00004", "changed 4").containsEntry("a/00005", "content 5");
        for (int i = 0; i < 10; i++) {
            world.put(world.dev, "a/0000" + i, "changed once more " + i);
        }
        world.put(world.prod, "a/00003", "by hand, over ours");
        world.put(world.prod, "a/00007", "by hand, over the old");

        assertThat(drift()).containsOnlyKeys("a/00003", "a/00007");
        RunReport next = world.run(KEEP);

        assertThat(next.counts().overwritten()).isEqualTo(8);
        assertThat(next.counts().drifted()).isEqualTo(2);
        assertThat(published(world))
                .containsEntry("a/00004", "changed once more 4")
                .containsEntry("a/00003", "by hand, over ours")
                .containsEntry("a/00007", "by hand, over the old");
        assertThat(announced()).isEmpty();
        RunReport quiet = world.run(KEEP);
        assertThat(quiet.counts().drifted()).isEqualTo(2);
        assertThat(quiet.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** What the next run could not copy either is not taken for others' work by the one after it. */
    @ParameterizedTest
    @MethodSource("services")
    void whatItOverwroteStaysOursThoughTheNextRunCanNotCopyIt(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00003", "changed");
        world.put(world.dev, "a/00004", "changed");
        stoppedAfter("a/00003", StoreOperation.COPY, StoreOperation.WRITE);
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
    @MethodSource("services")
    void whatItDeletedComesBackWithTheSource(MemoryOptions options) {
        synced(options);
        world.dev.remove("a/00003");
        world.dev.remove("a/00004");
        stoppedAfter("a/00003", StoreOperation.DELETE);
        assertThat(published(world)).doesNotContainKey("a/00003").containsKey("a/00004");
        world.put(world.dev, "a/00003", "there again");
        world.put(world.dev, "a/00004", "there again");
        world.prod.remove("a/00005");
        world.put(world.dev, "a/00005", "changed");

        assertThat(drift()).containsOnlyKeys("a/00005");
        RunReport next = world.run(KEEP);

        assertThat(next.counts().drifted()).isEqualTo(1);
        assertThat(published(world))
                .containsEntry("a/00003", "there again")
                .containsEntry("a/00004", "there again")
                .doesNotContainKey("a/00005");
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatItAddedGoesWithTheSource(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "b/new", "new");
        world.put(world.dev, "b/newer", "newer");
        stoppedAfter("b/new", StoreOperation.COPY, StoreOperation.WRITE);
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
    @MethodSource("services")
    void twoStoppedRunsBehindOneAnotherAreOursToo(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00001", "changed");
        world.put(world.dev, "a/00002", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed again");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed for the third time");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00001", "changed for the third time");
        assertThat(announced()).isEmpty();
    }

    /** A run that ends well leaves no note of what it was about to do, and one with nothing to do makes none. */
    @ParameterizedTest
    @MethodSource("services")
    void leavesNothingBehindWhenItEnds(MemoryOptions options) {
        synced(options);
        assertThat(announced()).isEmpty();
        world.destination.forgetCalls();

        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.destination.mutations()).isEmpty();
    }

    /** Notes on the object would prove too much alone, and so does an ETag: what was restored by hand has those of then. */
    @ParameterizedTest
    @MethodSource("services")
    void anOldVersionThatSomebodyRestoredIsKept(MemoryOptions options) {
        synced(options);
        MemoryObject old = world.prod.get("a/00001").orElseThrow();
        world.put(world.dev, "a/00001", "changed 1");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00001", "changed 1");
        world.prod.put(ObjectKey.of("a/00001"), old.bytes(), old.metadata(), world.clock.instant());
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a/00001", "changed once more");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "content 1");
    }

    /** What was written of the plan of a stopped run is torn: nobody's work is lost by that. */
    @Test
    void whatCanNotBeReadIsSaidAndKept() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        announced().forEach(name -> world.prod.put(name, "torn", world.clock.instant()));
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
        assertThat(announced()).isEmpty();
    }

    /** A run of one path has not judged the others. */
    @Test
    void aRunOfOnePathLeavesTheOthersAnnouncements() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed once more");
        world.put(world.dev, "b/new", "new");

        world.run(under("b/"), PART);

        assertThat(announced()).isNotEmpty();
        world.run(under("a/"), PART);
        assertThat(published(world)).containsEntry("a/00001", "changed once more");
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(announced()).isEmpty();
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
        stoppedAfter("a/00270", StoreOperation.DELETE);
        for (int i = 0; i < 300; i++) {
            world.put(world.dev, String.format("a/%05d", i), "changed once more " + i);
        }

        assertThat(drift()).isEmpty();
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(published(world)).isEqualTo(World.texts(world.dev));
        assertThat(announced()).isEmpty();
    }

    /** Between the stopped run and now another one brought its key back, and somebody deleted it. */
    @Test
    void whatSomebodyDeletedAfterARunOfOnePathStaysDeleted() {
        synced(MemoryOptions.S3_LIKE);
        world.dev.remove("a/00003");
        stoppedAfter("a/00003", StoreOperation.DELETE);
        world.put(world.dev, "a/00003", "there again");
        world.run(under("a/"), PART);
        assertThat(published(world)).containsEntry("a/00003", "there again");
        world.clock.advance(Duration.ofMinutes(1));
        world.prod.remove("a/00003");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).doesNotContainKey("a/00003");
    }

    /** Two stopped runs, and then a version of the first is back: the second one's was there in between. */
    @Test
    void whatSomebodySetBackToAStoppedRunsContentIsKept() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed for the worse");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
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
        stoppedAfter("a/00001", StoreOperation.WRITE);
        MemoryObject good = world.prod.get("a/00001").orElseThrow();
        world.put(world.dev, "a/00001", "changed for the worse");
        stoppedAfter("a/00001", StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00001", "changed for the worse");
        world.prod.put(ObjectKey.of("a/00001"), good.bytes(), good.metadata(), good.modified());
        world.put(world.dev, "a/00001", "changed, still bad");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "changed");
    }

    /** The second stopped run announced that key too, and came no further. */
    @ParameterizedTest
    @MethodSource("services")
    void whatTheNextStoppedRunDidNotReachIsOurs(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00002", "changed");
        stoppedAfter("a/00002", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed again");
        world.put(world.dev, "a/00002", "changed again");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00002", "changed");
        world.put(world.dev, "a/00002", "changed for the third time");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00002", "changed for the third time");
    }

    /** What the job is no longer about can't hold up the rest for ever. */
    @ParameterizedTest
    @MethodSource("narrowed")
    void aJobThatIsAboutLessNowSettlesAllTheSame(ReplicationJob narrowed) {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/00001", "changed");
        world.put(world.dev, "b/new", "new");
        stoppedAfter("b/new", StoreOperation.COPY, StoreOperation.WRITE);
        assertThat(announced()).isNotEmpty();
        world.put(world.dev, "a/00002", "changed");

        assertThat(world.run(narrowed).outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(announced()).isEmpty();
    }

    static Stream<ReplicationJob> narrowed() {
        return Stream.of(under("a/"), KEEP.withFilter(KeyFilter.of(List.of(new KeyFilter.Rule(false, "b/**")))));
    }

    /** A run of a part that leaves no baseline says what it did in another way, though it does not keep drift itself. */
    @ParameterizedTest
    @MethodSource("services")
    void whatWasGivenUpForAPartIsOursAfterwards(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.prod, "a/00005", "by hand 5");
        world.clock.advance(Duration.ofHours(1));
        world.run(under("a/").withOnDrift(DriftPolicy.OVERWRITE), PART);
        assertThat(published(world)).containsEntry("a/00005", "content 5");
        assertThat(announced()).isNotEmpty();
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a/00005", "changed 5");

        world.run(KEEP);

        assertThat(published(world)).containsEntry("a/00005", "changed 5");
        assertThat(announced()).isEmpty();
    }

    /** A stopped run, a run of a part that does not keep, and then somebody sets back what that one wrote. */
    @ParameterizedTest
    @MethodSource("services")
    void aRollbackByHandAfterARunOfAPartIsKept(MemoryOptions options) {
        synced(options);
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
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

    /** The source changes under its copy: what was announced is what is done, now or by the next run. */
    @ParameterizedTest
    @MethodSource("services")
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
        stoppedAfter("a/00009", StoreOperation.COPY, StoreOperation.WRITE);
        world.source.heal();
        assertThat(once).isTrue();
        world.put(world.dev, "a/00004", "changed for the third time");

        assertThat(world.run(KEEP).counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00004", "changed for the third time");
    }

    /** Stopped more often than can be read: nobody's work is lost by that, and a run that ends settles it. */
    @Test
    void moreStoppedRunsThanCanBeReadAreSaid() {
        synced(MemoryOptions.S3_LIKE);
        MemoryObject old = world.prod.get("a/00001").orElseThrow();
        for (int i = 0; i < 40; i++) {
            String key = i == 0 ? "a/00001" : "a/00002";
            world.put(world.dev, key, "changed " + i);
            stoppedAfter(key, StoreOperation.COPY, StoreOperation.WRITE);
        }
        world.prod.put(ObjectKey.of("a/00001"), old.bytes(), old.metadata(), world.clock.instant());
        world.put(world.dev, "a/00001", "changed once more");
        world.put(world.dev, "a/00002", "changed once more");

        RunReport report = world.run(KEEP);

        assertThat(report.warnings()).anyMatch(warning -> warning.contains("more than can be read"));
        assertThat(published(world))
                .containsEntry("a/00001", "content 1")
                .containsEntry("a/00002", "changed once more");
        assertThat(announced()).isEmpty();
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

    /** Asking whose it is failed: whoever comes next asks again. */
    @Test
    void whoseItIsCanBeAskedAgain() {
        synced(MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE).lacking(Capability.SERVER_SIDE_COPY));
        world.put(world.dev, "a/00001", "changed");
        stoppedAfter("a/00001", StoreOperation.COPY, StoreOperation.WRITE);
        world.put(world.dev, "a/00001", "changed once more");
        world.destination.fails(
                store -> store.on(StoreOperation.HEAD).key("a/00001").isDenied());
        assertThat(world.run(KEEP).counts().overwritten()).isZero();
        world.destination.heal();

        assertThat(world.run(KEEP).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "changed once more");
    }
}
