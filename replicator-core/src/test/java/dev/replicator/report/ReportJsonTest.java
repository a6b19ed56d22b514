package dev.replicator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.execute.ActionResult.SkipReason;
import dev.replicator.execute.Problem;
import dev.replicator.execute.Workload;
import dev.replicator.job.TransferSettings;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static final RunReport REPORT = report(Optional.empty());

    private static RunReport report(Optional<Estimate> estimate) {
        return new RunReport(
                "r1",
                Optional.of("media"),
                "s3://dev",
                "s3://prod",
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofMillis(1234),
                Outcome.PARTIAL,
                new Counts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
                Map.of(RequestKind.LIST, 4L),
                new GateReport(GateReport.Verdict.CLOSED, "too many", 40, 10),
                List.of(new Failure("a\"b", FailureCause.NETWORK, "lost\nit")),
                true,
                List.of(new Skips(SkipReason.UNSAFE_KEY, 7, List.of("a/", "b"))),
                List.of("careful"),
                Optional.of(new Problem(Problem.Kind.LIMIT, "30 minutes")),
                Map.of(),
                estimate);
    }

    @Test
    void aRunIsWrittenInTheWordsOfTheContract() {
        String json = ReportJson.of(REPORT);

        assertThat(json)
                .isEqualTo("{\"runId\":\"r1\",\"job\":\"media\",\"source\":\"s3://dev\",\"destination\":\"s3://prod\","
                        + "\"startedAt\":\"2026-01-01T00:00:00Z\",\"outcome\":\"PARTIAL\",\"copied\":1,"
                        + "\"overwritten\":2,\"deleted\":3,\"metadataUpdated\":4,\"unchanged\":5,\"skipped\":6,"
                        + "\"stale\":7,\"failed\":8,\"notRun\":9,\"unguarded\":10,\"bytes\":11,\"drifted\":12,\"metadataUnasked\":13,"
                        + "\"durationMillis\":1234,\"requests\":{\"list\":4,\"head\":0,\"get\":0,\"put\":0,"
                        + "\"copy\":0,\"delete\":0,\"multipart\":0,\"tags\":0,\"other\":0},"
                        + "\"gate\":{\"verdict\":\"CLOSED\",\"reason\":\"too many\",\"planned\":40,\"limit\":10},\"fidelity\":{},"
                        + "\"failures\":[{\"key\":\"a\\\"b\",\"cause\":\"NETWORK\",\"message\":\"lost\\nit\"}],"
                        + "\"failuresTruncated\":true,"
                        + "\"skips\":[{\"cause\":\"UNSAFE_KEY\",\"count\":7,\"examples\":[\"a/\",\"b\"]}],\"warnings\":[\"careful\"],"
                        + "\"problem\":{\"kind\":\"LIMIT\",\"message\":\"30 minutes\"}}");
    }

    @Test
    void driftIsWrittenWithWhatItIsToldBy() {
        DriftReport report = new DriftReport(
                new BaselineStatus.Usable("r0", Instant.parse("2025-12-31T00:00:00Z"), 9),
                "s3://dev",
                "s3://prod",
                8,
                1,
                4,
                2,
                3,
                Duration.ofMillis(5),
                Map.of(RequestKind.LIST, 4L),
                Optional.empty());

        assertThat(ReportJson.of(report))
                .startsWith("{\"baseline\":true,\"baselineRun\":\"r0\",\"baselineAt\":\"2025-12-31T00:00:00Z\","
                        + "\"baselineProblem\":null,"
                        + "\"source\":\"s3://dev\",\"destination\":\"s3://prod\",\"compared\":8,\"edited\":1,"
                        + "\"metadata\":4,\"deleted\":2,\"added\":3,\"durationMillis\":5,\"requests\":{\"list\":4,")
                .endsWith("\"problem\":null}");
    }

    @Test
    void aPlanHasItsEstimateInTheEnd() {
        Estimate estimate = new Estimate(
                new Workload(
                        3,
                        RequestCounts.of(RequestKind.GET, 4),
                        RequestCounts.of(RequestKind.PUT, 5).and(RequestKind.DELETE, 1),
                        150L << 20,
                        7),
                Estimate.Movement.STREAMED,
                EstimateTest.folder(),
                EstimateTest.s3("eu-west-1"),
                AssumedPace.ofNetwork(24, TransferSettings.DEFAULT));

        String json = ReportJson.of(report(Optional.of(estimate)));

        assertThat(json).startsWith(ReportJson.of(REPORT).replaceAll("}$", ",\"estimate\":\\{"));
        assertThat(json)
                .endsWith(
                        "\"estimate\":{\"objects\":3,\"movement\":\"streamed\",\"bytes\":{\"local\":0,\"serverSide\":0,"
                                + "\"serverSideAcrossRegions\":0,\"streamed\":157286400},\"largest\":7,"
                                + "\"requests\":{\"list\":0,\"head\":0,\"get\":4,\"put\":5,\"copy\":0,\"delete\":1,"
                                + "\"multipart\":0,\"tags\":0,\"other\":0},"
                                + "\"billed\":{\"source\":{\"place\":\"file\",\"local\":true,\"writes\":0,\"reads\":0,\"free\":4},"
                                + "\"destination\":{\"place\":\"s3 eu-west-1\",\"local\":false,\"writes\":5,\"reads\":0,\"free\":1}},"
                                + "\"time\":{\"atLeastMillis\":1000,\"atMostMillis\":3500},"
                                + "\"assumed\":{\"concurrency\":24,\"quickRequestMillis\":50,\"slowRequestMillis\":150,"
                                + "\"fastBytesPerSecond\":157286400,\"slowBytesPerSecond\":52428800,"
                                + "\"requestsPerSecond\":0}}}");
    }

    @Test
    void aValidationIsWrittenInTheWordsOfTheContract() {
        ValidationReport report = new ValidationReport(
                false,
                "s3://dev",
                "s3://prod",
                1,
                2,
                3,
                4,
                5,
                6,
                1,
                7,
                2,
                8,
                9,
                new ValidationReport.Contents(5, 12, 9, 1_024),
                Duration.ofSeconds(2),
                Map.of(),
                Optional.empty());

        String json = ReportJson.of(report);

        assertThat(json)
                .startsWith("{\"valid\":false,\"source\":\"s3://dev\",\"destination\":\"s3://prod\",\"matched\":1,"
                        + "\"missing\":2,\"mismatched\":3,\"extra\":4,\"unreadable\":5,\"skipped\":6,\"notCompared\":1,"
                        + "\"evidence\":{\"fingerprint\":7,\"note\":2,\"sizeAndModified\":8,\"bytes\":9},"
                        + "\"contents\":{\"percent\":5.0,\"asked\":12,\"read\":9,\"bytes\":1024},"
                        + "\"durationMillis\":2000,")
                .endsWith("\"problem\":null}");
    }
}
