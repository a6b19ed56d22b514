package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.CompareMode;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.RequestKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A source that was replaced by as many bytes while a slow copy of it went on, by a run that was killed right after: the
 * copy is later than the change. Google's listings show which version it was made from.
 */
@Timeout(60)
class HiddenByACopysTimeTest {
    private static final String KEY = "a/b.bin";

    @TempDir
    static Path directory;

    private static Fakes fakes;

    @BeforeAll
    static void start() {
        fakes = new Fakes(directory);
    }

    @AfterAll
    static void stop() {
        fakes.close();
    }

    @BeforeEach
    void now() {
        fakes.setToNow();
    }

    static Stream<Arguments> sourcesAndSizes() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(1_000, 2 * Fakes.PART + 1_234).map(size -> Arguments.of(kind, size)));
    }

    private static void later() {
        fakes.clock.advance(Duration.ofMinutes(1));
    }

    /** Bytes go through this process, also within one service. */
    private static ReplicationJob job(Side source, Side destination) {
        ReplicationJob job = Fakes.job(source, destination);
        return job.withMetadata(new MetadataPolicy(true, true, Map.of("cache-control", "no-cache")));
    }

    private static void assertSendsNothingButLists(ReplicationJob job) {
        later();

        RunReport report = fakes.run(job);

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.requests().keySet()).isSubsetOf(Set.of(RequestKind.LIST));
    }

    private static void replaceAsOf(Side source, int size, Instant modified) {
        source.put(KEY, Bytes.random(size, 2));
        source.date(KEY, modified);
    }

    private static Side copied(Side source, int size) {
        Side destination = fakes.open(Kind.GCS);
        source.put(KEY, Bytes.random(size));
        later();
        assertThat(fakes.run(job(source, destination)).counts().copied()).isEqualTo(1);
        return destination;
    }

    @ParameterizedTest(name = "{0}, {1} bytes")
    @MethodSource("sourcesAndSizes")
    void isCopiedByTheNextRunAndThenNoMore(Kind kind, int size) {
        Side source = fakes.open(kind);
        Side destination = copied(source, size);
        replaceAsOf(source, size, source.modified(KEY).plusSeconds(10));
        later();

        RunReport next = fakes.run(job(source, destination).withName("media"));

        assertThat(next.counts().overwritten()).isEqualTo(1);
        assertThat(destination.contents()).isEqualTo(source.contents());
        later();
        assertThat(fakes.run(job(source, destination).withName("media")).outcome())
                .isEqualTo(Outcome.NOTHING_TO_DO);
        assertSendsNothingButLists(job(source, destination));
    }

    @ParameterizedTest(name = "{0}, {1} bytes")
    @MethodSource("sourcesAndSizes")
    void whatWasCopiedAsItIsCostsNothing(Kind kind, int size) {
        Side source = fakes.open(kind);
        Side destination = copied(source, size);

        assertSendsNothingButLists(job(source, destination));
    }

    /** An image, a checkout: other inodes, and times that were cut or set. */
    @Test
    void filesOfOtherInodesThatAreNoLaterThanWhatWasCopiedAreTheSame() {
        Side source = fakes.open(Kind.DIRECTORY);
        Side destination = copied(source, 1_000);
        Instant copied = source.modified(KEY);
        source.put(KEY, Bytes.random(1_000));
        source.date(KEY, copied);
        assertSendsNothingButLists(job(source, destination));

        source.date(KEY, Instant.ofEpochSecond(copied.getEpochSecond()));
        assertSendsNothingButLists(job(source, destination));

        source.date(KEY, copied.minus(Duration.ofDays(400)));
        assertSendsNothingButLists(job(source, destination));
    }

    /** Copies by other programs carry our notes along. */
    @Test
    void aNoteOfAnotherVersionIsNothingWhereTheListingsDigestsAgree() {
        Side source = fakes.open(Kind.S3);
        Side destination = copied(source, 1_000);

        destination.describe(KEY, Map.of(ObjectMetadata.SOURCE_VERSION, "another"));

        assertSendsNothingButLists(job(source, destination));
    }

    @Test
    void metadataThatAloneWereEditedMakeNoOtherVersion() {
        Side source = fakes.open(Kind.GCS);
        Side destination = copied(source, 1_000);

        source.describe(KEY, Map.of("visibility", "private"));

        assertSendsNothingButLists(job(source, destination));
    }

    /** What others restored carries the note of the version it was made from too; their work is judged by the job's rule. */
    @ParameterizedTest
    @EnumSource(names = {"REPORT", "KEEP"})
    void anOlderCopyThatOthersRestoredIsDriftAndNotOverwritten(DriftPolicy policy) {
        Side source = fakes.open(Kind.S3);
        Side destination = fakes.open(Kind.GCS);
        source.put(KEY, Bytes.random(1_000));
        ReplicationJob media = job(source, destination).withName("media").withOnDrift(policy);
        later();
        fakes.run(media);
        later();
        destination.put(KEY, Bytes.random(1_000, 3));
        destination.describe(KEY, Map.of(ObjectMetadata.SOURCE_VERSION, "older"));
        later();

        RunReport known = fakes.run(media);
        fakes.gcs.keys(((GcsSide) destination).bucket()).stream()
                .filter(Names::isOurs)
                .forEach(destination::remove);
        RunReport lost = fakes.run(media.withOnDrift(DriftPolicy.KEEP));

        assertThat(known.counts().drifted()).isEqualTo(1);
        assertThat(known.counts().overwritten() + lost.counts().overwritten()).isZero();
        assertThat(lost.warnings()).anyMatch(warning -> warning.contains("leaves 1 as others left them"));
    }

    /** A store that copies by itself carries along what the source's object was made from. */
    @ParameterizedTest
    @EnumSource(names = {"S3", "DIRECTORY"})
    void whatTheServiceItselfCopiedIsNotJudgedByTheNoteOfItsSource(Kind origin) {
        Side from = fakes.open(origin);
        Side source = copied(from, 1_000);
        Side destination = fakes.open(Kind.GCS);
        later();
        assertThat(fakes.run(Fakes.job(source, destination)).counts().copied()).isEqualTo(1);

        assertSendsNothingButLists(Fakes.job(source, destination));
        assertSendsNothingButLists(job(source, destination));
    }

    @Test
    void whoAsksForSizesAloneGetsNoMore() {
        Side source = fakes.open(Kind.S3);
        Side destination = copied(source, 1_000);
        replaceAsOf(source, 1_000, source.modified(KEY).plusSeconds(10));

        assertSendsNothingButLists(job(source, destination).withCompare(CompareMode.SIZE_ONLY));
    }
}
