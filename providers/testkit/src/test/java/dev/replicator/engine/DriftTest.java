package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.media;
import static dev.replicator.engine.BaselineTest.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.RunOptions;
import dev.replicator.baseline.BaselineStatus;
import dev.replicator.diff.Change;
import dev.replicator.diff.Drift;
import dev.replicator.execute.ActionResult;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.DriftReport;
import dev.replicator.report.DriftSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.RequestKind;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others did to the destination is found by its versions, and treated as the job says. */
class DriftTest {
    private World world = new World();

    @BeforeEach
    void synced() {
        world = synced(new World());
    }

    private static World synced(World world) {
        world.fill(world.dev, "a/", 20);
        world.run(media());
        world.clock.advance(Duration.ofHours(1));
        return world;
    }

    private static void edit(World world, String key, Duration later) {
        MemoryBucket prod = world.prod;
        byte[] bytes = prod.get(key)
                .orElseThrow()
                .text()
                .toUpperCase(java.util.Locale.ROOT)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Instant time = prod.get(key).orElseThrow().modified().plus(later);
        prod.put(key, new String(bytes, java.nio.charset.StandardCharsets.UTF_8), time);
    }

    private static Map<String, Drift> drift(World world, ReplicationJob job) {
        Map<String, Drift> found = new TreeMap<>();
        DriftReport report = world.replicator.drift(
                job, finding -> found.put(finding.object().key().text(), finding.kind()), RunOptions.defaults());
        assertThat(report.problem()).isEmpty();
        assertThat(report.found()).isEqualTo(found.size());
        assertThat(report.requests().getOrDefault(RequestKind.HEAD, 0L)).isZero();
        return found;
    }

    private void everyKind() {
        edit(world, "a/00001", Duration.ofMinutes(3));
        edit(world, "a/00002", Duration.ofDays(-300));
        edit(world, "a/00003", Duration.ZERO);
        world.prod.put("a/00004", "another size", world.clock.instant());
        world.prod.remove("a/00005");
        world.prod.put("a/00005a", "added", world.clock.instant());
        world.prod.put("z", "added", world.clock.instant());
    }

