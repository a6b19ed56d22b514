package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMetadataTest {
    private static final ObjectMetadata FULL = new ObjectMetadata(
            Optional.of("text/x-odd; charset=\"utf-8\""),
            Optional.of("max-age=60"),
            Optional.of("gzip"),
            Optional.of("attachment; filename=\"é.txt\""),
            Optional.of("de"),
            Optional.of("Wed, 21 Oct 2026 07:28:00 GMT"),
            Map.of("custom:aclpolicy", "{\"a\":1}", "name", "日本"),
            Map.of("team", "blue", "", "empty"));

    @TempDir
    Path root;

    private Bucket bucket;

    @BeforeEach
    void open() {
        bucket = Bucket.at(root);
    }

    @Test
    void comesBackWhole() {
        ObjectMeta written = bucket.write("a", "x", Bucket.ifAbsent().withMetadata(FULL));

        assertThat(bucket.head("a").orElseThrow().metadata()).contains(FULL.withTags(Map.of()));
        assertThat(written.metadata()).contains(FULL.withTags(Map.of()));
        assertThat(bucket.store().read(written).metadata()).isEqualTo(FULL);
        assertThat(bucket.store().role(Tags.class).orElseThrow().tags(ObjectKey.of("a")))
                .isEqualTo(FULL.tags());
    }

    @Test
    void remembersTheOperationThatWroteIt() {
        bucket.write("a", "x", Bucket.ifAbsent().withOperation("op-1"));

        assertThat(user("a")).containsEntry(ObjectMetadata.OPERATION, "op-1");
    }

    @Test
    void forgetsWhereAFileCameFromOnceItIsEdited() throws IOException {
        ObjectMetadata ours = FULL.withUser(ObjectMetadata.SOURCE_VERSION, "v1").withUser(ObjectMetadata.MTIME, "1");
        bucket.write("a", "x", Bucket.ifAbsent().withMetadata(ours).withOperation("op-1"));

        Files.writeString(root.resolve("a"), "edited");

        assertThat(bucket.head("a").orElseThrow().metadata()).contains(FULL.withTags(Map.of()));
    }

    @Test
    void guessesTheContentTypeOfAFileThatHasNone() {
        bucket.file("index.HTML", "");
        bucket.file("a.b/noextension", "");
        bucket.file("font.woff2", "");

        assertThat(contentType("index.HTML")).isEqualTo("text/html");
        assertThat(contentType("a.b/noextension")).isEqualTo("application/octet-stream");
        assertThat(contentType("font.woff2")).isEqualTo("font/woff2");
    }

    @Test
    void dropsTheLargestEntriesAndNoMoreWhereThereIsNoRoom() {
        FileMetadata metadata = new FileMetadata(root);
        Path file = bucket.file("a", "x");
        ObjectMetadata huge = FULL.withUser("big", "x".repeat(200_000));
        FileState state = bucketState("a");

        ObjectMetadata kept = metadata.write(file, state.size(), state.modified(), huge);

        assertThat(kept).isEqualTo(FULL.withoutOurs());
        assertThat(metadata.read(file, state.size(), state.modified(), "a")).isEqualTo(kept);
        assertThat(metadata.lost()).isEqualTo(1);
        bucket.write("b", "content", Bucket.ifAbsent().withMetadata(huge));
        assertThat(bucket.content("b")).isEqualTo("content");
    }

    private FileState bucketState(String key) {
        ObjectMeta meta = bucket.head(key).orElseThrow();
        return new FileState(meta.size(), meta.modified(), 0);
    }

    private Map<String, String> user(String key) {
        return bucket.head(key).orElseThrow().metadata().orElseThrow().user();
    }

    private String contentType(String key) {
        return bucket.head(key)
                .orElseThrow()
                .metadata()
                .orElseThrow()
                .contentType()
                .orElseThrow();
    }
}
