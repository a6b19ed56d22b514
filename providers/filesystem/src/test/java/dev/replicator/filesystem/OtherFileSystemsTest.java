package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Filesystems that fold case, have no extended attributes, no hard links, no directory handles or other separators. */
class OtherFileSystemsTest {
    @Test
    void refusesASecondSpellingWhereCaseFolds() throws IOException {
        try (FileSystem mac = Jimfs.newFileSystem(Configuration.osX())) {
            Bucket bucket = Bucket.at(mac.getPath("/srv/bucket"));
            bucket.write("Photos/A.jpg", "upper");

            for (String other : List.of("photos/b.jpg", "PHOTOS/A.jpg", "Photos/a.jpg", "Photos/A.JPG")) {
                assertThatThrownBy(() -> bucket.write(other, "lower", Bucket.ifAbsent()))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("another spelling");
                assertThatThrownBy(() -> bucket.write(other, "lower")).isInstanceOf(InvalidRequestException.class);
            }
            bucket.write("Photos/A.jpg", "again");

            assertThat(bucket.keys()).containsExactly("Photos/A.jpg");
            assertThat(bucket.content("Photos/A.jpg")).isEqualTo("again");
        }
    }

    @Test
    void keepsBothSpellingsWhereCaseCounts() throws IOException {
        try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
            Bucket bucket = Bucket.at(unix.getPath("/srv/bucket"));

            bucket.write("A", "upper");
            bucket.write("a", "lower");

            assertThat(bucket.keys()).containsExactly("A", "a");
        }
    }

    @Test
    void doesItsWorkByPathWhereThereAreNoHandles() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            worksAt(windows.getPath("C:\\work\\bucket"));
        }
    }

    @Test
    void doesItsWorkWithoutHardLinksAndAttributes() throws IOException {
        Configuration plain = Configuration.unix().toBuilder()
                .setSupportedFeatures(Feature.FILE_CHANNEL, Feature.SECURE_DIRECTORY_STREAM)
                .setAttributeViews("basic")
                .build();
        try (FileSystem unix = Jimfs.newFileSystem(plain)) {
            worksAt(unix.getPath("/srv/bucket"));
        }
    }

    private static void worksAt(Path root) {
        Bucket bucket = Bucket.at(root);
        Instant time = Instant.parse("2020-01-01T00:00:00Z");
        ObjectMeta first = bucket.write("a/b/c.txt", "one", Bucket.ifAbsent().withModified(time));
        bucket.write("a.txt", "two");

        assertThat(bucket.keys()).containsExactly("a.txt", "a/b/c.txt");
        assertThat(bucket.head("a/b/c.txt").orElseThrow().version()).isEqualTo(first.version());
        assertThat(first.modified()).isEqualTo(time);
        assertThatThrownBy(() -> bucket.write("a/b/c.txt", "x", Bucket.ifAbsent()))
                .isInstanceOf(StaleObjectException.class);
        assertThatThrownBy(() -> bucket.write("a.txt/x", "x")).isInstanceOf(InvalidRequestException.class);
        assertThat(bucket.content("a/b/c.txt")).isEqualTo("one");
        bucket.store().delete(ObjectKey.of("a/b/c.txt"), Precondition.unchanged(first.version()));
        assertThat(bucket.keys()).containsExactly("a.txt");
        assertThat(root.resolve("a")).doesNotExist();
        assertThat(root.resolve(".replicator").resolve("tmp")).isDirectoryNotContaining("glob:**t-*");
    }

    @Test
    void refusesNamesThatWouldBePathsOnWindows() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = windows.getPath("C:\\work\\bucket");
            Bucket bucket = Bucket.at(root);
            Files.createDirectories(root);

            for (String key : List.of("..\\x", "a\\..\\..\\x", "C:\\x", "C:", "\\x", "a\\b", "a:b")) {
                assertThatThrownBy(() -> bucket.write(key, "x")).as(key).isInstanceOf(InvalidRequestException.class);
            }
            assertThat(bucket.keys()).isEmpty();
        }
    }

    @Test
    void doesNotGoThroughLinksByPathEither() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = windows.getPath("C:\\work\\bucket");
            Path outside = Files.createDirectories(windows.getPath("C:\\outside"));
            Files.createDirectories(root);
            Files.createSymbolicLink(root.resolve("out"), outside);
            Bucket bucket = Bucket.at(root);

            assertThatThrownBy(() -> bucket.write("out/x", "evil")).isInstanceOf(InvalidRequestException.class);

            assertThat(Files.list(outside)).isEmpty();
        }
    }
}
