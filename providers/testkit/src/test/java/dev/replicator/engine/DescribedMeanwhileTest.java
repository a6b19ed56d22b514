package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.media;
import static dev.replicator.engine.BaselineTest.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others did to a destination's metadata after it was seen is not written over, nor deleted with its object. */
class DescribedMeanwhileTest {
    private static final String VISIBILITY = "custom:aclPolicy";

    @TempDir
    Path folder;

    static Stream<Arguments> stores() {
        MemoryOptions all = MemoryOptions.GCS_LIKE;
        return Stream.of(
                Arguments.of("copies by itself", all),
                Arguments.of("is streamed to", all.lacking(Capability.SERVER_SIDE_COPY, Capability.CREATE_ONLY_COPY)),
                Arguments.of(
                        "holds to no condition",
                        all.lacking(
                                Capability.CONDITIONAL_WRITE,
                                Capability.CONDITIONAL_COPY,
                                Capability.CONDITIONAL_DELETE)));
    }

    private static World synced(MemoryOptions destination) {
        World world = new World(MemoryOptions.GCS_LIKE, destination);
        world.clock.advance(Duration.ofSeconds(10));
        for (String key : List.of("a", "changed", "described", "gone")) {
            put(world, key, "content of " + key, "public");
        }
        assertThat(world.run(media()).counts().copied()).isEqualTo(4);
        return world;
    }

    private static void put(World world, String key, String content, String visibility) {
        world.dev.put(
                ObjectKey.of(key),
                content.getBytes(),
                ObjectMetadata.NONE.withUser(Map.of(VISIBILITY, visibility)),
                world.clock.instant());
    }

    private static void touch(MemoryBucket bucket, String key, String visibility) {
        bucket.retouch(ObjectKey.of(key), metadata -> metadata.withUser(VISIBILITY, visibility));
    }

    private static String visibility(World world, String key) {
        return world.prod.get(key).orElseThrow().metadata().user().getOrDefault(VISIBILITY, "(none)");
    }

    private Path planned(World world, ReplicationJob job) {
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("changes.plan");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(job, world.clock.instant()))) {
            world.replicator.plan(job, writer, RunOptions.defaults());
            writer.finish(true, "");
        }
        return file;
    }

    private static RunReport applied(World world, ReplicationJob job, Path plan) {
        return world.replicator.apply(WrittenPlan.open(plan), job, RunOptions.defaults());
    }

    @ParameterizedTest(name = "a store that {0}")
    @MethodSource("stores")
    void aPlanReplacesAndDeletesNothingThatWasMadePrivateSince(String name, MemoryOptions destination) {
        World world = synced(destination);
        ReplicationJob job = World.mirror(media()).withOnDrift(DriftPolicy.KEEP);
        world.clock.advance(Duration.ofSeconds(10));
        put(world, "changed", "of another size", "public");
        touch(world.dev, "described", "members");
        world.dev.remove("gone");
        Path plan = planned(world, job);
        for (String key : List.of("changed", "described", "gone")) {
            touch(world.prod, key, "private");
        }
        put(world, "a", "the plan does not know of it", "public");

        RunReport report = applied(world, job, plan);

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(3);
        assertThat(report.counts().overwritten()
                        + report.counts().deleted()
                        + report.counts().metadataUpdated())
                .isZero();
        for (String key : List.of("changed", "described", "gone")) {
            assertThat(visibility(world, key)).as(key).isEqualTo("private");
            assertThat(published(world)).containsEntry(key, "content of " + key);
        }
    }

    @ParameterizedTest(name = "a store that {0}")
    @MethodSource("stores")
    void aPlanIsAppliedToWhatIsAsItWasSeen(String name, MemoryOptions destination) {
        World world = synced(destination);
        touch(world.prod, "changed", "by hand, before the plan");
        touch(world.prod, "gone", "by hand, before the plan");
        ReplicationJob job = World.mirror(media());
        world.clock.advance(Duration.ofSeconds(10));
        put(world, "changed", "of another size", "public");
        touch(world.dev, "described", "members");
        world.dev.remove("gone");

        RunReport report = applied(world, job, planned(world, job));

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(report.counts().deleted()).isEqualTo(1);
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(visibility(world, "changed")).isEqualTo("public");
        assertThat(visibility(world, "described")).isEqualTo("members");
    }

    /** What the run itself wrote and described is the state that its next run goes by. */
    @Test
    void whatWeDescribedOurselvesIsReplacedAsEver() {
        World world = synced(MemoryOptions.GCS_LIKE);
        touch(world.dev, "changed", "members");
        assertThat(world.run(media()).counts().metadataUpdated()).isEqualTo(1);
        world.clock.advance(Duration.ofSeconds(10));
        put(world, "changed", "of another size", "public");

        RunReport report = world.run(media());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(visibility(world, "changed")).isEqualTo("public");
    }

    @Test
    void metadataThatIsKeptIsWhatIsThereThen() {
        World world = synced(MemoryOptions.GCS_LIKE);
        ReplicationJob job = media().withOnDrift(DriftPolicy.KEEP);
        touch(world.prod, "changed", "by hand");
        world.put(world.dev, "changed", "of another size");
        Path plan = planned(world, job);
        touch(world.prod, "changed", "by hand once more");

        RunReport report = applied(world, job, plan);

        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("changed", "of another size");
        assertThat(visibility(world, "changed")).isEqualTo("by hand once more");
    }

    /** A copy is bound to the state of the metadata that it read and keeps. */
    @Test
    void metadataThatIsChangedWhileItIsKeptIsNotWrittenOver() {
        World world = synced(MemoryOptions.GCS_LIKE);
        ReplicationJob job = media().withOnDrift(DriftPolicy.KEEP);
        touch(world.prod, "changed", "by hand");
        world.put(world.dev, "changed", "of another size");
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .key("changed")
                .runsBefore(() -> touch(world.prod, "changed", "by hand once more")));

        RunReport report = world.run(job);
        world.destination.heal();

        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(visibility(world, "changed")).isEqualTo("by hand once more");
        assertThat(published(world)).containsEntry("changed", "content of changed");
        assertThat(world.run(job).counts().overwritten()).isEqualTo(1);
        assertThat(published(world)).containsEntry("changed", "of another size");
        assertThat(visibility(world, "changed")).isEqualTo("by hand once more");
    }
}
