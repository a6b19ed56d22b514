package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.testkit.FaultScript;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The world moves between a listing and the write: new content arrives whole or is reported, others' work stands. */
class StaleTest {
    /** Both ways an object can take. */
    enum Route {
        SERVER_SIDE {
            @Override
            World world() {
                return new World();
            }
        },
        STREAMED {
            @Override
            World world() {
                return World.streaming();
            }
        };

        abstract World world();

        /** Runs just before the {@code n}th copy of the key reaches a store. */
        void beforeCopy(World world, String key, int n, Runnable change) {
            if (this == SERVER_SIDE) {
                world.destination.fails(
                        store -> on(store.on(StoreOperation.COPY), key, n).runsBefore(change));
            } else {
                world.source.fails(
                        store -> on(store.on(StoreOperation.READ), key, n).runsBefore(change));
            }
        }

        private static FaultScript on(FaultScript line, String key, int n) {
            return n == 0 ? line.key(key) : line.key(key).nth(n);
        }

        /** Runs just before the write, when the source was read. */
        void beforeWrite(World world, String key, Runnable change) {
            StoreOperation operation = this == SERVER_SIDE ? StoreOperation.COPY : StoreOperation.WRITE;
            world.destination.fails(store -> store.on(operation).key(key).nth(1).runsBefore(change));
        }
    }

    private static String text(World world, String key) {
        return world.prod.get(key).map(object -> object.text()).orElse("(absent)");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void aSourceThatWasReplacedInTheSameSizeArrivesInItsNewContent(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "first");
        route.beforeCopy(world, "a", 1, () -> world.put(world.dev, "a", "FIRST"));

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("FIRST");
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().stale()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void aSourceThatGrewArrivesInItsNewContent(Route route) {
        World world = route.world();
        world.put(world.prod, "a", "old").put(world.dev, "a", "first");
        route.beforeCopy(world, "a", 1, () -> world.put(world.dev, "a", "first and more"));

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("first and more");
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(report.counts().bytes()).isEqualTo("first and more".length());
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void aSourceThatNeverHoldsStillIsReportedAfterOneMoreTry(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "0000");
        route.beforeCopy(
                world,
                "a",
                0,
                () -> world.put(
                        world.dev,
                        "a",
                        Long.toString(1_000 + world.clock.instant().getEpochSecond() % 9_000)));

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("(absent)");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(world.destination.mutations()).hasSizeLessThanOrEqualTo(2);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("a");
            assertThat(failure.cause()).isEqualTo(ActionResult.FailureCause.CONFLICT);
        });
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void aSourceThatVanishedIsReported(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "first").put(world.dev, "b", "stays");
        route.beforeCopy(world, "a", 1, () -> world.dev.remove("a"));

        RunReport report = world.run(World.job());

