package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.CONTROL;
import static dev.replicator.engine.BaselineTest.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.execute.Cancellation;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a baseline costs one full comparison, which the report says, and never data. */
class DamagedBaselineTest {
    private static final String CURRENT = CONTROL + "baseline/current.json";

    /** Three paths, so three chunks. */
    private static ReplicationJob job(String name) {
        return World.job()
                .withName(name)
                .withPaths(Stream.of("a/", "b/", "c/")
                        .map(folder -> new PrefixPair(KeyPrefix.of(folder), KeyPrefix.of(folder)))
                        .toList());
    }

    private static final ReplicationJob JOB = job("media");

    private World world = new World();

    private World synced(MemoryOptions options) {
        world = new World(options, options);
        for (String folder : List.of("a/", "b/", "c/")) {
            world.fill(world.dev, folder, 10);
        }
        assertThat(world.run(JOB).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.run(JOB).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        world.clock.advance(Duration.ofHours(1));
        return world;
    }

    private static List<String> control(World world) {
        return world.prod.names().stream()
                .filter(name -> name.startsWith(CONTROL + "baseline/"))
                .toList();
    }

    private static void replace(World world, String name, byte[] content) {
        world.prod.put(ObjectKey.of(name), content, ObjectMetadata.NONE, world.clock.instant());
    }

    private static byte[] content(World world, String name) {
        return world.prod.get(name).orElseThrow().bytes();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes a baseline of another kind in a world of its own, and puts it in the place of ours. */
    private static void transplant(World world, ReplicationJob other, World from) {
        from.run(other);
        String prefix = other.controlPrefix().text();
        control(world).forEach(world.prod::remove);
        for (String name : List.copyOf(from.prod.names())) {
            if (name.startsWith(prefix + "baseline/")) {
                byte[] bytes = content(from, name);
                from.prod.remove(name);
                replace(world, CONTROL + name.substring(prefix.length()), bytes);
            }
        }
    }

    static Stream<Arguments> damages() {
        List<Arguments> damages = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            int number = part;
            for (String where : List.of("at its start", "in its middle", "before its end")) {
                add(damages, "object " + part + " torn " + where, (world, name) -> {
                    byte[] whole = content(world, control(world).get(number));
                    int length = where.equals("at its start")
                            ? 0
                            : where.equals("in its middle") ? whole.length / 2 : whole.length - 2;
                    replace(world, control(world).get(number), Arrays.copyOf(whole, length));
                });
            }
            add(damages, "object " + part + " with a flipped bit", (world, name) -> {
                byte[] whole = content(world, control(world).get(number)).clone();
                whole[whole.length / 2] ^= 4;
                replace(world, control(world).get(number), whole);
            });
            add(damages, "object " + part + " with more behind it", (world, name) -> {
                byte[] whole = content(world, control(world).get(number));
                byte[] longer = Arrays.copyOf(whole, whole.length + 7);
                Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
                replace(world, control(world).get(number), longer);
            });
        }
        for (int part = 0; part < 3; part++) {
            int number = part;
            add(
                    damages,
                    "chunk " + part + " missing",
                    (world, name) -> world.prod.remove(control(world).get(number)));
            add(damages, "another chunk in the place of chunk " + part, (world, name) -> {
                List<String> names = control(world);
                replace(world, names.get(number), content(world, names.get((number + 1) % 3)));
            });
        }
        add(
                damages,
                "all chunks missing",
                (world, name) -> control(world).stream()
                        .filter(key -> !key.equals(CURRENT))
                        .forEach(world.prod::remove));
        add(damages, "an empty manifest", (world, name) -> replace(world, CURRENT, new byte[0]));
        add(damages, "no manifest at all", (world, name) -> replace(world, CURRENT, text("<html>Sign in</html>\n{}")));
        add(damages, "a newer format", (world, name) -> {
            String line = new String(content(world, CURRENT), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .replace("\"format\":1", "\"format\":2");
            replace(world, CURRENT, sealed(line));
        });
        add(
                damages,
                "a sealed manifest of nonsense",
                (world, name) -> replace(
                        world,
                        CURRENT,
                        sealed("{\"format\":1,\"chunks\":[{\"name\":\"../../media/x\",\"pair\":-1}],\"paths\":7}")));
        add(
                damages,
                "another job's, of other paths",
                (world, name) -> transplant(
                        world,
                        World.job("memory://dev", "memory://prod")
                                .withName("other")
                                .withPaths(List.of(new PrefixPair(KeyPrefix.of("a/"), KeyPrefix.of("elsewhere/")))),
                        fresh()));
        add(
                damages,
                "another destination's",
                (world, name) -> transplant(
                        world, World.job("memory://dev", "memory://prod/deeper").withName("other"), fresh()));
        add(
                damages,
                "another source's",
                (world, name) -> transplant(
                        world, World.job("memory://dev/b", "memory://prod").withName("other"), fresh()));
        return damages.stream();
    }

    private static World fresh() {
        World fresh = new World();
        fresh.fill(fresh.dev, "a/", 4);
        fresh.fill(fresh.dev, "b/", 4);
        return fresh;
    }

    private static byte[] sealed(String line) {
        byte[] bytes = text(line + "\n");
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return text(line + "\n{\"sha256\":\"" + digest + "\"}\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(List<Arguments> damages, String name, BiConsumer<World, String> damage) {
        damages.add(Arguments.of(name, damage));
    }

    /** The source changed here and there, and lost two objects; somebody edited, deleted and added in the destination. */
    private void changed() {
        world.put(world.dev, "a/00003", "changed in the source");
        world.put(world.dev, "b/00003", "changed in the source");
        world.put(world.dev, "c/new", "new");
        world.dev.remove("a/00004");
        world.put(world.prod, "b/00005", "edited by hand");
        world.prod.remove("c/00006");
        world.put(world.prod, "c/by-hand", "added by hand");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void costsOneFullComparison(String name, BiConsumer<World, String> damage) {
        synced(MemoryOptions.S3_LIKE);
        changed();
        damage.accept(world, name);

        RunReport report = world.run(JOB);

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().failed() + report.counts().deleted()).isZero();
        assertThat(report.warnings())
                .filteredOn(warning -> warning.contains("baseline"))
                .hasSize(1);
        assertThat(published(world))
                .containsAllEntriesOf(World.texts(world.dev))
                .containsEntry("c/by-hand", "added by hand");
        RunReport next = world.run(JOB);
        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(next.warnings()).isEmpty();
        world.put(world.dev, "a/00001", "changed");
        world.dev.put("b/00001", "CONTENT 1", Instant.EPOCH);
        assertThat(world.run(JOB).counts().overwritten())
                .as("a source that was set back")
                .isEqualTo(2);
    }

    /** Deletes and overwrites are judged by what comparing finds, never by what a damaged baseline says. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void keepKeepsWhatMayBeSomebodysWork(String name, BiConsumer<World, String> damage) {
        synced(MemoryOptions.S3_LIKE);
        changed();
        damage.accept(world, name);

        RunReport report = world.run(World.mirror(JOB).withOnDrift(DriftPolicy.KEEP));

        assertThat(report.counts().failed()).isZero();
        assertThat(published(world))
                .containsEntry("b/00005", "edited by hand")
                .containsEntry("c/by-hand", "added by hand")
                .containsEntry("a/00003", "changed in the source")
                .containsEntry("c/new", "new");
        assertThat(world.run(World.mirror(JOB).withOnDrift(DriftPolicy.KEEP)).outcome())
                .isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(published(world))
                .containsEntry("b/00005", "edited by hand")
                .containsEntry("c/by-hand", "added by hand");
    }

    /** Lost as a whole it looks like a first run; that too deletes and overwrites nobody's work under keep. */
    @Test
    void lostAsAWholeItLooksLikeAFirstRun() {
        synced(MemoryOptions.S3_LIKE);
        changed();
        control(world).forEach(world.prod::remove);

        RunReport report = world.run(World.mirror(JOB).withOnDrift(DriftPolicy.KEEP));

        assertThat(report.warnings())
                .singleElement()
                .asString()
                .contains("leaves 3 as others left them", "--on-drift overwrite");
        assertThat(report.counts().deleted()).isZero();
        assertThat(published(world))
                .containsEntry("b/00005", "edited by hand")
                .containsEntry("c/by-hand", "added by hand")
                .containsEntry("b/00003", "changed in the source");
        assertThat(world.run(World.mirror(JOB)).counts().deleted())
                .as("who does not keep drift deletes it")
                .isEqualTo(2);
    }

    /** Stopped half way: what was copied is known, the rest is as the last run left it. */
    @ParameterizedTest
    @EnumSource(MemoryOptions.Versions.class)
    void aRunThatWasCancelledHalfWayLeavesWhatItKnows(MemoryOptions.Versions versions) {
        synced(MemoryOptions.S3_LIKE.withVersions(versions));
        for (int i = 0; i < 10; i++) {
            world.put(world.dev, "b/0000" + i, "changed " + i);
        }
        world.prod.put("c/00001", "edited!!!", world.clock.instant());
        Cancellation cancellation = new Cancellation();
        world.destination.fails(
                store -> store.on(StoreOperation.COPY).nth(4).runsAfter(() -> cancellation.cancel("enough")));

        RunReport stopped = world.run(
                JOB.withTransfer(JOB.transfer().withConcurrency(1)),
                RunOptions.defaults().withCancellation(cancellation));
        world.destination.heal();
        Map<String, String> left = new TreeMap<>(published(world));
        RunReport next = world.run(JOB);

        assertThat(stopped.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(stopped.counts().overwritten()).isBetween(1L, 9L);
        assertThat(left.values()).contains("changed 0").contains("content 9");
        assertThat(next.counts().overwritten()).isEqualTo(10 - stopped.counts().overwritten());
        assertThat(next.counts().drifted()).as("the edit, and none of ours").isEqualTo(1);
        assertThat(next.warnings()).isEmpty();
        assertThat(World.texts(world.dev).entrySet().stream()
                        .filter(one -> one.getKey().startsWith("b/")))
                .allMatch(one -> one.getValue().equals(published(world).get(one.getKey())));
    }

    /** The write came about, its answer did not, and its repeat was refused: that manifest is this run's all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aManifestWhoseAnswerWasLostIsBelieved(boolean first) {
        if (!first) {
            synced(MemoryOptions.S3_LIKE);
        }
        world.put(world.dev, "a/new", "new");
        world.destination.fails(
                store -> store.on(StoreOperation.WRITE).key(CURRENT).nth(1).losesItsAnswer());

        RunReport report = world.run(JOB);

        assertThat(report.warnings()).isEmpty();
        assertThat(control(world)).hasSizeGreaterThan(1);
        world.destination.heal();
        RunReport next = world.run(JOB);
        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(next.warnings()).isEmpty();
    }

    /** The next run has built on this one's parts before this one's repeat was refused. */
    @Test
    void partsThatAnothersManifestNamesStay() {
        synced(MemoryOptions.S3_LIKE);
        world.put(world.dev, "a/new", "new");
        world.destination.fails(store -> {
            store.on(StoreOperation.WRITE).key(CURRENT).nth(1).runsAfter(() -> {
                byte[] ours = content(world, CURRENT);
                replace(world, CURRENT, ours);
            });
            store.on(StoreOperation.WRITE).key(CURRENT).nth(1).losesItsAnswer();
        });

        world.run(JOB);

        world.destination.heal();
        RunReport next = world.run(JOB);
        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(next.warnings()).isEmpty();
    }

    /** Killed: nothing was written down of what it copied; heads tell that it is ours. */
    @ParameterizedTest
    @EnumSource(MemoryOptions.Versions.class)
    void aRunThatWasKilledLeavesTheLastOnesBaseline(MemoryOptions.Versions versions) {
        synced(MemoryOptions.S3_LIKE.withVersions(versions));
        for (int i = 0; i < 10; i++) {
            world.put(world.dev, "b/0000" + i, "changed " + i);
        }
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .keys(key -> key.text().startsWith(CONTROL))
                .isDenied());
        world.destination.fails(store -> store.on(StoreOperation.COPY)
                .keys(key -> key.text().compareTo("b/00005") >= 0)
                .isDenied());
        world.destination.fails(store -> store.on(StoreOperation.WRITE)
                .keys(key -> key.text().compareTo("b/00005") >= 0)
                .isDenied());
        world.run(JOB);
        world.destination.heal();

        RunReport next = world.run(JOB.withOnDrift(DriftPolicy.KEEP));

        assertThat(next.counts().overwritten()).isEqualTo(5);
        assertThat(next.counts().drifted() + next.counts().skipped()).isZero();
        assertThat(published(world)).isEqualTo(World.texts(world.dev));
        assertThat(world.run(JOB).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** Two runs at once: the second begins, ends and leaves its baseline while the first copies. */
    @ParameterizedTest
    @EnumSource(MemoryOptions.Versions.class)
    void ofTwoRunsAtOnceNeitherTakesTheOthersCopiesForDrift(MemoryOptions.Versions versions) {
        synced(MemoryOptions.S3_LIKE.withVersions(versions));
        for (int i = 0; i < 6; i++) {
            world.put(world.dev, "b/0000" + i, "changed " + i);
        }
        AtomicBoolean begun = new AtomicBoolean();
        List<RunReport> inner = new ArrayList<>();
        world.destination.fails(store -> store.on(StoreOperation.COPY)
                .key("b/00003")
                .runsBefore(() -> {
                    if (begun.compareAndSet(false, true)) {
                        inner.add(world.run(JOB));
                    }
                }));

        RunReport outer = world.run(JOB);
        world.destination.heal();

        assertThat(inner).hasSize(1);
        assertThat(outer.counts().failed() + inner.get(0).counts().failed()).isZero();
        assertThat(published(world)).isEqualTo(World.texts(world.dev));
        assertThat(outer.warnings()).anyMatch(warning -> warning.contains("written by another run meanwhile"));
        RunReport next = world.run(JOB.withOnDrift(DriftPolicy.KEEP));
        assertThat(next.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(next.counts().drifted()).isZero();
        assertThat(next.warnings()).isEmpty();
    }
}
