package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.store.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validation's verdict rests on, and what it says of objects that it could not compare. */
class EvidenceTest {
    private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final FakeS3 s3 = FakeS3.start(FakeS3Options.strict());
    private final FakeGcs gcs = FakeGcs.start();

    @BeforeEach
    void buckets() {
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
        s3.createBucket("dev");
        s3.createBucket("prod");
        gcs.createBucket("dev");
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

    private void anArchivedObjectBesideAnother() {
        s3.put("dev", "cold", BYTES, Attributes.DEFAULT.withStorageClass("GLACIER"));
        s3.put("dev", "warm", BYTES);
    }

    /** It is not in the destination, or who knows what is: that is no difference that was found, and no agreement. */
    @Test
    void anArchivedObjectIsNeverPartOfAnAgreement() {
        anArchivedObjectBesideAnother();
        run("sync", "s3://dev", "s3://prod").expect(4);

        for (String there : new String[] {"missing", "of equal size"}) {
            Invocation.Ended ended = run("validate", "s3://dev", "s3://prod").expect(4);
            assertThat(ended.out())
                    .as(there)
                    .contains("  ! skipped     cold (archived)")
                    .contains("agree in what was compared, and 1 object could not be compared")
                    .contains("  Skipped     1  (1 of them not compared: they may differ)")
                    .doesNotContain("Valid: ");
            JsonNode json = run("validate", "s3://dev", "s3://prod", "-o", "json")
                    .expect(4)
                    .json();
            assertThat(json.path("valid").asBoolean()).isFalse();
            assertThat(json.path("matched").asInt()).isEqualTo(1);
            assertThat(json.path("skipped").asInt()).isEqualTo(1);
            assertThat(json.path("notCompared").asInt()).isEqualTo(1);
            s3.put("prod", "cold", BYTES);
        }
    }

    @Test
    void aDifferenceSpeaksBeforeWhatCouldNotBeCompared() {
        anArchivedObjectBesideAnother();

        assertThat(run("validate", "s3://dev", "s3://prod").expect(3).out()).contains("✗ Not valid: ");
    }

    @Test
    void aHookThatValidatesTellsIt() throws IOException {
        anArchivedObjectBesideAnother();
        s3.put("prod", "warm", BYTES);
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                jobs: { media: { source: "s3://dev", destination: "s3://prod" } }
                """);

        assertThat(run("hook", "--env", "production", "--validate-only", "--on-failure", "fail")
                        .expect(4)
                        .out())
                .contains("VALIDATED: 1 matched, 0 missing, 0 mismatched, 0 extra, 1 could not be compared");
    }

    /** Nobody asked for links: they are skipped, and what was asked for agrees. */
    @Test
    void whatNoSyncCarriesIsNoPartOfTheQuestion() throws IOException {
        Directories.put(directory.resolve("dev"), "a", "x");
        Files.createSymbolicLink(directory.resolve("dev/link"), Path.of("a"));
        run("sync", "./dev", "./prod").expect(0);

        assertThat(run("validate", "./dev", "./prod").expect(0).out())
                .contains("Valid: ")
                .contains("  Skipped     1  (not part of the comparison)");
    }

    @Test
    void whatStandsInAnObjectsPlaceIsNotComparedWithIt() throws IOException {
        Directories.put(directory.resolve("dev"), "a", "x");
        Directories.put(directory.resolve("prod"), "elsewhere", "x");
        Files.createSymbolicLink(directory.resolve("prod/a"), Path.of("elsewhere"));

        run("validate", "./dev", "./prod").expect(4);
    }

    /** Of parts that were composed there is no MD5, so no digest of the two services compares; a note may tell. */
    @Test
    void aNoteOfTheSourcesVersionIsNoChecksum() {
        gcs.putComposed("dev", "composed", BYTES, ObjectFields.NONE);
        gcs.put("dev", "plain", BYTES);
        run("sync", "gs://dev", "s3://prod").expect(0);

        Invocation.Ended text = run("validate", "gs://dev", "s3://prod").expect(0);
        assertThat(text.out())
                .contains("(1 by checksum, 1 by the source version noted with the copy, 0 by their bytes,");
        JsonNode evidence = run("validate", "gs://dev", "s3://prod", "-o", "json")
                .expect(0)
                .json()
                .path("evidence");
        assertThat(evidence.path("fingerprint").asInt()).isEqualTo(2);
        assertThat(evidence.path("note").asInt()).isEqualTo(1);

        assertThat(run("validate", "gs://dev", "s3://prod", "--compare", "checksum")
                        .expect(0)
                        .out())
                .as("heads show what listings do not")
                .contains("(2 by checksum, 0 by their bytes, 0 by size and time only)")
                .contains("Looked into 1  (of those that no digest in the listings proves equal; 0 read, ");
    }

    /** Files that the destination's writers share are nobody's objects: on neither side, in no listing. */
    @Test
    void locksInADirectoryAreNeverShown() throws IOException {
        Directories.put(directory.resolve("dev"), "a", "x");
        run("sync", "./dev", "./mid").expect(0);
        Path locks = Files.createDirectories(directory.resolve("mid/.replicator/tmp"));
        Files.writeString(locks.resolve("lock-7"), "");

        assertThat(run("validate", "./dev", "./mid", "-o", "ndjson").expect(0).out())
                .doesNotContain("lock-");
        assertThat(run("validate", "./mid", "./dev", "-o", "ndjson").expect(0).out())
                .doesNotContain("lock-");
        assertThat(run("plan", "./dev", "./mid", "--delete").expect(0).out())
                .doesNotContain("lock-")
                .contains("Plan: 0 to copy, 0 to overwrite, 0 to delete, 1 unchanged");
        run("sync", "./mid", "./copy").expect(0);
        assertThat(Directories.content(directory.resolve("copy"))).containsOnlyKeys("a");
    }
}