        assertThat(world.prod.names()).containsExactly("b");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
    }

    @Test
    void aSourceThatIsReplacedWhileItIsReadNeverArrivesAsAMix() {
        World world = World.streaming();
        world.put(world.dev, "a", "aaaaaaaaaa");
        replacedAtTheFifthByte(world);

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("bbbbbbbbbb");
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aSourceThatCantPinItsReadsNeverArrivesAsAMixEither() {
        World world = new World(
                MemoryOptions.S3_LIKE.lacking(Capability.PINNED_READ),
                MemoryOptions.S3_LIKE.lacking(Capability.SERVER_SIDE_COPY));
        world.put(world.dev, "a", "aaaaaaaaaa");
        replacedAtTheFifthByte(world);

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isIn("bbbbbbbbbb", "(absent)");
        assertThat(report.outcome().isSuccess()).isEqualTo(text(world, "a").equals("bbbbbbbbbb"));
    }

    /** The connection breaks, and when the rest is asked for the object is another. */
    private static void replacedAtTheFifthByte(World world) {
        world.source.fails(store -> {
            store.on(StoreOperation.READ).key("a").nth(2).breaksAfter(5);
            store.on(StoreOperation.READ).key("a").nth(3).runsBefore(() -> world.put(world.dev, "a", "bbbbbbbbbb"));
        });
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void whatSomebodyCreatedMeanwhileIsNotOverwritten(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "ours");
        route.beforeWrite(world, "a", () -> world.put(world.prod, "a", "theirs"));

        assertLeftAlone(world, "theirs");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void whatSomebodyChangedMeanwhileIsNotOverwritten(Route route) {
        World world = route.world();
        world.put(world.prod, "a", "old").put(world.dev, "a", "ours");
        route.beforeWrite(world, "a", () -> world.put(world.prod, "a", "theirs"));

        assertLeftAlone(world, "theirs");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void whatSomebodyDeletedMeanwhileIsNotBroughtBack(Route route) {
        World world = route.world();
        world.put(world.prod, "a", "old").put(world.dev, "a", "ours");
        route.beforeWrite(world, "a", () -> world.prod.remove("a"));

        assertLeftAlone(world, "(absent)");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void whenBothSidesMovedTheDestinationStands(Route route) {
        World world = route.world();
        world.put(world.prod, "a", "old").put(world.dev, "a", "ours");
        route.beforeCopy(world, "a", 1, () -> {
            world.put(world.dev, "a", "our second");
            world.put(world.prod, "a", "theirs");
        });

        assertLeftAlone(world, "theirs");
    }

    /** Only the look before the second try can see it: nothing is sent that the store would check. */
    @Test
    void whatSomebodyCreatedBeforeTheSecondTryStands() {
        World world = new World(
                MemoryOptions.S3_LIKE,
                MemoryOptions.S3_LIKE.lacking(Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY));
        world.put(world.dev, "a", "ours");
        Route.SERVER_SIDE.beforeCopy(world, "a", 1, () -> {
            world.put(world.dev, "a", "our second");
            world.put(world.prod, "a", "theirs");
        });

        assertLeftAlone(world, "theirs");
    }

    @Test
    void whereTheStoreChecksNothingAHeadSeesTheChange() {
        World world = new World(MemoryOptions.S3_LIKE, MemoryOptions.WEAK);
        world.put(world.prod, "a", "old").put(world.dev, "a", "ours");
        world.destination.fails(store ->
                store.on(StoreOperation.HEAD).key("a").nth(1).runsBefore(() -> world.put(world.prod, "a", "theirs")));

        assertLeftAlone(world, "theirs");
    }

    @Test
    void whereTheStoreChecksNothingEveryWriteCountsAsUnguarded() {
        World world = new World(MemoryOptions.S3_LIKE, MemoryOptions.WEAK);
        world.put(world.prod, "a", "old").put(world.dev, "a", "ours").put(world.dev, "b", "ours");

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().unguarded()).isEqualTo(2);
        assertThat(world.destination.keys(StoreOperation.HEAD)).containsExactly("a");
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("unguarded"));
    }

    private static void assertLeftAlone(World world, String expected) {
        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo(expected);
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(report.counts().changed()).isZero();
        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).startsWith("stale"));
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void applyNeverPlansAnew(Route route, @TempDir Path folder) {
        World world = route.world();
        world.put(world.prod, "b", "old").put(world.prod, "c", "gone");
        world.put(world.dev, "a", "first").put(world.dev, "b", "second");
        Path file = written(world, folder);
        world.put(world.dev, "a", "other").put(world.prod, "b", "theirs").put(world.prod, "c", "touched");

        RunReport report = world.replicator.apply(WrittenPlan.open(file), World.mirror(), RunOptions.defaults());

        assertThat(text(world, "a")).isEqualTo("(absent)");
        assertThat(text(world, "b")).isEqualTo("theirs");
        assertThat(text(world, "c")).isEqualTo("touched");
        assertThat(report.counts().stale()).isEqualTo(3);
        assertThat(report.counts().changed()).isZero();
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
    }

    private static Path written(World world, Path folder) {
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("plan.jsonl");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(World.mirror(), world.clock.instant()))) {
            world.replicator.plan(World.mirror(), writer, RunOptions.defaults());
            writer.finish(true, "");
        }
        return file;
    }
}