    @Test
    void namesEveryKind() {
        everyKind();

        assertThat(drift(world, media()))
                .containsOnly(
                        Map.entry("a/00001", Drift.EDITED),
                        Map.entry("a/00002", Drift.EDITED),
                        Map.entry("a/00003", Drift.EDITED),
                        Map.entry("a/00004", Drift.EDITED),
                        Map.entry("a/00005", Drift.DELETED),
                        Map.entry("a/00005a", Drift.ADDED),
                        Map.entry("z", Drift.ADDED));
        assertThat(world.destination.mutations().stream()
                        .filter(call -> call.key().orElseThrow().text().contains("baseline/current"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whereNothingHappenedThereIsNone() {
        assertThat(drift(world, media())).isEmpty();
    }

    @Test
    void whatTheSourceDidIsNoDrift() {
        world.put(world.dev, "a/00001", "changed in the source");
        world.put(world.dev, "new", "new");
        world.dev.remove("a/00002");

        assertThat(drift(world, media())).isEmpty();
    }

    /** Opaque versions change with every write; digests that agree say that nothing is lost. */
    @Test
    void whatHasTheSourcesContentIsNoDrift() {
        world.prod.put("a/00001", "content 1", world.clock.instant());

        assertThat(drift(world, media())).isEmpty();
    }

    @Test
    void reportDoesAsTheComparisonSaysAndCounts() {
        everyKind();
        List<String> told = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void drifted(Change.Drifted drifted, int pair) {
                told.add(drifted.key().text());
            }
        };

        RunReport report = world.run(media(), RunOptions.defaults().withListener(listener));

        assertThat(told).containsExactly("a/00001", "a/00002", "a/00003", "a/00004", "a/00005");
        assertThat(report.counts().drifted()).isEqualTo(5);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().overwritten()).isEqualTo(2);
        assertThat(published(world))
                .containsEntry("a/00001", "CONTENT 1")
                .containsEntry("a/00002", "content 2")
                .containsEntry("a/00004", "content 4")
                .containsEntry("a/00005", "content 5")
                .containsEntry("z", "added");
    }

    /** A run that left an edit in place has not made it its own. */
    @Test
    void whatARunDidNotUndoStaysDrift() {
        edit(world, "a/00001", Duration.ofMinutes(3));

        for (int i = 0; i < 3; i++) {
            assertThat(world.run(media()).counts().drifted()).isEqualTo(1);
        }

        assertThat(drift(world, media())).containsOnly(Map.entry("a/00001", Drift.EDITED));
    }

    @ParameterizedTest
    @EnumSource(CompareMode.class)
    void keepLeavesEveryKindAlone(CompareMode mode) {
        ReplicationJob job = World.mirror(media()).withCompare(mode).withOnDrift(DriftPolicy.KEEP);
        everyKind();
        Map<String, String> before = published(world);
        List<ActionResult> results = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public synchronized void finished(ActionResult result) {
                results.add(result);
            }
        };

        RunReport report = world.run(job, RunOptions.defaults().withListener(listener));

        assertThat(published(world)).isEqualTo(before);
        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.counts().skipped()).isEqualTo(7);
        assertThat(report.counts().drifted()).isEqualTo(5);
        assertThat(results)
                .hasSize(7)
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(
                                ActionResult.Skipped.class,
                                skipped -> assertThat(skipped.reason()).isEqualTo(ActionResult.SkipReason.DRIFT)));
    }

    /** Neither a changed nor a removed source takes an edit away. */
    @Test
    void keepHoldsWhenTheSourceChangesToo() {
        ReplicationJob job = World.mirror(media()).withOnDrift(DriftPolicy.KEEP);
        edit(world, "a/00001", Duration.ofMinutes(3));
        edit(world, "a/00002", Duration.ofMinutes(3));
        edit(world, "a/00003", Duration.ofMinutes(3));
        world.prod.remove("a/00004");
        world.put(world.dev, "a/00001", "changed and longer");
        world.put(world.dev, "a/00002", "content b");
        world.dev.remove("a/00003");
        world.put(world.dev, "a/00004", "changed");
        Map<String, String> before = published(world);

        RunReport report = world.run(job);

        assertThat(published(world)).isEqualTo(before);
        assertThat(report.counts().skipped()).isEqualTo(4);
        assertThat(world.run(job).counts().skipped()).isEqualTo(4);
    }

    @Test
    void keepStillReplicatesTheRest() {
        edit(world, "a/00001", Duration.ofMinutes(3));
        world.put(world.dev, "a/00002", "changed");
        world.put(world.dev, "new", "new");
        world.dev.remove("a/00006");

        RunReport report = world.run(World.mirror(media()).withOnDrift(DriftPolicy.KEEP));

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(published(world))
                .containsEntry("a/00001", "CONTENT 1")
                .containsEntry("a/00002", "changed")
                .containsEntry("new", "new")
                .doesNotContainKey("a/00006");
    }

    @Test
    void overwritePutsTheSourceBack() {
        ReplicationJob job = media().withOnDrift(DriftPolicy.OVERWRITE);
        everyKind();

        RunReport report = world.run(job);

        assertThat(report.counts().overwritten()).isEqualTo(4);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(World.texts(world.dev).entrySet())
                .isSubsetOf(published(world).entrySet());
        assertThat(drift(world, job)).containsOnlyKeys("a/00005a", "z");
        assertThat(world.run(job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void overwriteNeverIsStronger() {
        edit(world, "a/00001", Duration.ofMinutes(3));

        world.run(media().withOverwrite(OverwriteMode.NEVER).withOnDrift(DriftPolicy.OVERWRITE));

        assertThat(published(world)).containsEntry("a/00001", "CONTENT 1");
    }

    /** What is overwritten is the version that was seen, not what came after. */
    @Test
    void aPlanSaysWhatARunDoes() {
        everyKind();
        List<Action> planned = new ArrayList<>();

        RunReport plan = world.replicator.plan(
                World.mirror(media()).withOnDrift(DriftPolicy.KEEP), planned::add, RunOptions.defaults());

        assertThat(planned).hasSize(7).allMatch(action -> action instanceof Action.Keep);
        assertThat(plan.counts().drifted()).isEqualTo(5);
        assertThat(plan.counts().skipped()).isEqualTo(7);
    }

    /** The villain this baseline must never be: one that is believed although the destination is another. */
    @ParameterizedTest
    @EnumSource(MemoryOptions.Versions.class)
    void anEntryIsNotBelievedAgainstTheDestinationsVersion(MemoryOptions.Versions versions) {
        World other = synced(World.apart(
                MemoryOptions.S3_LIKE.withVersions(versions), MemoryOptions.S3_LIKE.withVersions(versions)));
        edit(other, "a/00001", Duration.ZERO);
        edit(other, "a/00002", Duration.ofDays(-400));

        assertThat(drift(other, media())).containsOnlyKeys("a/00001", "a/00002");
        assertThat(other.run(media().withOnDrift(DriftPolicy.OVERWRITE))
                        .counts()
                        .overwritten())
                .isEqualTo(2);
        assertThat(published(other)).isEqualTo(World.texts(other.dev));
    }

    @Test
    void worksForDirectoriesToo() {
        World other = synced(World.apart(MemoryOptions.DIRECTORY_LIKE, MemoryOptions.DIRECTORY_LIKE));
        edit(other, "a/00001", Duration.ZERO);
        edit(other, "a/00002", Duration.ofDays(-400));
        other.prod.remove("a/00003");

        assertThat(drift(other, media())).containsOnlyKeys("a/00001", "a/00002", "a/00003");
        assertThat(other.run(media()).counts().drifted()).isEqualTo(3);
    }

    @Test
    void beforeTheFirstRunThereIsNothingToTellBy() {
        World fresh = new World();
        fresh.fill(fresh.dev, "a/", 2);

        DriftReport report = fresh.replicator.drift(media(), DriftSink.NONE, RunOptions.defaults());

        assertThat(report.baseline()).isInstanceOf(BaselineStatus.NoneYet.class);
        assertThat(report.found()).isZero();
    }

    @Test
    void aTornBaselineIsAnErrorAndNotNoDrift() {
        world.prod.put(BaselineTest.CONTROL + "baseline/current.json", "{", world.clock.instant());

        DriftReport report = world.replicator.drift(media(), DriftSink.NONE, RunOptions.defaults());

        assertThat(report.baseline()).isInstanceOf(BaselineStatus.Unusable.class);
    }

    @Test
    void aMissingPartIsAnErrorAndNotNoDrift() {
        world.prod.names().stream()
                .filter(name -> name.contains("/baseline/") && !name.endsWith(".json"))
                .forEach(world.prod::remove);

        DriftReport report = world.replicator.drift(media(), DriftSink.NONE, RunOptions.defaults());

        assertThat(report.problem()).isPresent();
    }

    @Test
    void locationsGivenByHandHaveNoDrift() {
        assertThatThrownBy(() -> world.replicator.drift(World.job(), DriftSink.NONE, RunOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
