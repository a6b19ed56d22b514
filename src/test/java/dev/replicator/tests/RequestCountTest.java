package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RetrySettings;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.S3Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run costs in requests, counted by the server. */
@Timeout(120)
class RequestCountTest {
    /** With six attempts, every hundredth storm or so would end a listing, or fail ten objects, by chance. */
    private static final RetrySettings PATIENT =
            new RetrySettings(10, Duration.ofMillis(2), Duration.ofMillis(50), Duration.ofSeconds(30));

    private static final int MANY = 5_000;

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    private static FakeS3 server(int inProd) {
        FakeS3 server = FakeS3.start(FakeS3Options.strict().withClock(TwoSides.standing()));
        server.createBucket("dev");
        server.createBucket("prod");
        server.populate("dev", MANY, i -> "k/%06d".formatted(i), 64);
        server.populate("prod", inProd, i -> "k/%06d".formatted(i), 64);
        for (String key : server.keys("dev")) {
            server.setLastModified("dev", key, Instant.parse("2026-01-01T00:00:00Z"));
        }
        server.log().reset();
        return server;
    }

    @Test
    void unchangedPairsCostTwoListsPerThousandAndNothingElse() {
        try (FakeS3 server = server(MANY)) {
            RunReport report =
                    TwoSides.replicator(server).run(TwoSides.job("s3://dev", "s3://prod"), RunOptions.defaults());

            assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(report.counts().unchanged()).isEqualTo(MANY);
            assertThat(server.log().count()).isEqualTo(2 * MANY / 1_000);
            assertThat(report.requests()).containsOnly(java.util.Map.entry(RequestKind.LIST, 2L * MANY / 1_000));
        }
    }

    @Test
    void aServerSideCopyIsOneRequestAndTheSecondRunWritesNothing() {
        try (FakeS3 server = server(0)) {
            var replicator = TwoSides.replicator(server);

            RunReport first = replicator.run(TwoSides.job("s3://dev", "s3://prod"), RunOptions.defaults());
            long copies = server.log().count(S3Operation.COPY_OBJECT);
            long all = server.log().count();
            server.log().reset();
            RunReport second = replicator.run(TwoSides.job("s3://dev", "s3://prod"), RunOptions.defaults());

            assertThat(first.counts().copied()).isEqualTo(MANY);
            assertThat(copies).isEqualTo(MANY);
            assertThat(all).isEqualTo(MANY + MANY / 1_000 + 1);
            assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(server.log().mutations()).isEmpty();
        }
    }

    @Test
    void theFirstCopyIsSentAfterAFewLists() {
        try (FakeS3 server = server(0)) {
            TwoSides.replicator(server).run(TwoSides.job("s3://dev", "s3://prod"), RunOptions.defaults());

            List<S3Operation> inOrder = server.log().requests().stream()
                    .map(LoggedRequest::operation)
                    .toList();
            assertThat(inOrder.subList(0, inOrder.indexOf(S3Operation.COPY_OBJECT))
                            .size())
                    .isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aDryRunChangesNothing() {
        try (FakeS3 server = server(10)) {
            RunReport plan = TwoSides.replicator(server)
                    .plan(TwoSides.mirror("s3://dev", "s3://prod"), PlanSink.NONE, RunOptions.defaults());

            assertThat(plan.counts().copied()).isEqualTo(MANY - 10);
            assertThat(server.log().mutations()).isEmpty();
        }
    }

    @Test
    void aStormOfSlowDownsCostsLessThanTwiceTheRequests() {
        try (FakeS3 server = server(0)) {
            server.faults()
                    .on(S3Operation.values())
                    .withProbability(0.3, 20261121L)
                    .inject(Fault.slowDown());

            RunReport report = TwoSides.replicator(server)
                    .run(TwoSides.job("s3://dev", "s3://prod").withRetry(PATIENT), RunOptions.defaults());

            long calm = MANY + MANY / 1_000 + 1;
            assertThat(report.counts().copied() + report.counts().failed()).isEqualTo(MANY);
            assertThat(server.log().count()).isLessThanOrEqualTo(2 * calm);
            assertThat(report.counts().failed()).isLessThan(MANY / 500);
        }
    }
}
