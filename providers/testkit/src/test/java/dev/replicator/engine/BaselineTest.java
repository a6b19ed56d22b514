package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run of a named job leaves, and what the next one makes of it. */
class BaselineTest {
    static final String CONTROL = ".replicator/media/";

    static ReplicationJob media() {
        return World.job().withName("media");
    }

    private static World synced() {
        World world = new World();
        world.fill(world.dev, "a/", 20);
        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        world.source.forgetCalls();
        world.destination.forgetCalls();
        return world;
    }

    private static void setBack(World world, String key, String text) {
        Instant old = world.dev.get(key).orElseThrow().modified().minus(Duration.ofDays(30));
        world.dev.put(key, text, old);
    }

    /** The objects of the destination without our own. */
    static Map<String, String> published(World world) {
        Map<String, String> texts = new TreeMap<>(World.texts(world.prod));
        texts.keySet().removeIf(key -> key.contains(".replicator"));
        return texts;
    }

    private static List<String> control(World world) {
        return world.prod.names().stream()
                .filter(name -> name.startsWith(CONTROL))
                .toList();
    }

    @Test
    void aSecondRunWritesNothingAtAll() {
        World world = synced();

        RunReport second = world.run(media());

        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(second.counts().unchanged()).isEqualTo(20);
        assertThat(second.counts().drifted()).isZero();
        assertThat(world.destination.mutations()).isEmpty();
        assertThat(world.destination.calls(StoreOperation.HEAD)).isEmpty();
        assertThat(second.warnings()).isEmpty();
    }

    @Test
    void locationsGivenByHandLeaveNothing() {
        World world = new World();
        world.fill(world.dev, "a/", 3);

        world.run(World.job());

        assertThat(world.prod.names()).noneMatch(name -> name.contains(".replicator"));
    }

    @Test
    void aPlanLeavesNothing() {
        World world = new World();
        world.fill(world.dev, "a/", 3);

        world.replicator.plan(media(), PlanSink.NONE, RunOptions.defaults());

        assertThat(world.destination.mutations()).isEmpty();
    }

