package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.media;
import static dev.replicator.engine.BaselineTest.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.diff.Change;
import dev.replicator.diff.Drift;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.DriftReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where listings number the states of metadata, a change of metadata alone is found by them: of the source without being
 * asked to compare metadata, of the destination as drift.
 */
class MetagenerationTest {
    private static final String VISIBILITY = "custom:aclPolicy";
    private static final int OBJECTS = 10;

    private final World world = new World(MemoryOptions.GCS_LIKE, MemoryOptions.GCS_LIKE);

    @TempDir
    Path folder;

    @BeforeEach
    void synced() {
        world.clock.advance(Duration.ofSeconds(10));
        for (int i = 0; i < OBJECTS; i++) {
            world.dev.put(
                    ObjectKey.of("k" + i),
                    ("content " + i).getBytes(),
                    ObjectMetadata.NONE.withUser(Map.of(VISIBILITY, "public")),
                    world.clock.instant());
        }
        assertThat(run(media()).counts().copied()).isEqualTo(OBJECTS);
        forgetCalls();
    }

    private RunReport run(ReplicationJob job) {
        return world.run(job);
    }

    private void forgetCalls() {
        world.source.forgetCalls();
        world.destination.forgetCalls();
    }

    private long heads() {
        return world.source.calls(StoreOperation.HEAD).size()
                + world.destination.calls(StoreOperation.HEAD).size();
    }

    private void touch(MemoryBucket bucket, String key, String visibility) {
        bucket.retouch(ObjectKey.of(key), metadata -> metadata.withUser(VISIBILITY, visibility));
    }

    private String visibility(String key) {
        return world.prod.get(key).orElseThrow().metadata().user().getOrDefault(VISIBILITY, "(none)");
    }

    private Map<String, Drift> drift(ReplicationJob job) {
        Map<String, Drift> found = new TreeMap<>();
        world.clock.advance(Duration.ofMinutes(1));
        DriftReport report = world.replicator.drift(
                job, finding -> found.put(finding.object().key().text(), finding.kind()), RunOptions.defaults());
        assertThat(report.problem()).isEmpty();
        assertThat(report.found()).isEqualTo(found.size());
        return found;
    }

    private void isQuiet() {
        forgetCalls();
        assertThat(drift(media())).isEmpty();
        RunReport next = run(media());
        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(next.counts().drifted()).isZero();
        assertThat(heads()).isZero();
        assertThat(world.destination.mutations()).isEmpty();
    }

    @Test
    void aChangeOfTheSourcesMetadataAloneIsCarriedOverWithoutBeingAskedFor() {
        touch(world.dev, "k3", "private");
        touch(world.dev, "k7", "private");

        RunReport report = run(media());

        assertThat(report.counts().metadataUpdated()).isEqualTo(2);
        assertThat(report.counts().overwritten()).isZero();
        assertThat(report.counts().drifted()).isZero();
        assertThat(report.counts().unchanged()).isEqualTo(OBJECTS - 2);
        assertThat(report.warnings()).isEmpty();
        assertThat(heads()).as("two for each pair that was changed").isEqualTo(4);
        assertThat(visibility("k3")).isEqualTo("private");
        isQuiet();
    }

    /** Something that no copy carries was changed: asked once, then known. */
    @Test
    void aChangeThatIsNoDifferenceIsAskedOnce() {
        world.dev.retouch(ObjectKey.of("k3"), metadata -> metadata.withUser(VISIBILITY, "private"));
        world.dev.retouch(ObjectKey.of("k3"), metadata -> metadata.withUser(VISIBILITY, "public"));

        assertThat(run(media()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(heads()).isEqualTo(2);
        isQuiet();
    }

    @Test
    void aPlanSaysSoAndItsApplyLeavesNothingToAsk() {
        touch(world.dev, "k3", "private");
        world.put(world.dev, "k5", "of another size");
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("changes.plan");
        List<Action> planned = new ArrayList<>();
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(media(), world.clock.instant()))) {
            RunReport plan = world.replicator.plan(
                    media(),
                    action -> {
                        planned.add(action);
                        writer.accept(action);
                    },
                    RunOptions.defaults());
            assertThat(plan.counts().metadataUpdated()).isEqualTo(1);
            writer.finish(true, "");
        }
        assertThat(planned.get(0)).isInstanceOf(Action.UpdateMetadata.class);
        touch(world.dev, "k5", "changed after the plan");

        RunReport applied = world.replicator.apply(WrittenPlan.open(file), media(), RunOptions.defaults());

        assertThat(applied.counts().metadataUpdated()).isEqualTo(1);
        assertThat(visibility("k3")).isEqualTo("private");
        forgetCalls();
        run(media());
        assertThat(world.source.keys(StoreOperation.HEAD)).containsExactly("k5");
        isQuiet();
    }

