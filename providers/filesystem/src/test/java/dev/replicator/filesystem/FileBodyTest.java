package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBodyTest {
    @TempDir
    Path root;

    private Bucket bucket;
    private ObjectMeta object;
    private ObjectBody body;

    @BeforeEach
    void open() {
        bucket = Bucket.at(root);
        object = bucket.write("a/file.txt", "0123456789");
        body = bucket.store().read(object);
    }

    @Test
    void readsRangesAgainAndAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (InputStream all = body.open();
                    InputStream middle = body.open(3, 4);
                    InputStream none = body.open(10, 0)) {
                assertThat(text(all)).isEqualTo("0123456789");
                assertThat(text(middle)).isEqualTo("3456");
                assertThat(text(none)).isEmpty();
            }
        }
    }

    @Test
    void refusesARangeBeyondTheSize() {
        assertThatThrownBy(() -> body.open(5, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> body.open(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> body.open(Long.MAX_VALUE, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsWhenTheFileWasEditedReplacedOrDeletedBefore() throws IOException {
        Files.writeString(root.resolve("a/file.txt"), "X", StandardOpenOption.APPEND);
        assertThatThrownBy(body::open).isInstanceOf(StaleObjectException.class);

        bucket.write("a/file.txt", "0123456789");
        assertThatThrownBy(body::open).isInstanceOf(StaleObjectException.class);
        assertThatThrownBy(body::file).isInstanceOf(StaleObjectException.class);
        assertThatThrownBy(body::metadata).isInstanceOf(StaleObjectException.class);

        Files.delete(root.resolve("a/file.txt"));
        assertThatThrownBy(body::open).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void neverHandsOutTheLastBytesOfAFileThatChangedMeanwhile() throws IOException {
        try (InputStream stream = body.open()) {
            assertThat(stream.readNBytes(5)).asString(StandardCharsets.UTF_8).isEqualTo("01234");
            Files.writeString(root.resolve("a/file.txt"), "abcdefghij");

            assertThatThrownBy(() -> stream.readNBytes(5)).isInstanceOf(StaleObjectException.class);
        }
    }

    @Test
    void noticesAReplacementAndATruncationMeanwhile() throws IOException {
        try (InputStream stream = body.open()) {
            bucket.write("a/file.txt", "abcdefghij");
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(StaleObjectException.class);
        }
        ObjectMeta now = bucket.head("a/file.txt").orElseThrow();
        try (InputStream stream = bucket.store().read(now).open()) {
            Files.writeString(root.resolve("a/file.txt"), "abc");
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(StaleObjectException.class);
        }
    }

    @Test
    void handsOutThePathAndTellsAfterwardsWhetherItStillHolds() throws IOException {
        assertThat(body.file()).contains(root.resolve("a/file.txt"));
        body.open(0, 0).close();

        Files.writeString(root.resolve("a/file.txt"), "changed");

        assertThatThrownBy(() -> body.open(0, 0)).isInstanceOf(StaleObjectException.class);
    }

    @Test
    void savesItselfToAFile(@TempDir Path elsewhere) {
        Path file = elsewhere.resolve("copy");

        assertThat(body.saveTo(file)).isTrue();

        assertThat(file).hasContent("0123456789");
    }

    @Test
    void saysThatItWasTheOtherFileThatCouldNotBeWritten(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> body.saveTo(elsewhere.resolve("missing/copy")))
                .isInstanceOf(UncheckedIOException.class);

        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        assertThatThrownBy(() -> body.saveTo(full))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void doesNotReadThroughALinkThatTookTheFilesPlace(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("file.txt"), "secret");
        ObjectMeta secret = Bucket.at(outside).head("file.txt").orElseThrow().withKey(object.key());
        Files.delete(root.resolve("a/file.txt"));
        Files.delete(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("a"), outside);

        assertThatThrownBy(() -> bucket.store().read(secret).open()).isInstanceOf(ObjectNotFoundException.class);

        Files.delete(root.resolve("a"));
        Files.createDirectory(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("a/file.txt"), outside.resolve("file.txt"));
        assertThatThrownBy(() -> bucket.store().read(secret).open()).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void refusesToReadAKeyThatCannotBeHere() {
        ObjectMeta unsafe = object.withKey(ObjectKey.of("../file.txt"));

        assertThatThrownBy(() -> bucket.store().read(unsafe)).isInstanceOf(InvalidRequestException.class);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
