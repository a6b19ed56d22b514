package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.listing.LyingListing;
import dev.replicator.testkit.s3.model.S3Operation;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A listing that lies never costs an object, on either side, with deletes on. */
@Timeout(60)
class LyingListingTest {
    /** Of twelve plain keys these say nothing that is wrong. */
    private static final Set<LyingListing> HARMLESS_HERE =
            EnumSet.of(LyingListing.MORE_KEYS_THAN_ASKED, LyingListing.ENCODING_NOT_ECHOED);

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    static Stream<Arguments> lies() {
        return Stream.of(LyingListing.values())
                .flatMap(lie -> Stream.of("dev", "prod").map(bucket -> Arguments.of(lie, bucket)));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aLieDeletesNothing(LyingListing lie, String bucket) {
        try (FakeS3 server = FakeS3.start()) {
            fill(server);
            List<String> before = server.keys("prod");
            server.faults().on(S3Operation.LIST_OBJECTS_V2).bucket(bucket).inject(new Fault.Lie(lie));

            RunReport report = TwoSides.replicator(server)
                    .run(TwoSides.mirror("s3://dev/site", "s3://prod/site"), RunOptions.defaults());

            if (HARMLESS_HERE.contains(lie)) {
                assertThat(server.keys("prod")).containsAll(server.keys("dev"));
            } else if (lie.showsInOneListing()) {
                assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(server.keys("prod")).containsAll(before);
                assertThat(server.log().count(S3Operation.DELETE_OBJECT)).isZero();
            } else if (lie == LyingListing.EMPTY_AND_COMPLETE && bucket.equals("dev")) {
                assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(server.log().count(S3Operation.DELETE_OBJECT)).isZero();
            }
        }
    }

    /** What a listing hides without a trace, a head right before each delete still finds. */
    @ParameterizedTest
    @MethodSource("lies")
    void noObjectIsDeletedThatTheSourceHas(LyingListing lie, String bucket) {
        try (FakeS3 server = FakeS3.start()) {
            fill(server);
            server.faults().on(S3Operation.LIST_OBJECTS_V2).bucket(bucket).inject(new Fault.Lie(lie));

            TwoSides.replicator(server).run(TwoSides.mirror("s3://dev/site", "s3://prod/site"), RunOptions.defaults());

            assertThat(server.keys("prod"))
                    .containsAll(server.keys("dev").stream()
                            .filter(key -> Integer.parseInt(key.substring(key.length() - 3)) % 2 == 0)
                            .toList());
        }
    }

    /** Twelve objects in dev, every second of them in prod, and one that only prod has. */
    private static void fill(FakeS3 server) {
        server.createBucket("dev");
        server.createBucket("prod");
        for (int i = 0; i < 12; i++) {
            byte[] content = ("object " + i).getBytes(StandardCharsets.UTF_8);
            server.put("dev", "site/key-%03d".formatted(i), content);
            if (i % 2 == 0) {
                server.put("prod", "site/key-%03d".formatted(i), content);
            }
        }
        server.put("prod", "site/only-in-prod", new byte[] {1});
    }
}