    /** The miss of comparing times: other bytes of the same size with an older time. */
    @Test
    void aSourceThatWasSetBackIsCopied() {
        World world = synced();
        setBack(world, "a/00007", "CONTENT 7");

        List<Action> planned = new ArrayList<>();
        world.replicator.plan(media(), planned::add, RunOptions.defaults());
        RunReport report = world.run(media());

        assertThat(planned)
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Copy.class,
                        copy -> assertThat(copy.reason().word()).isEqualTo("source-changed"));
        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(report.counts().drifted()).isZero();
        assertThat(published(world)).containsEntry("a/00007", "CONTENT 7");
        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void sizesAloneAreAskedWhereTheJobSaysSo() {
        World world = synced();
        setBack(world, "a/00007", "CONTENT 7");

        assertThat(world.run(media().withCompare(CompareMode.SIZE_ONLY)).outcome())
                .isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** What one rule takes for equal is no evidence for another. */
    @Test
    void aStricterRuleStartsAnew() {
        World world = new World();
        world.put(world.prod, "k", "old");
        world.put(world.dev, "k", "new");
        assertThat(world.run(media().withCompare(CompareMode.SIZE_ONLY)).outcome())
                .isEqualTo(Outcome.NOTHING_TO_DO);

        RunReport report = world.run(media());

        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("k", "new");
    }

    /** The same, where the first try of the stricter rule fails. */
    @Test
    void aCopyThatFailedIsTriedAgainThoughAnEntryOnceCalledItEqual() {
        World world = new World();
        world.put(world.prod, "k", "old");
        world.put(world.dev, "k", "new");
        world.run(media().withCompare(CompareMode.SIZE_ONLY));
        world.destination.fails(store -> store.on(StoreOperation.COPY).key("k").isDenied());
        world.destination.fails(store -> store.on(StoreOperation.WRITE).key("k").isDenied());
        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.PARTIAL);
        world.destination.heal();

        assertThat(world.run(media()).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("k", "new");
    }

    @Test
    void aChangeThatTheJobDoesNotOverwriteStaysAChange() {
        World world = synced();
        setBack(world, "a/00007", "CONTENT 7");

        assertThat(world.run(media().withOverwrite(OverwriteMode.NEVER)).outcome())
                .isEqualTo(Outcome.NOTHING_TO_DO);

        assertThat(world.run(media()).counts().overwritten()).isEqualTo(1);
    }

    /** A pair whose times leave a doubt costs a head, once. */
    @Test
    void aDoubtIsAskedOnce() {
        World world = World.apart(
                MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE),
                MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE));
        world.put(world.dev, "k", "same");
        world.prod.put("k", "same", world.clock.instant());
        world.run(media().withOverwrite(OverwriteMode.NEVER));
        world.run(media());
        assertThat(world.destination.calls(StoreOperation.HEAD)).isNotEmpty();
        world.destination.forgetCalls();

        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.destination.calls(StoreOperation.HEAD)).isEmpty();
    }

    @Test
    void lostItCostsOneFullComparison() {
        World world = synced();
        setBack(world, "a/00007", "CONTENT 7");
        control(world).forEach(world.prod::remove);

        RunReport without = world.run(media());

        assertThat(without.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(without.counts().unchanged()).isEqualTo(20);
        assertThat(control(world)).isNotEmpty();
        setBack(world, "a/00008", "CONTENT 8");
        assertThat(world.run(media()).counts().overwritten()).isEqualTo(1);
    }

    /** Whatever is left of it, a run does what it would do without one, or better; and leaves a whole one. */
    @Test
    void tornAnywhereItCostsNoMoreThanAFullComparison() {
        World world = synced();
        for (String name : control(world)) {
            byte[] whole = world.prod.get(name).orElseThrow().bytes();
            for (int length = 0; length < whole.length - 1; length += Math.max(1, whole.length / 9)) {
                world.prod.put(ObjectKey.of(name), Arrays.copyOf(whole, length), ObjectMetadata.NONE, Instant.EPOCH);
                world.put(world.dev, "a/00003", "changed " + length);
                world.put(world.dev, "b/" + length, "new");

                RunReport report = world.run(media());

                assertThat(report.outcome()).as(name + " at " + length).isEqualTo(Outcome.SUCCEEDED);
                assertThat(report.counts().failed() + report.counts().deleted()).isZero();
                assertThat(report.warnings()).anyMatch(warning -> warning.contains("baseline"));
                assertThat(published(world)).isEqualTo(World.texts(world.dev));
                assertThat(world.run(media()).warnings()).isEmpty();
                if (world.prod.get(name).isEmpty()) {
                    break;
                }
                whole = world.prod.get(name).orElseThrow().bytes();
            }
        }
    }

    @Test
    void notBeingAllowedToKeepOneIsAWarning() {
        World world = new World();
        world.fill(world.dev, "a/", 3);
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .keys(key -> key.text().contains(".replicator"))
                .isDenied());

        RunReport report = world.run(media());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("the baseline could not be written"));
    }

    /** Killed before the baseline was written: what it copied is not taken for somebody's edit. */
    @ParameterizedTest
    @EnumSource(MemoryOptions.Versions.class)
    void whatAKilledRunCopiedIsNoDrift(MemoryOptions.Versions versions) {
        World world =
                World.apart(MemoryOptions.S3_LIKE.withVersions(versions), MemoryOptions.S3_LIKE.withVersions(versions));
        world.fill(world.dev, "a/", 5);
        world.run(media());
        world.put(world.dev, "a/00001", "newer one");
        world.put(world.dev, "a/new", "new");
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .keys(key -> key.text().contains(".replicator"))
                .isDenied());
        world.run(media());
        world.destination.heal();

        RunReport next = world.run(media());

        assertThat(next.counts().drifted()).isZero();
        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        world.destination.forgetCalls();
        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.destination.calls(StoreOperation.HEAD)).isEmpty();
    }

    @Test
    void aRunThatCouldNotListEverythingKeepsWhatItKnew() {
        World world = synced();
        world.put(world.dev, "a/00001", "longer than before");
        world.source.fails(store -> store.on(StoreOperation.LIST_PAGE).isDenied());
        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.FAILED);
        world.source.heal();
        setBack(world, "a/00007", "CONTENT 7");

        assertThat(world.run(media()).counts().overwritten()).isEqualTo(2);
    }

    @Test
    void aRunOfOnePathLeavesTheOthersAlone() {
        World world = synced();
        world.fill(world.dev, "b/", 5);
        world.run(media().withPaths(List.of(PrefixPair.same("b/"))));
        setBack(world, "a/00007", "CONTENT 7");
        setBack(world, "b/00002", "CONTENT 2");

        RunReport report = world.run(media());

        assertThat(report.warnings()).isEmpty();
        assertThat(report.counts().overwritten()).isEqualTo(2);
        assertThat(report.counts().drifted()).isZero();
    }

    /** Else a word of the weaker rule would stand for one of the job's own. */
    @ParameterizedTest
    @EnumSource(RunOptions.Reach.class)
    void aRunOfAPartUnderAnotherRuleLeavesTheBaselineWhatItProved(RunOptions.Reach reach) {
        World world = synced();
        setBack(world, "a/00007", "CONTENT 7");
        ReplicationJob sizes = media().withCompare(CompareMode.SIZE_ONLY);

        world.replicator.run(sizes, RunOptions.defaults().withReach(reach));
        RunReport after = world.run(media());

        boolean stillSeen = reach == RunOptions.Reach.PART;
        assertThat(after.counts().overwritten()).isEqualTo(stillSeen ? 1 : 0);
        assertThat(after.counts().drifted()).isZero();
    }

    @Test
    void whatARunOfAPartUnderAnotherRuleCopiedIsNoDrift() {
        World world = synced();
        world.put(world.dev, "a/00003", "another size");
        world.put(world.dev, "a/new", "new");
        ReplicationJob sizes = media().withPaths(List.of(PrefixPair.same("a"))).withCompare(CompareMode.SIZE_ONLY);

        RunReport part = world.replicator.run(sizes, RunOptions.defaults().withReach(RunOptions.Reach.PART));

        assertThat(part.counts().changed()).isEqualTo(2);
        assertThat(world.replicator
                        .drift(media(), finding -> {}, RunOptions.defaults())
                        .found())
                .isZero();
        assertThat(world.run(media()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void otherLocationsStartAnew() {
        World world = synced();
        ReplicationJob elsewhere =
                World.job("memory://dev/a", "memory://prod/copy").withName("media");

        RunReport report = world.run(elsewhere);

        assertThat(report.counts().copied()).isEqualTo(20);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("other locations"));
    }

    @Test
    void whatOthersDeletedOnBothSidesIsForgotten() {
        World world = synced();
        world.dev.remove("a/00004");
        world.prod.remove("a/00004");
        world.dev.remove("a/00019");
        world.prod.remove("a/00019");
        world.run(media());

        world.put(world.dev, "a/00004", "back").put(world.dev, "a/00019", "back");
        RunReport report = world.run(media());

        assertThat(report.counts().copied()).isEqualTo(2);
        assertThat(report.counts().drifted()).isZero();
    }

    @Test
    void whatIsDeletedOnBothSidesIsForgotten() {
        World world = synced();
        world.dev.remove("a/00004");
        world.run(World.mirror(media()));
        assertThat(published(world)).doesNotContainKey("a/00004");

        world.put(world.dev, "a/00004", "back");
        RunReport report = world.run(media());

        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().drifted()).isZero();
    }
}
