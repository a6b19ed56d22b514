package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object was described anew in the source, and S3 answers no copy for a while: nothing is called done. */
@Timeout(120)
class NeverMadeTest {
    @TempDir
    private Path directory;

    private Fakes fakes;
    private Side source;
    private Side destination;

    @BeforeEach
    void start() {
        fakes = new Fakes(directory);
        source = fakes.open(Kind.S3);
        destination = fakes.open(Kind.S3);
        source.put("k", Bytes.random(3 * Fakes.PART, 1));
        source.describe("k", Map.of("acl", "public"));
        later();
    }

    @AfterEach
    void stop() {
        fakes.close();
    }

    @ParameterizedTest(name = "with a baseline: {0}")
    @ValueSource(booleans = {false, true})
    void metadataThatWereNotUpdatedAreUpdatedByTheNextRun(boolean named) {
        ReplicationJob plain = Fakes.job(source, destination);
        ReplicationJob comparing = plain.withMetadata(plain.metadata().withCompare(true));
        ReplicationJob job = named ? comparing.withName("media") : comparing;
        fakes.run(job);
        source.describe("k", Map.of("acl", "between"));
        later();
        fakes.run(job);
        source.describe("k", Map.of("acl", "private"));
        later();
        completeNothing();

        RunReport report = fakes.run(job);

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().metadataUpdated()).isZero();
        fakes.s3.faults().clear();
        later();
        fakes.run(job);
        assertThat(destination.user("k")).containsEntry("acl", "private");
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1_000, 3 * Fakes.PART})
    void aCopyThatWasNotMadeIsMadeByTheNextRun(int size) {
        source.put("k", Bytes.random(size, 1));
        later();
        ReplicationJob job = Fakes.job(source, destination).withName("media");
        fakes.run(job);
        later();
        source.put("k", Bytes.random(size, 1));
        source.describe("k", Map.of("acl", "private"));
        later();
        completeNothing();

        RunReport report = fakes.run(job);

        assertThat(report.counts().overwritten()).isZero();
        fakes.s3.faults().clear();
        later();
        fakes.run(job);
        assertThat(destination.user("k")).containsEntry("acl", "private");
    }

    private void completeNothing() {
        fakes.s3
                .faults()
                .on(S3Operation.COMPLETE_MULTIPART_UPLOAD, S3Operation.COPY_OBJECT)
                .key("k")
                .inject(Fault.internalError());
    }

    private void later() {
        fakes.clock.advance(Duration.ofSeconds(60));
    }
}