    /** What could not be carried over is found again, and so is what the job did not want to. */
    @Test
    void whatWasNotCarriedOverIsNotForgotten() {
        touch(world.dev, "k3", "private");
        world.destination.fails(store -> store.on(StoreOperation.UPDATE).isDenied());
        assertThat(run(media()).outcome()).isEqualTo(Outcome.PARTIAL);
        world.destination.heal();
        world.source.fails(store -> store.on(StoreOperation.HEAD).isDenied());
        RunReport denied = run(media());
        assertThat(denied.failures())
                .singleElement()
                .satisfies(one -> assertThat(one.key()).isEqualTo("k3"));
        world.source.heal();
        assertThat(run(media().withOverwrite(OverwriteMode.NEVER)).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(run(media().withMetadata(new MetadataPolicy(false, false, Map.of())))
                        .outcome())
                .isEqualTo(Outcome.NOTHING_TO_DO);

        assertThat(run(media()).counts().metadataUpdated()).isEqualTo(1);
        isQuiet();
    }

    @ParameterizedTest
    @EnumSource(
            value = CompareMode.class,
            names = {"ETAG"},
            mode = EnumSource.Mode.EXCLUDE)
    void isFoundByEveryRule(CompareMode mode) {
        ReplicationJob job = media().withCompare(mode);
        run(job);
        touch(world.dev, "k3", "private");
        touch(world.prod, "k4", "by hand");

        assertThat(drift(job)).containsOnly(Map.entry("k4", Drift.METADATA));
        RunReport report = run(job);

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(report.counts().drifted()).isEqualTo(1);
        assertThat(visibility("k4")).isEqualTo("by hand");
    }

    @Test
    void anEditOfTheDestinationsMetadataIsDriftThatCostsNoRequest() {
        touch(world.prod, "k3", "by hand");
        touch(world.prod, "k4", "by hand");
        world.dev.remove("k4");

        assertThat(drift(media())).containsOnly(Map.entry("k3", Drift.METADATA), Map.entry("k4", Drift.METADATA));
        assertThat(heads()).isZero();
        assertThat(world.destination.mutations()).isEmpty();
    }

    /** As the comparison says without a baseline: it does not ask for metadata. */
    @Test
    void reportNamesItAndLeavesIt() {
        touch(world.prod, "k3", "by hand");
        List<String> told = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            RunReport report = world.run(media(), RunOptions.defaults().withListener(new RunListener() {
                @Override
                public void drifted(Change.Drifted drifted, int pair) {
                    told.add(drifted.kind() + " " + drifted.key());
                }
            }));

            assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(report.counts().drifted()).isEqualTo(1);
            assertThat(report.counts().unchanged()).isEqualTo(OBJECTS);
        }

        assertThat(told).containsExactly("METADATA k3", "METADATA k3");
        assertThat(heads()).isZero();
        assertThat(visibility("k3")).isEqualTo("by hand");
    }

    @Test
    void aJobThatComparesMetadataRepairsItWhileItReports() {
        touch(world.prod, "k3", "by hand");

        RunReport report = run(media().withMetadata(MetadataPolicy.ALL.withCompare(true)));

        assertThat(report.counts().drifted()).isEqualTo(1);
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(visibility("k3")).isEqualTo("public");
        isQuiet();
    }

    /** New content of the source goes under it. */
    @Test
    void keepLeavesItThoughTheSourceChangesOrGoes() {
        ReplicationJob job = World.mirror(media()).withOnDrift(DriftPolicy.KEEP);
        for (String key : List.of("k1", "k2", "k3", "k4")) {
            touch(world.prod, key, "by hand");
        }
        touch(world.dev, "k2", "private");
        world.put(world.dev, "k3", "of another size");
        world.dev.remove("k4");

        for (int i = 0; i < 3; i++) {
            RunReport report = run(job);

            assertThat(report.counts().overwritten()).isEqualTo(i == 0 ? 1 : 0);
            assertThat(report.counts().drifted()).isEqualTo(4);
            assertThat(report.counts().skipped()).isEqualTo(i == 0 ? 3 : 4);
            assertThat(report.counts().failed()).isZero();
        }
        assertThat(List.of("k1", "k2", "k3", "k4"))
                .allMatch(key -> visibility(key).equals("by hand"));
        assertThat(published(world)).containsEntry("k3", "of another size").containsKey("k4");
        world.put(world.dev, "k3", "of yet another size");
        run(job);
        assertThat(published(world)).containsEntry("k3", "of yet another size");
        assertThat(visibility("k3")).isEqualTo("by hand");
        assertThat(drift(job)).containsOnlyKeys("k1", "k2", "k3", "k4").containsValue(Drift.METADATA);
    }

