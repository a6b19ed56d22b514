package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same between servers that are not ours, where they are: moto and S3Proxy for S3, fake-gcs-server and
 * gcp-storage-emulator for Cloud Storage.
 */
@Tag("long")
@Timeout(300)
class IndependentServersTest {
    /**
     * Between whom objects that move in parts are left out: one serves one connection at a time, where parts are read
     * several at once; S3Proxy answers the native client's start of an upload in a way it doesn't understand.
     */
    private static final Set<List<Independent.Server>> WITHOUT_PARTS = Set.of(
            List.of(Independent.Server.GCP_STORAGE_EMULATOR, Independent.Server.MOTO),
            List.of(Independent.Server.GCP_STORAGE_EMULATOR, Independent.Server.S3PROXY),
            List.of(Independent.Server.DIRECTORY, Independent.Server.S3PROXY));

    @TempDir
    static Path directory;

    private static Independent servers;

    private final Replicator replicator = Replicator.create(Stores.onClassPath(), Clock.systemUTC(), Map.of());

    @BeforeAll
    static void start() {
        servers = new Independent(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    /** Every server is source and destination; those of one cloud with each other only where one is meant twice. */
    static Stream<Arguments> pairs() {
        return Stream.of(Independent.Server.values())
                .flatMap(source -> Stream.of(Independent.Server.values())
                        .filter(destination ->
                                source != Independent.Server.DIRECTORY || destination != Independent.Server.DIRECTORY)
                        .filter(destination -> source == destination || source.kind() != destination.kind())
                        .map(destination -> Arguments.of(source, destination)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void carryObjectsOnceAndNotTwice(Independent.Server from, Independent.Server to) throws Exception {
        Stream.of(from, to).forEach(server -> Assumptions.assumeTrue(server.isAvailable(), server.missing()));
        Side source = servers.open(from);
        Side destination = servers.open(to);
        ReplicationJob job = servers.job(source, destination, from, to)
                .withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 10, 100));
        boolean inParts = !WITHOUT_PARTS.contains(List.of(from, to));
        SortedMap<String, byte[]> objects = objects(inParts);
        objects.forEach(source::put);
        destination.put("only there", Bytes.random(10));

        RunReport first = run(job);
        assertCarried(first, objects.size(), source, destination);
        assertThat(first.counts().deleted()).isEqualTo(1);
        assertASecondRunWritesNothing(job, source, destination);

        nextSecond();
        source.put("small", Bytes.random(1_000, 99));
        source.put("large", large(inParts, 6));
        source.remove("one byte");
        RunReport second = run(job);
        assertThat(second.counts().overwritten()).isEqualTo(2);
        assertThat(second.counts().deleted()).isEqualTo(1);
        assertCarried(second, 0, source, destination);
        assertASecondRunWritesNothing(job, source, destination);
    }

    /** A directory takes the source's times, and moto's and S3Proxy's tell seconds: a change within one hides (ADR 4). */
    private static void nextSecond() {
        long now = Instant.now().getEpochSecond();
        await().pollInterval(Duration.ofMillis(20)).until(() -> Instant.now().getEpochSecond() > now);
    }

    private static byte[] large(boolean inParts, int more) {
        return Bytes.random((inParts ? servers.part() : 100_000) + more, more);
    }

    private static SortedMap<String, byte[]> objects(boolean inParts) {
        SortedMap<String, byte[]> objects = new TreeMap<>();
        objects.put("a b/\u00e9+%.txt", Bytes.random(100));
        objects.put("empty", new byte[0]);
        objects.put("one byte", new byte[1]);
        objects.put("small", Bytes.random(1_000));
        objects.put("large", large(inParts, 5));
        return objects;
    }

    private RunReport run(ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    private static void assertCarried(RunReport report, int copied, Side source, Side destination) {
        assertThat(report.problem()).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.counts().copied()).isEqualTo(copied);
        assertThat(destination.contents()).isEqualTo(source.contents());
    }

    private void assertASecondRunWritesNothing(ReplicationJob job, Side source, Side destination) {
        source.watch();
        destination.watch();

        RunReport second = run(job);

        assertThat(second.outcome()).as(second.toString()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(source.writes()).isEmpty();
        assertThat(destination.writes()).isEmpty();
    }
}
