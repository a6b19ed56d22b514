package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing permission: 6 where nothing that was tried was permitted, 4 where only some of it was not. */
class AccessTest {
    private static final byte[] BYTES = "x".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final FakeS3 s3 = FakeS3.start(FakeS3Options.strict());
    private final FakeGcs gcs = FakeGcs.start();

    @BeforeEach
    void twoOfEach() {
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
        for (String bucket : List.of("dev", "prod")) {
            s3.createBucket(bucket);
            gcs.createBucket(bucket);
        }
        for (String key : List.of("a", "b")) {
            s3.put("dev", key, BYTES);
            gcs.put("dev", key, BYTES);
            Directories.put(directory.resolve("dev"), key, "x");
        }
    }

    @AfterEach
    void close() {
        s3.close();
        gcs.close();
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory)
                .with("AWS_ENDPOINT_URL", s3.endpoint().toString())
                .with("AWS_REGION", "us-east-1")
                .with("STORAGE_EMULATOR_HOST", gcs.endpoint().toString())
                .run(words);
    }

    private void nobodyMayWrite() {
        for (S3Operation operation : List.of(S3Operation.PUT_OBJECT, S3Operation.COPY_OBJECT)) {
            s3.faults().on(operation).inject(Fault.accessDenied());
        }
        for (GcsOperation operation : List.of(GcsOperation.INSERT, GcsOperation.REWRITE)) {
            gcs.faults().on(operation).inject(GcsFault.error(Reason.FORBIDDEN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./dev s3://prod",
                "s3://dev s3://prod",
                "./dev gs://prod",
                "gs://dev gs://prod",
                "gs://dev s3://prod"
            })
    void aDestinationThatPermitsNoWriteEndsWithSix(String sides) {
        nobodyMayWrite();
        String[] both = sides.split(" ");

        Invocation.Ended ended = run("sync", both[0], both[1], "-o", "json").expect(6);

        assertThat(ended.json().path("outcome").asText()).isEqualTo("FAILED");
        assertThat(ended.json().path("failed").asInt()).isEqualTo(2);
        assertThat(ended.json().path("problem").path("kind").asText()).isEqualTo("ACCESS");
        assertThat(ended.err())
                .contains("permission was refused for all that was tried (2), the first: ")
                .contains("prod")
                .as("doing it again does not help")
                .doesNotContain("The same command again");
    }

    @Test
    void oneRefusedWriteOfSeveralIsPartial() {
        s3.faults().on(S3Operation.PUT_OBJECT).key("a").inject(Fault.accessDenied());

        run("sync", "./dev", "s3://prod").expect(4);

        assertThat(s3.keys("prod")).containsExactly("b");
    }

    @Test
    void aRefusalBesideAnotherFailureIsPartial() {
        s3.faults().on(S3Operation.PUT_OBJECT).key("a").inject(Fault.accessDenied());
        s3.faults().on(S3Operation.PUT_OBJECT).key("b").inject(new Fault.FlipBit(0));

        run("sync", "./dev", "s3://prod").expect(4);
    }

    @Test
    void aHookTellsItTooWhereItMayFail() throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs: { media: { source: ./dev, destination: "s3://prod", control: ".replicator/media/" } }
                """);
        s3.faults().on(S3Operation.PUT_OBJECT).key("a").inject(Fault.accessDenied());
        s3.faults().on(S3Operation.PUT_OBJECT).key("b").inject(Fault.accessDenied());

        Invocation.Ended ended =
                run("hook", "--env", "production", "--deployment-id", "v1", "--single-replica", "--on-failure", "fail");

        assertThat(ended.expect(6).out()).contains("FAILED (deployment v1): permission was refused");
    }

    @Test
    void aDirectoryThatMayNotBeWrittenEndsWithSix() throws IOException {
        Path prod = Files.createDirectory(directory.resolve("prod"));
        Files.setPosixFilePermissions(prod, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(prod)).as("a user who may write everywhere").isFalse();

        assertThat(run("sync", "./dev", "./prod").expect(6).err()).contains("permission was refused");
    }
}
