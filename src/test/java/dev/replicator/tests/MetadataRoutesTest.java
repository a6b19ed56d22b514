package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.MetadataLoss.Kind;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Visibility kept in user metadata goes from S3 to a directory, to S3 again, and its change alone goes too. */
@Timeout(120)
class MetadataRoutesTest {
    private static final Map<String, String> PUBLIC = Map.of(
            "custom-aclpolicy",
            "{\"visibility\":\"public\"}",
            "replicator-names",
            "custom-aclpolicy=custom%3AaclPolicy");
    private static final Map<String, String> PRIVATE = Map.of(
            "custom-aclpolicy",
            "{\"visibility\":\"private\"}",
            "replicator-names",
            "custom-aclpolicy=custom%3AaclPolicy");

    private final FakeS3 server = FakeS3.start(FakeS3Options.strict().withClock(TwoSides.standing()));
    private final Replicator replicator = TwoSides.replicator(server);

    @TempDir
    Path directory;

    private Path tree;

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    @BeforeEach
    void threeObjects() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        assumeThat(Files.getFileStore(tree).supportsFileAttributeView(UserDefinedFileAttributeView.class))
                .as("extended attributes")
                .isTrue();
        server.createBucket("dev");
        server.createBucket("prod");
        for (String key : List.of("a", "b", "c")) {
            server.put(
                    "dev",
                    key,
                    key.getBytes(StandardCharsets.UTF_8),
                    Attributes.DEFAULT.withMetadata(PUBLIC).withTags(Map.of("team", "media")));
            server.setLastModified("dev", key, Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RunReport run(ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    private static ReplicationJob comparing(ReplicationJob job) {
        return job.withMetadata(job.metadata().withCompare(true));
    }

    private void hide(String key) {
        server.setAttributes("dev", key, attributes -> attributes.withMetadata(PRIVATE));
    }

    private Map<String, String> inProd(String key) {
        return server.find("prod", key).orElseThrow().attributes().metadata();
    }

    @Test
    void survivesADirectoryOnTheWayAndSoDoesItsChange() {
        ReplicationJob out = TwoSides.job("s3://dev", tree.toString());
        ReplicationJob back = TwoSides.job(tree.toString(), "s3://prod");

        RunReport there = run(out);
        RunReport here = run(back);
        hide("b");
        RunReport unasked = run(out);
        RunReport repaired = run(comparing(out));
        RunReport repairedBack = run(comparing(back));

        assertThat(there.fidelity()).isEmpty();
        assertThat(here.fidelity()).isEqualTo(Map.of(Kind.KEY_RENAMED, 3L));
        assertThat(inProd("a")).containsAllEntriesOf(PUBLIC);
        assertThat(unasked.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(repaired.counts().metadataUpdated()).isEqualTo(1);
        assertThat(repaired.counts().bytes()).isZero();
        assertThat(repairedBack.counts().metadataUpdated()).isEqualTo(1);
        assertThat(inProd("b")).containsAllEntriesOf(PRIVATE);
        assertThat(server.find("prod", "b").orElseThrow().attributes().tags()).isEqualTo(Map.of("team", "media"));
        server.log().reset();
        assertThat(run(comparing(out)).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(run(comparing(back)).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(server.log().mutations()).isEmpty();
    }

    @Test
    void betweenBucketsItCostsTwoHeadsEachAndOneCopyForEachRepair() {
        ReplicationJob job = TwoSides.job("s3://dev", "s3://prod");
        run(job);
        hide("c");
        server.log().reset();

        RunReport report = run(comparing(job));

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(server.log().count(S3Operation.HEAD_OBJECT)).isEqualTo(2 * 3 + 1);
        assertThat(server.log().mutations()).hasSize(1);
        assertThat(inProd("c")).containsAllEntriesOf(PRIVATE);
        server.log().reset();
        assertThat(run(comparing(job)).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(server.log().count(S3Operation.HEAD_OBJECT)).isEqualTo(2 * 3);
        assertThat(server.log().mutations()).isEmpty();
    }

    @Test
    void aPlanForetellsWhatARepairSends() {
        ReplicationJob job = TwoSides.job("s3://dev", "s3://prod");
        run(job);
        hide("a");
        hide("c");

        RunReport plan = replicator.plan(comparing(job), PlanSink.NONE, RunOptions.defaults());
        server.log().reset();
        RunReport report = run(comparing(job));

        RequestCounts foretold = plan.estimate().orElseThrow().work().requests();
        assertThat(foretold.of(RequestKind.COPY)).isEqualTo(report.requests().get(RequestKind.COPY));
        assertThat(foretold.of(RequestKind.OTHER)).isEqualTo(report.requests().get(RequestKind.OTHER));
        assertThat(foretold.of(RequestKind.HEAD) + plan.requests().get(RequestKind.HEAD))
                .isEqualTo(report.requests().get(RequestKind.HEAD));
        assertThat(plan.counts().metadataUpdated()).isEqualTo(2);
    }

    @Test
    void theCommandListsLossesRefusesThemAndRepairs() throws IOException {
        run(TwoSides.job("s3://dev", tree.toString()));
        FakeCredentials credentials = FakeS3Options.CREDENTIALS;
        Cli cli = new Cli(directory).withS3(server.endpoint(), credentials.accessKey(), credentials.secretKey());
        Path report = directory.resolve("losses.ndjson");

        Cli.Result strict = cli.run("sync", tree.toString(), "s3://prod", "--strict-metadata", "-o", "json");
        Cli.Result copied = cli.run("sync", tree.toString(), "s3://prod", "--report", report.toString());
        hide("a");
        run(comparing(TwoSides.job("s3://dev", tree.toString())));
        Cli.Result planned =
                cli.run("plan", tree.toString(), "s3://prod", "--compare-metadata", "--out", "changes.plan");
        Cli.Result applied = cli.run("apply", "changes.plan", "-o", "json");

        assertThat(strict.exit()).as(strict.err()).isEqualTo(4);
        assertThat(strict.out()).contains("\"skipped\" : 3", "\"key-renamed\" : 3");
        assertThat(copied.exit()).as(copied.err()).isEqualTo(0);
        assertThat(copied.out()).contains("key-renamed");
        assertThat(Files.readAllLines(report))
                .hasSize(3)
                .allMatch(line -> line.contains("\"kind\":\"key-renamed\",\"field\":\"custom:aclPolicy\",\"message\":"))
                .anyMatch(line -> line.startsWith("{\"key\":\"a\","));
        assertThat(planned.exit()).as(planned.err()).isEqualTo(0);
        assertThat(planned.err())
                .contains("compares metadata: 1 HEAD per unchanged object on each side whose listing does not");
        assertThat(planned.out()).contains("~ metadata  a", "custom:aclPolicy", "1 of other metadata");
        assertThat(applied.exit()).as(applied.err()).isEqualTo(0);
        assertThat(applied.out()).contains("\"metadataUpdated\" : 1");
        assertThat(inProd("a")).containsAllEntriesOf(PRIVATE);
    }
}
