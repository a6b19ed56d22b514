package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.media;
import static dev.replicator.engine.BaselineTest.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.CompareMode;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@code on-drift: keep} keeps others' work, and nothing else. */
class KeepTest {
    private static final ReplicationJob KEEP = media().withOnDrift(DriftPolicy.KEEP);

    private World world = World.streaming();

    private void synced(World fresh) {
        world = fresh;
        world.fill(world.dev, "a/", 5);
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.SUCCEEDED);
        world.clock.advance(Duration.ofHours(1));
    }

    /** The store removed the wrong object that took the old one's place, each time. */
    @Test
    void whatOurOwnWrongWriteTookAwayIsBroughtBackByTheNextRun() {
        synced(World.streaming());
        world.put(world.dev, "a/00001", "changed");
        world.destination.fails(store -> {
            store.on(StoreOperation.WRITE).key("a/00001").runsBefore(() -> world.prod.remove("a/00001"));
            store.on(StoreOperation.WRITE).key("a/00001").fails(() -> new CorruptObjectException("other bytes"));
        });
        assertThat(world.run(KEEP).counts().failed()).isEqualTo(1);
        assertThat(published(world)).doesNotContainKey("a/00001");
        world.destination.heal();

        RunReport next = world.run(KEEP);

        assertThat(next.counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00001", "changed");
    }

    /** Bytes that were wrong before they were written took nothing away: who deletes the object then is somebody else. */
    @Test
    void wrongBytesOfTheSourceLeaveWhatIsKnownOfTheDestination() {
        synced(World.streaming());
        world.put(world.dev, "a/00001", "changed");
        world.source.fails(store -> store.on(StoreOperation.READ).key("a/00001").flipsABitAfter(3));
        assertThat(world.run(KEEP).counts().failed()).isEqualTo(1);
        world.source.heal();
        world.prod.remove("a/00001");

        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(published(world)).doesNotContainKey("a/00001");
    }

    /** Sizes alone called the pair equal; that must not outlive the rule with a drift that hid it from the next one. */
    @Test
    void whatAnotherRuleFoundEqualIsNotBelievedAfterItDrifted() {
        world.put(world.prod, "a/00001", "another");
        world.put(world.dev, "a/00001", "content");
        Instant then = world.prod.get("a/00001").orElseThrow().modified();
        assertThat(world.run(KEEP.withCompare(CompareMode.SIZE_ONLY)).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        world.put(world.prod, "a/00001", "by hand");
        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);

        world.prod.put("a/00001", "another", then);

        assertThat(world.run(KEEP).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("a/00001", "content");
        world.prod.remove("a/00001");
        assertThat(world.run(KEEP).counts().drifted()).isEqualTo(1);
    }

    /** Once each pair was found equal by the new rule, that rule decides. */
    @Test
    void anotherRuleIsBelievedOnceAllWasComparedByIt() {
        synced(new World());
        world.run(KEEP.withCompare(CompareMode.SIZE_ONLY));
        world.run(KEEP);
        world.dev.put("a/00001", "CONTENT 1", Instant.EPOCH);
        world.destination.forgetCalls();

        assertThat(world.run(KEEP).counts().overwritten()).isEqualTo(1);
        assertThat(world.destination.calls(StoreOperation.HEAD)).isEmpty();
    }

    private static World skewed(Duration destination) {
        return World.apart(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.withSkew(destination));
    }

    /** No baseline tells whose the destination's object is; its store's clock is behind. */
    @Test
    void aClockThatIsBehindTakesNobodysWorkAway() {
        world = skewed(Duration.ofMinutes(-10));
        Instant now = world.clock.instant();
        world.dev.put("k", "of the source", now.minus(Duration.ofMinutes(5)));
        world.prod.put("k", "by hand", now.minus(Duration.ofMinutes(10)));

        assertThat(world.run(KEEP).counts().overwritten()).isZero();
        assertThat(published(world)).containsEntry("k", "by hand");
    }

    @Test
    void aClockThatIsAheadDoesNotMakeAnOldCopyAnEdit() {
        world = skewed(Duration.ofMinutes(10));
        Instant now = world.clock.instant();
        world.dev.put("k", "of the source", now);
        world.prod.put("k", "old", now.minus(Duration.ofMinutes(5)).plus(Duration.ofMinutes(10)));

        assertThat(world.run(KEEP).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("k", "of the source");
    }
}
