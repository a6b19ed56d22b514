package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.engine.Faults.Expected;
import dev.replicator.execute.Problem;
import dev.replicator.job.CompareMode;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of a store times every way it can fail: the right result or a loud failure, and the others unharmed. */
class FaultMatrixTest {
    private static final String VICTIM = "a/00005";
    private static final int OBJECTS = 12;

    /** Where an object's way can break. */
    enum Place {
        SERVER_SIDE_COPY(StoreOperation.COPY, 1, false, false),
        STREAMED_METADATA(StoreOperation.READ, 1, true, true),
        /** Opened while the write is under way. */
        STREAMED_BYTES(StoreOperation.READ, 2, true, true),
        STREAMED_WRITE(StoreOperation.WRITE, 1, false, true);

        final StoreOperation operation;
        final int firstCall;
        final boolean onSource;
        final boolean streaming;

        Place(StoreOperation operation, int firstCall, boolean onSource, boolean streaming) {
            this.operation = operation;
            this.firstCall = firstCall;
            this.onSource = onSource;
            this.streaming = streaming;
        }

        World world() {
            return streaming ? World.streaming() : new World();
        }

        World.Side side(World world) {
            return onSource ? world.source : world.destination;
        }
    }

    static Stream<Arguments> copies() {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Faults.values()).map(fault -> Arguments.of(place, fault)));
    }

    @ParameterizedTest
    @MethodSource("copies")
    void aFaultWhileCopying(Place place, Faults fault) {
        World world = place.world();
        world.fill(world.dev, "a/", OBJECTS);
        world.put(world.prod, VICTIM, "old").put(world.dev, VICTIM, "the victim's new content");
        place.side(world)
                .fails(store -> fault.strikeFrom(store.on(place.operation).key(VICTIM), place.firstCall));

        RunReport report = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> world.run(World.job()));

        assertNothingIsHalfDone(world);
        boolean arrived = world.prod.get(VICTIM).orElseThrow().text().equals("the victim's new content");
        assertThat(report.outcome().isSuccess()).as(report.toString()).isEqualTo(arrived);
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        assertThat(place.side(world).keys(place.operation).stream()
                        .filter(VICTIM::equals)
                        .count())
                .isLessThanOrEqualTo(13);
        assertAs(fault.whenCopying(place.operation), report);
        if (report.problem().isEmpty()) {
            Map<String, String> others = World.texts(world.dev);
            others.remove(VICTIM);
            assertThat(World.texts(world.prod)).containsAllEntriesOf(others);
        }
    }

    /** Each object in the destination is one of the two whole contents there ever were. */
    private static void assertNothingIsHalfDone(World world) {
        Map<String, String> source = World.texts(world.dev);
        new TreeMap<>(World.texts(world.prod))
                .forEach((key, text) -> assertThat(text).isIn(source.get(key), "old"));
    }

    private static void assertAs(Expected expected, RunReport report) {
        switch (expected) {
            case RIGHT -> {
                assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
                assertThat(report.failures()).isEmpty();
                assertThat(report.counts().changed()).isEqualTo(OBJECTS);
            }
            case SKIPPED -> {
                assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
                assertThat(report.counts().skipped()).isEqualTo(1);
            }
            case STALE -> {
                assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
                assertThat(report.counts().stale()).isEqualTo(1);
                assertThat(report.counts().failed()).isZero();
            }
            case FAILED -> {
                assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
                assertThat(report.counts().failed()).isEqualTo(1);
                assertThat(report.failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.key()).isEqualTo(VICTIM);
                    assertThat(failure.message()).isNotBlank();
                });
            }
            case NO_ACCESS -> {
                assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.ACCESS);
            }
            case NO_SPACE -> {
                assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.FAILED);
            }
            default -> throw new IllegalStateException("unknown expectation " + expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Faults.class)
    void aFaultWhileDeleting(Faults fault) {
        World world = mirrored();
        world.destination.fails(
                store -> fault.strike(store.on(StoreOperation.DELETE).key("extra/00001")));

        RunReport report = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> world.run(World.mirror()));

        boolean gone = world.prod.get("extra/00001").isEmpty();
        assertThat(report.outcome().isSuccess()).as(report.toString()).isEqualTo(gone);
        assertThat(World.texts(world.prod)).containsAllEntriesOf(World.texts(world.dev));
        if (gone) {
            assertThat(report.counts().deleted()).isEqualTo(3);
            assertThat(report.counts().stale()).isZero();
        } else if (report.problem().isEmpty()) {
            assertThat(report.counts().deleted()).isEqualTo(2);
            assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        }
        assertThat(gone).isEqualTo(fault.recovers());
    }

    /** The head that shows that the source still lacks the key; whatever it says but "no such key" keeps the object. */
    @ParameterizedTest
    @EnumSource(Faults.class)
    void aFaultOfTheHeadBeforeADelete(Faults fault) {
        World world = mirrored();
        world.source.fails(store -> fault.strike(store.on(StoreOperation.HEAD).key("extra/00001")));

        RunReport report = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> world.run(World.mirror()));

        boolean gone = world.prod.get("extra/00001").isEmpty();
        assertThat(gone).isEqualTo(fault.recovers());
        assertThat(report.outcome().isSuccess()).as(report.toString()).isEqualTo(gone);
        assertThat(World.texts(world.prod)).containsAllEntriesOf(World.texts(world.dev));
    }

    private static World mirrored() {
        World world = new World();
        world.fill(world.dev, "a/", OBJECTS);
        world.fill(world.prod, "a/", OBJECTS);
        world.fill(world.prod, "extra/", 3);
        return world;
    }

    static Stream<Arguments> listings() {
        return Stream.of(true, false)
                .flatMap(onSource -> Arrays.stream(Faults.values()).map(fault -> Arguments.of(onSource, fault)));
    }

    @ParameterizedTest
    @MethodSource("listings")
    void aFaultWhileListing(boolean onSource, Faults fault) {
        World world = mirrored();
        world.put(world.dev, "a/new", "1");
        for (World.Side side : java.util.List.of(world.source, world.destination)) {
            side.wrapped(store -> new PagedStore(store, 5));
        }
        (onSource ? world.source : world.destination)
                .fails(store -> fault.strikeFrom(store.on(StoreOperation.LIST_PAGE), 2));

        RunReport report = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> world.run(World.mirror()));

        if (fault.recovers()) {
            assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
            return;
        }
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.problem()).map(Problem::kind).contains(fault.problemOfAListing());
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        assertThat(world.prod.names()).contains("extra/00000", "extra/00001", "extra/00002");
    }

    /** The head that settles a doubt: what it can't say is settled by copying. */
    @ParameterizedTest
    @EnumSource(Faults.class)
    void aFaultWhileSettlingADoubt(Faults fault) {
        MemoryOptions generations = MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE);
        World world = new World(generations, generations);
        world.fill(world.dev, "a/", OBJECTS);
        world.dev
                .keys()
                .forEach(key -> world.prod.put(
                        key,
                        world.dev.get(key).orElseThrow().bytes(),
                        dev.replicator.store.ObjectMetadata.NONE,
                        world.clock.instant()));
        world.prod.put(VICTIM, "CONTENT 5", world.clock.instant());
        world.destination.fails(
                store -> fault.strike(store.on(StoreOperation.HEAD).key(VICTIM)));

        RunReport report = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> world.run(World.job().withCompare(CompareMode.CHECKSUM)));

        if (fault.whenCopying(StoreOperation.HEAD) == Expected.NO_ACCESS) {
            assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.ACCESS);
            return;
        }
        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().overwritten()).isEqualTo(1);
    }
}