    /** The plan says so, its file keeps it, and applying that does it. */
    @Test
    void keepPlansNewContentUnderTheOldMetadata() {
        ReplicationJob job = media().withOnDrift(DriftPolicy.KEEP);
        touch(world.prod, "k3", "by hand");
        world.put(world.dev, "k3", "of another size");
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("keep.plan");
        List<Action> planned = new ArrayList<>();
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(job, world.clock.instant()))) {
            world.replicator.plan(
                    job,
                    action -> {
                        planned.add(action);
                        writer.accept(action);
                    },
                    RunOptions.defaults());
            writer.finish(true, "");
        }

        RunReport applied = world.replicator.apply(WrittenPlan.open(file), job, RunOptions.defaults());

        assertThat(planned)
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Copy.class, copy -> assertThat(copy.metadata()).isEqualTo(Change.Side.DESTINATION));
        assertThat(applied.counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("k3", "of another size");
        assertThat(visibility("k3")).isEqualTo("by hand");
    }

    /** The metadata that is kept is that of the version that is replaced: what came after is not written over. */
    @Test
    void keepDoesNotReplaceWhatWasEditedWhileItsMetadataWasRead() {
        ReplicationJob job = media().withOnDrift(DriftPolicy.KEEP);
        touch(world.prod, "k3", "by hand");
        world.put(world.dev, "k3", "of another size");
        world.source.fails(store -> store.on(StoreOperation.READ)
                .key("k3")
                .runsBefore(() -> world.prod.put("k3", "edited meanwhile", world.clock.instant())));

        RunReport report = run(job);
        world.source.heal();

        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(published(world)).containsEntry("k3", "edited meanwhile");
    }

    /** Grants, holds, classes: the number moves, and nothing that a copy manages is another. */
    @Test
    void keepIsNotStoppedByWhatNoCopyManages() {
        ReplicationJob job = media().withOnDrift(DriftPolicy.KEEP);
        for (String key : List.of("k1", "k2", "k3")) {
            touch(world.prod, key, "public");
        }
        world.clock.advance(Duration.ofSeconds(10));
        world.dev.put(
                ObjectKey.of("k2"),
                "of another size".getBytes(),
                ObjectMetadata.NONE.withUser(Map.of(VISIBILITY, "public")),
                world.clock.instant());
        touch(world.dev, "k3", "private");
        forgetCalls();

        RunReport report = run(job);

        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("k2", "of another size");
        assertThat(visibility("k2")).isEqualTo("public");
        assertThat(heads()).as("two for each whose number moved").isEqualTo(6);
        run(job);
        assertThat(drift(job)).containsOnlyKeys("k3");
    }

    @Test
    void overwritePutsTheSourcesMetadataBackAndKeepsTheRest() {
        touch(world.prod, "k3", "by hand");
        long generation = world.prod.get("k3").orElseThrow().sequence();

        RunReport report = run(media().withOnDrift(DriftPolicy.OVERWRITE));

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(report.counts().drifted()).isEqualTo(1);
        assertThat(visibility("k3")).isEqualTo("public");
        assertThat(world.prod.get("k3").orElseThrow().sequence()).isEqualTo(generation);
        isQuiet();
    }

    /** Grants, holds: the number moves, and nothing that we carry has changed. */
    @Test
    void overwriteFindsNothingToPutBackAndTheNextRunIsQuiet() {
        touch(world.prod, "k3", "public");

        RunReport report = run(media().withOnDrift(DriftPolicy.OVERWRITE));

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.counts().drifted()).isZero();
        isQuiet();
    }

    @Test
    void bothChangedTheSameWayIsNoDrift() {
        touch(world.dev, "k3", "private");
        touch(world.prod, "k3", "private");

        assertThat(drift(media())).isEmpty();
        assertThat(run(media().withOnDrift(DriftPolicy.KEEP)).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        isQuiet();
    }

    @Test
    void bothChangedDifferentlyIsDriftThatTheSourceWins() {
        touch(world.dev, "k3", "private");
        touch(world.prod, "k3", "by hand");

        assertThat(drift(media())).containsOnly(Map.entry("k3", Drift.METADATA));
        RunReport report = run(media());

        assertThat(report.counts().drifted()).isEqualTo(1);
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(visibility("k3")).isEqualTo("private");
        isQuiet();
    }

    /** A baseline of before metagenerations were kept, or of a store that did not tell: they are taken down, once. */
    @Test
    void anEntryThatWasNotToldGetsThemWithoutAQuestion() {
        World old = new World(
                MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE),
                MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE));
        old.fill(old.dev, "k", 3);
        old.run(media());
        World now = new World(old, MemoryOptions.GCS_LIKE, MemoryOptions.GCS_LIKE);

        RunReport report = now.run(media());

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.counts().drifted()).isZero();
        assertThat(report.warnings()).isEmpty();
        assertThat(now.destination.calls(StoreOperation.HEAD)).isEmpty();
        now.prod.retouch(ObjectKey.of("k00001"), metadata -> metadata.withUser("note", "by hand"));
        assertThat(now.run(media()).counts().drifted()).isEqualTo(1);
    }

    /** A copy takes the metadata that the source has then, which may be newer than what was listed. */
    @Test
    void metadataThatChangedBeforeItsObjectWasCopiedIsAskedOnceMore() {
        world.put(world.dev, "k3", "of another size");
        world.destination.fails(
                store -> store.on(StoreOperation.COPY).key("k3").runsBefore(() -> touch(world.dev, "k3", "private")));

        run(media());
        world.destination.heal();

        assertThat(visibility("k3")).isEqualTo("private");
        assertThat(run(media()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        isQuiet();
    }

    @Test
    void locationsGivenByHandHaveNothingToTellItBy() {
        touch(world.dev, "k3", "private");

        assertThat(run(World.job()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(heads()).isZero();
    }
}
