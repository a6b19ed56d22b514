package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A source that is replaced by as many bytes while its copy goes on: the copy is right when it is made, and its time, later
 * than the source's, would hide the change for ever.
 */
class OvertakenCopyTest {
    /** Streamed between two services, and within one. */
    static Stream<World> worlds() {
        return Stream.of(World.apart(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE), World.streaming());
    }

    /** Each of the first {@code times} copies takes half a minute, in which the source is replaced. */
    private static void overtake(World world, int times) {
        AtomicInteger replaced = new AtomicInteger();
        world.source.fails(store -> store.on(StoreOperation.READ).runsAfter(() -> {
            if (replaced.get() < times) {
                world.clock.advance(Duration.ofSeconds(5));
                world.put(world.dev, "a", "version " + replaced.incrementAndGet());
                world.clock.advance(Duration.ofSeconds(15));
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void isCopiedOnceMore(World world) {
        world.put(world.dev, "a", "version 0");
        overtake(world, 1);

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void oneThatIsOvertakenAgainAndAgainIsReported(World world) {
        world.put(world.dev, "a", "version 0");
        overtake(world, 9);

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
    }

    /** An apply does what its plan says and no more. */
    @ParameterizedTest
    @MethodSource("worlds")
    void isReportedWhereOnlyThePlanIsToBeDone(World world, @TempDir Path directory) {
        world.put(world.dev, "a", "version 0");
        Path file = directory.resolve("plan.jsonl.gz");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(World.job(), world.clock.instant()))) {
            world.replicator.plan(World.job(), writer, RunOptions.defaults());
            writer.finish(true, "");
        }
        overtake(world, 1);

        RunReport report = world.replicator.apply(WrittenPlan.open(file), World.job(), RunOptions.defaults());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("was changed in the source while"));
        assertThat(World.texts(world.prod)).containsEntry("a", "version 0");
    }

    /** What a run has announced it does; its baseline shows the next one that the source is another by now. */
    @ParameterizedTest
    @MethodSource("worlds")
    void isCopiedByTheNextRunWhereDriftIsKept(World world) {
        ReplicationJob job = World.job().withName("media").withOnDrift(DriftPolicy.KEEP);
        world.put(world.dev, "a", "version 0");
        overtake(world, 1);

        RunReport first = world.run(job);
        RunReport second = world.run(job);

        assertThat(first.warnings()).anyMatch(warning -> warning.contains("was changed in the source while"));
        assertThat(second.counts().overwritten()).isEqualTo(1);
        assertThat(world.prod.get("a").orElseThrow().text()).isEqualTo("version 1");
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void oneWhoseSourceIsGoneMeanwhileIsDone(World world) {
        world.put(world.dev, "a", "version 0");
        world.source.fails(store -> store.on(StoreOperation.READ).runsAfter(() -> {
            world.clock.advance(Duration.ofSeconds(20));
            world.dev.remove("a");
        }));

        assertThat(world.run(World.job()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    /** What takes no longer than the window of doubt is settled by the next run. */
    @Test
    void aQuickCopyCostsNoHead() {
        World world = World.apart(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE);
        world.put(world.dev, "a", "version 0");
        world.source.fails(store -> store.on(StoreOperation.READ).runsAfter(() -> {
            world.clock.advance(Duration.ofMillis(900));
            world.dev.put("a", "version 1", world.clock.instant());
            world.clock.advance(Duration.ofMillis(100));
        }));

        world.run(World.job());
        assertThat(world.source.keys(StoreOperation.HEAD)).doesNotContain("a");
        world.source.heal();
        world.run(World.job());

        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
    }
}
