package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gs://} from the command line, found as an emulator is: by STORAGE_EMULATOR_HOST, without credentials. */
class CloudStorageTest {
    @TempDir
    Path directory;

    private final FakeGcs google = FakeGcs.start();

    @AfterEach
    void close() {
        google.close();
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory)
                .with("STORAGE_EMULATOR_HOST", google.endpoint().toString())
                .run(words);
    }

    private Path tree() throws IOException {
        Path tree = directory.resolve("dist");
        Files.createDirectories(tree.resolve("a b"));
        Files.writeString(tree.resolve("a b/caf\u00e9.html"), "<p>");
        Files.writeString(tree.resolve("empty"), "");
        return tree;
    }

    @Test
    void carriesADirectoryThereAndBackAndWritesNothingTwice() throws IOException {
        Path tree = tree();
        google.createBucket("acme-prod");

        run("sync", "./dist", "gs://acme-prod/site").expect(0);
        assertThat(google.keys("acme-prod")).containsExactly("site/a b/caf\u00e9.html", "site/empty");
        google.log().reset();
        assertThat(run("sync", "./dist", "gs://acme-prod/site", "-o", "json")
                        .expect(0)
                        .json()
                        .path("outcome")
                        .asText())
                .isEqualTo("NOTHING_TO_DO");
        assertThat(google.log().mutations()).isEmpty();

        run("sync", "gs://acme-prod/site", "./back").expect(0);
        assertThat(Files.readString(directory.resolve("back/a b/caf\u00e9.html")))
                .isEqualTo(Files.readString(tree.resolve("a b/caf\u00e9.html")));
        run("validate", "gs://acme-prod/site", "./back").expect(0);
    }

    @Test
    void letsTheServiceCopyBetweenItsBuckets() {
        google.createBucket("acme-dev");
        google.createBucket("acme-prod");
        Map<String, String> policy = Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}");
        google.put(
                "acme-dev",
                "media/a.png",
                "picture".getBytes(StandardCharsets.UTF_8),
                ObjectFields.NONE.withText("contentType", "image/png").withMetadata(policy));

        run("sync", "gs://acme-dev", "gs://acme-prod").expect(0);

        var copied = google.find("acme-prod", "media/a.png").orElseThrow();
        assertThat(copied.fields().metadata()).isEqualTo(policy);
        assertThat(copied.fields().text("contentType")).contains("image/png");
        assertThat(google.log().count(GcsOperation.REWRITE)).isEqualTo(1);
        assertThat(google.log().count(GcsOperation.MEDIA)).isZero();
    }

    @Test
    void saysThatABucketIsNotThere() throws IOException {
        tree();

        assertThat(run("sync", "./dist", "gs://acme-nowhere").expect(6).err())
                .contains("gs://acme-nowhere")
                .contains("bucket does not exist");
    }
}
