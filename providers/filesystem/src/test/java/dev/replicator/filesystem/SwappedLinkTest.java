package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stranger who may write to the root swaps a directory for a symbolic link to the outside, right before the n-th step
 * of one call, for every n: there is no moment at which that leads a write or a delete out.
 */
class SwappedLinkTest {
    private static final int MOST_STEPS = 200;

    @TempDir
    Path temporary;

    private Path root;
    private Path outside;
    private int steps;

    private void world(int number) throws IOException {
        root = Files.createDirectory(temporary.resolve("root" + number));
        outside = Files.createDirectories(temporary.resolve("outside" + number));
        Files.createDirectories(outside.resolve("sub"));
        Files.createDirectories(outside.resolve("tmp"));
        Files.writeString(outside.resolve("f"), "theirs");
        Files.writeString(outside.resolve("sub/f"), "theirs");
        Files.createDirectories(root.resolve("d/sub"));
        Bucket.at(root).write("other", "makes our directory of temporary files");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private interface Call {
        void on(FileStore store) throws IOException;
    }

    /** Makes the call with the swap before each of its steps in turn; how often something happened outside. */
    private int escapes(Folder.Opener opener, String swapped, Call call) throws IOException {
        int escapes = 0;
        for (int moment = 1; moment <= MOST_STEPS; moment++) {
            world(moment);
            Set<String> before = state(outside);
            int when = moment;
            steps = 0;
            FileStore store = Bucket.watched(root, opener, (step, folder) -> {
                if (++steps == when) {
                    swap(swapped);
                }
            });
            try {
                call.on(store);
            } catch (StoreException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
            escapes += state(outside).equals(before) ? 0 : 1;
            if (steps < when) {
                assertThat(moment).as("moments tried").isGreaterThan(5);
                return escapes;
            }
        }
        throw new AssertionError("more than " + MOST_STEPS + " steps");
    }

    private void swap(String name) throws IOException {
        Files.move(root.resolve(name), root.resolve("aside"));
        Files.createSymbolicLink(root.resolve(name), outside);
    }

    /** Names, contents and times of what is there. */
    private static Set<String> state(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            Set<String> state = new TreeSet<>();
            for (Path path : paths.toList()) {
                String content = Files.isRegularFile(path) ? Files.readString(path) : "";
                state.add(folder.relativize(path) + " " + content);
            }
            return state;
        }
    }

    private static Call write(String key, Precondition precondition) {
        return store -> store.write(
                ObjectKey.of(key),
                ByteArrayBody.of((key.endsWith("/") ? "" : "ours").getBytes(StandardCharsets.UTF_8)),
                WriteOptions.of(precondition));
    }

    private Call deleteOfOurs(String key) {
        return store -> {
            Files.writeString(root.resolve(key), "ours");
            store.delete(ObjectKey.of(key), Precondition.none());
        };
    }

    /** A body that fills a file by its path, as a native client or a copy from a directory does. */
    private static Call writeByPath(String key, Path file) {
        return store -> {
            Bucket source = Bucket.at(file.getParent());
            ObjectMeta object = source.head(String.valueOf(file.getFileName())).orElseThrow();
            try (ObjectBody body = source.store().read(object)) {
                store.write(ObjectKey.of(key), body, WriteOptions.of(Precondition.none()));
            }
        };
    }

    private void requireHandles() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(temporary)) {
            assumeTrue(stream instanceof SecureDirectoryStream, "skipped: this system resolves names by path only");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"d/f", "d/g", "d/sub/f", "d/sub/g", "d/new/g", "d/sub/"})
    void noMomentLeadsAWriteOut(String key) throws IOException {
        requireHandles();

        assertThat(escapes(Folder::open, "d", write(key, Precondition.none()))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d/g", "d/sub/g", "d/new/g"})
    void noMomentLeadsACreationOut(String key) throws IOException {
        requireHandles();

        assertThat(escapes(Folder::open, "d", write(key, Precondition.absent())))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d/f", "d/sub/f"})
    void noMomentLeadsADeleteOut(String key) throws IOException {
        requireHandles();

        assertThat(escapes(Folder::open, "d", deleteOfOurs(key))).isZero();
    }

    /** Our own directory of temporary files lies in the same root. */
    @ParameterizedTest
    @ValueSource(strings = {"g", "d/g", "d/new/g"})
    void noMomentLeadsATemporaryFileOut(String key) throws IOException {
        requireHandles();

        assertThat(escapes(Folder::open, ".replicator", write(key, Precondition.none())))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "d/g"})
    void noMomentLeadsABodyOutThatFillsAFileByItsPath(String key) throws IOException {
        requireHandles();
        Path source = Files.createDirectory(temporary.resolve("source"));
        Path file = Files.writeString(source.resolve("file"), "content");

        assertThat(escapes(Folder::open, ".replicator", writeByPath(key, file))).isZero();
    }

    /** The stranger is able: names resolved by path do lead out. Without this the other tests could prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"d/f", "d/g", "d/sub/f"})
    void theStrangerIsDangerousToNamesResolvedByPath(String key) throws IOException {
        assertThat(escapes(PathFolder::new, "d", write(key, Precondition.none())))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d/f", "d/sub/f"})
    void theStrangerIsDangerousToDeletesByPath(String key) throws IOException {
        assertThat(escapes(PathFolder::new, "d", deleteOfOurs(key))).isPositive();
    }
}
