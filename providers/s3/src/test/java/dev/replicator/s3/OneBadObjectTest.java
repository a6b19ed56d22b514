package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.s3.FakeBucket.SOURCE;
import static dev.replicator.testkit.s3.model.S3Operation.COPY_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.GET_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.LIST_OBJECTS_V2;
import static dev.replicator.testkit.s3.model.S3Operation.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.execute.Problem;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Stores;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Operation;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs between two buckets in which one object, or everything, is refused. */
class OneBadObjectTest {
    private static final int LONGEST = 1_024;

    private final FakeBucket photos = new FakeBucket();
    private final Replicator replicator = Replicator.create(
            Stores.of(new S3StoreProvider()), Clock.systemUTC(), S3Harness.environment(photos.server()));

    @BeforeEach
    void fill() {
        for (String key : List.of("a", "b", "c")) {
            photos.fake.put(SOURCE, key, new byte[] {1, 2, 3});
        }
    }

    @AfterEach
    void close() {
        photos.close();
    }

    private StoreSettings bucket(String name) {
        return S3Harness.settings(photos.server(), name);
    }

    private StoreSettings withoutCopies() {
        Set<Capability> capabilities = EnumSet.copyOf(photos.server().capabilities());
        capabilities.remove(Capability.SERVER_SIDE_COPY);
        return bucket(BUCKET).withCapabilities(capabilities);
    }

    private RunReport run(ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"SIGNATURE_DOES_NOT_MATCH", "REQUEST_TIME_TOO_SKEWED"})
    void aSignatureRefusedForOneObjectFailsThatObject(ErrorCode code) {
        for (S3Operation operation : List.of(GET_OBJECT, PUT_OBJECT)) {
            photos.fake.faults().clear();
            photos.fake.delete(BUCKET, "a");
            photos.fake.delete(BUCKET, "c");
            photos.fake.faults().on(operation).key("b").inject(Fault.error(code));

            RunReport report = run(ReplicationJob.of(bucket(SOURCE), withoutCopies()));

            assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.PARTIAL);
            assertThat(report.counts().copied()).isEqualTo(2);
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.message()).contains(code.code()).contains("/b"));
        }
    }

    @Test
    void aSecretThatIsWrongEndsTheRunAtItsListing() {
        photos.fake.faults().on(LIST_OBJECTS_V2).inject(Fault.error(ErrorCode.SIGNATURE_DOES_NOT_MATCH));

        RunReport report = run(ReplicationJob.of(bucket(SOURCE), bucket(BUCKET)));

        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.ACCESS);
        assertThat(photos.fake.log().count(COPY_OBJECT)).isZero();
    }

    /** S3 holds keys of 1,024 bytes; the prefix counts. */
    @ParameterizedTest
    @EnumSource(Route.class)
    void aKeyThatIsTooLongBehindTheDestinationsPrefixIsSkippedByName(Route route) {
        String fits = "x".repeat(LONGEST - 2);
        String tooLong = "y".repeat(LONGEST - 1);
        photos.fake.put(SOURCE, fits, new byte[] {1});
        photos.fake.put(SOURCE, tooLong, new byte[route == Route.PARTS ? 3 * MIB : 1]);
        StoreSettings destination = route == Route.SERVER_SIDE ? bucket(BUCKET) : withoutCopies();

        RunReport report = run(ReplicationJob.of(bucket(SOURCE), destination)
                .withPaths(List.of(new PrefixPair(KeyPrefix.NONE, KeyPrefix.ofFolder("p")))));

        assertThat(report.counts().failed()).as("%s", report.failures()).isZero();
        assertThat(report.counts().skipped()).isEqualTo(1);
        assertThat(report.counts().copied()).isEqualTo(4);
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(photos.fake.find(BUCKET, "p/" + fits)).isPresent();
    }

    private enum Route {
        SERVER_SIDE,
        STREAMED,
        PARTS
    }
}
