package dev.replicator.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.report.ReportReader;
import dev.replicator.execute.Workload;
import dev.replicator.report.AssumedPace;
import dev.replicator.report.Counts;
import dev.replicator.report.Estimate;
import dev.replicator.report.Estimate.Movement;
import dev.replicator.report.Estimate.Side;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import dev.replicator.store.BucketRef;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTextTest {
    private static final long MIB = 1L << 20;
    private static final Side IRELAND = new Side(new BucketRef("s3", "", "eu-west-1", "a", ""), false);
    private static final Side OHIO = new Side(new BucketRef("s3", "", "us-east-2", "b", ""), false);
    private static final Side OWN = new Side(new BucketRef("s3", "minio:9000", "us-east-1", "b", ""), false);
    private static final Side GOOGLE = new Side(new BucketRef("gs", "", "", "c", ""), false);
    private static final Side FOLDER = new Side(new BucketRef("file", "", "", "/srv/d", ""), true);
    private static final AssumedPace PACE =
            new AssumedPace(64, Duration.ofMillis(50), Duration.ofMillis(150), 150 * MIB, 50 * MIB, 0);

    private static RunReport report(Estimate estimate) {
        return new RunReport(
                "r1",
                Optional.empty(),
                "s3://a",
                "s3://b",
                Instant.EPOCH,
                Duration.ZERO,
                Outcome.SUCCEEDED,
                Counts.ZERO,
                Map.of(RequestKind.LIST, 7L, RequestKind.HEAD, 1L),
                GateReport.NOT_ASKED,
                List.of(),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.of(estimate));
    }

    private static List<String> lines(Side source, Side destination, Movement movement, AssumedPace pace) {
        Workload work = new Workload(
                6_400,
                RequestCounts.of(RequestKind.GET, 1_200),
                RequestCounts.of(RequestKind.PUT, 12_345).and(RequestKind.DELETE, 3),
                2_048 * MIB,
                MIB);
        RunReport report = report(new Estimate(work, movement, source, destination, pace));
        List<String> lines = EstimateText.lines(report);
        assertThat(EstimateText.lines(ReportReader.run(JsonText.parse(ReportJson.of(report)))))
                .as("a server's estimate")
                .isEqualTo(lines);
        return lines;
    }

    @Test
    void tellsWhatIsBilledHowLongItTakesAndWhatIsAssumed() {
        assertThat(lines(IRELAND, IRELAND, Movement.SERVER_SIDE, PACE))
                .containsExactly(
                        "Estimate: 2.00 GB copied inside s3 eu-west-1, none through this machine.",
                        "  Requests: 12,345 PUT/COPY/POST/LIST, 1,200 GET and others, 3 DELETE (free); 8 were sent for"
                                + " this plan.",
                        "  Time:     about 10 to 35 s, assuming 50–150 ms per request, 64 at a time, and 50 MB to"
                                + " 150 MB/s per copy.",
                        "  Retries and the reading of tags come on top. No prices: they change; your provider lists"
                                + " them.");
    }

    @Test
    void saysWhereBytesCross() {
        assertThat(lines(IRELAND, OHIO, Movement.SERVER_SIDE_ACROSS_REGIONS, PACE)
                        .get(0))
                .isEqualTo("Estimate: 2.00 GB copied from s3 eu-west-1 to s3 us-east-2, billed as transfer between"
                        + " regions.");
        assertThat(lines(IRELAND, GOOGLE, Movement.STREAMED, PACE).get(0))
                .isEqualTo("Estimate: 2.00 GB from s3 eu-west-1 to gs through this machine, billed as egress of s3"
                        + " eu-west-1.");
        assertThat(lines(FOLDER, OWN, Movement.STREAMED, PACE).get(0))
                .isEqualTo("Estimate: 2.00 GB uploaded to s3 at minio:9000.");
        assertThat(lines(GOOGLE, FOLDER, Movement.STREAMED, PACE).get(0))
                .isEqualTo("Estimate: 2.00 GB downloaded from gs, billed as egress.");
    }

    @Test
    void countsRequestsInTheWordsOfWhoBillsThem() {
        assertThat(lines(IRELAND, GOOGLE, Movement.STREAMED, PACE).get(1))
                .isEqualTo("  Requests: s3 eu-west-1 0 PUT/COPY/POST/LIST, 1,200 GET and others; gs 12,345 of class A,"
                        + " 0 of class B, 3 DELETE (free); 8 were sent for this plan.");
        assertThat(lines(FOLDER, GOOGLE, Movement.STREAMED, PACE).get(1))
                .startsWith("  Requests: 12,345 of class A, 0 of class B, 3 DELETE (free);");
        assertThat(lines(IRELAND, FOLDER, Movement.STREAMED, PACE).get(1))
                .startsWith("  Requests: 0 PUT/COPY/POST/LIST, 1,200 GET and others;");
    }

    @Test
    void tellsTheLimitsThatTheJobSets() {
        AssumedPace limited = new AssumedPace(8, Duration.ofMillis(50), Duration.ofMillis(150), MIB, MIB, 100);

        assertThat(lines(IRELAND, GOOGLE, Movement.STREAMED, limited).get(2))
                .isEqualTo("  Time:     about 30 to 40 min, assuming 50–150 ms per request, 8 at a time, and 1 MB/s,"
                        + " at most 100 requests/s.");
    }

    @ParameterizedTest
    @CsvSource({
        "0,        999,       under 1 s",
        "0,        1000,      up to 1 s",
        "999,      5001,      up to 6 s",
        "1000,     1000,      about 1 s",
        "1900,     2100,      about 1 to 3 s",
        "12000,    31000,     about 10 to 35 s",
        "59999,    60001,     about 55 s to 2 min",
        "45000,    120000,    about 45 s to 2 min",
        "120000,   240000,    about 2 to 4 min",
        "1000000,  3300000,   about 15 to 55 min",
        "3599999,  3600001,   about 55 min to 2 h",
        "7200000,  36000000,  about 2 to 10 h",
        "90000000, 360000000, about 25 to 100 h",
    })
    void timesAreRoundedOutwards(long atLeast, long atMost, String text) {
        assertThat(EstimateText.time(Duration.ofMillis(atLeast), Duration.ofMillis(atMost)))
                .isEqualTo(text);
    }
}
