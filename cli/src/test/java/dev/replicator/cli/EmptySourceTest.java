package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prefix that nothing is under is no error, and is said; a bucket or directory that is not there is one. ADR 15. */
class EmptySourceTest {
    private static final byte[] BYTES = "x".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final FakeS3 s3 = FakeS3.start(FakeS3Options.strict());
    private final FakeGcs gcs = FakeGcs.start();

    @BeforeEach
    void buckets() throws IOException {
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
        s3.createBucket("dev");
        s3.put("dev", "public/a", BYTES);
        gcs.createBucket("dev");
        gcs.put("dev", "public/a", BYTES);
        Directories.put(directory.resolve("prod"), "old", "x");
        Directories.put(directory.resolve("dev"), "public/a", "x");
        Files.createDirectory(directory.resolve("dev/typo"));
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

    @ParameterizedTest
    @ValueSource(strings = {"s3://dev/typo", "gs://dev/typo", "./dev/typo"})
    void aPrefixThatNothingIsUnderIsSaidAndIsNoError(String source) {
        String said = "nothing is there under ";

        assertThat(run("plan", source, "./prod", "--detailed-exitcode")
                        .expect(0)
                        .err())
                .contains(said)
                .contains("dev/typo/");
        assertThat(run("sync", source, "./prod", "-o", "json")
                        .expect(0)
                        .json()
                        .path("warnings")
                        .toString())
                .contains(said);
        Invocation.Ended validated = run("validate", source, "./prod").expect(0);
        assertThat(validated.err()).contains(said);
        assertThat(validated.out()).contains("Nothing to compare: ").doesNotContain("agree");
        run("validate", source, "./prod", "--fail-on-extra").expect(3);
        assertThat(Directories.content(directory.resolve("prod"))).containsOnlyKeys("old");
    }

    @Test
    void aPathOfAJobIsSuchAPrefixForTheHookToo() throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs: { media: { source: "s3://dev", destination: ./prod, paths: [ { from: typo/ } ] } }
                """);

        Invocation.Ended ended = run("hook", "--env", "production", "--deployment-id", "v1", "--on-failure", "fail");

        assertThat(ended.expect(0).out()).contains("SYNCED (deployment v1)");
        assertThat(ended.err()).contains("nothing is there under s3://dev/typo/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://dev/typo", "gs://dev/typo", "./dev/typo"})
    void nothingIsDeletedForItsSake(String source) {
        run("sync", source, "./prod", "--delete", "--yes", "--max-delete", "100%")
                .expect(5);

        assertThat(Directories.content(directory.resolve("prod"))).containsOnlyKeys("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://nowhere/public", "gs://nowhere/public", "./nowhere/public"})
    void aBucketOrDirectoryThatIsNotThereIsAnError(String source) {
        for (String command : new String[] {"plan", "sync", "validate"}) {
            assertThat(run(command, source, "./prod").expect(6).err()).contains("nowhere");
        }
    }
}
