package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another Replicator writes and deletes in the same directories, so that they come and go between any two steps of a
 * call: a write finds its way all the same, and what it wrote stays.
 */
class ComingAndGoingTest {
    private static final int MOST_STEPS = 300;

    @TempDir
    Path temporary;

    private Path root;
    private int steps;

    /** What the other does before the n-th step of a call, and perhaps before those that follow. */
    private interface Other {
        void before(int step, int moment) throws IOException;
    }

    private interface Call {
        void on(FileStore store) throws IOException;
    }

    /** Makes the call in a fresh world with the other at work from each of its steps on in turn. */
    private void atEveryMoment(Other other, Call call, String expected) throws IOException {
        for (int moment = 1; moment <= MOST_STEPS; moment++) {
            root = Files.createDirectory(temporary.resolve("root" + moment));
            int when = moment;
            steps = 0;
            FileStore store = Bucket.watched(root, Folder::open, (step, folder) -> other.before(++steps, when));

            call.on(store);

            assertThat(root.resolve(expected)).as("after moment %s", moment).exists();
            if (steps < when) {
                assertThat(moment).as("moments tried").isGreaterThan(10);
                return;
            }
        }
        throw new AssertionError("more than " + MOST_STEPS + " steps");
    }

    private void writeOfTheOther() throws IOException {
        Files.createDirectories(root.resolve("d/sub"));
        Files.writeString(root.resolve("d/sub/other"), "theirs");
    }

    /** As a delete does: the file, and the directories above as far as nothing else is in them. */
    private void deleteOfTheOther() throws IOException {
        Files.deleteIfExists(root.resolve("d/sub/other"));
        for (String folder : new String[] {"d/sub", "d"}) {
            try {
                Files.deleteIfExists(root.resolve(folder));
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private static Call write(String key, Precondition precondition) {
        return store -> store.write(
                ObjectKey.of(key),
                ByteArrayBody.of((key.endsWith("/") ? "" : "ours").getBytes(StandardCharsets.UTF_8)),
                WriteOptions.of(precondition));
    }

    private static Precondition precondition(String name) {
        return name.equals("absent") ? Precondition.absent() : Precondition.none();
    }

    @ParameterizedTest
    @CsvSource({"d/g,absent", "d/g,none", "d/sub/g,absent", "d/sub/g,none", "d/sub/deep/g,absent", "d/sub/marker/,none"
    })
    void directoriesGoOnce(String key, String precondition) throws IOException {
        atEveryMoment(
                (step, moment) -> {
                    if (step == moment) {
                        deleteOfTheOther();
                    }
                },
                write(key, precondition(precondition)),
                key);
    }

    @ParameterizedTest
    @CsvSource({"d/g,absent", "d/g,none", "d/sub/g,absent", "d/sub/g,none", "d/sub/deep/g,absent", "d/sub/marker/,none"
    })
    void directoriesComeFilledAndGo(String key, String precondition) throws IOException {
        atEveryMoment(
                (step, moment) -> {
                    if (step == moment) {
                        writeOfTheOther();
                    } else if (step == moment + 1) {
                        deleteOfTheOther();
                    }
                },
                write(key, precondition(precondition)),
                key);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void directoriesComeAndGoForAWhile(int rhythm) throws IOException {
        atEveryMoment(
                (step, moment) -> {
                    if (step >= moment && step < moment + 20) {
                        if (step % rhythm == 0) {
                            writeOfTheOther();
                        } else {
                            deleteOfTheOther();
                        }
                    } else if (step == moment + 20) {
                        deleteOfTheOther();
                    }
                },
                write("d/sub/g", Precondition.absent()),
                "d/sub/g");
    }

    @Test
    void deletesDoNotMindThatDirectoriesGo() throws IOException {
        atEveryMoment(
                (step, moment) -> {
                    if (step == moment) {
                        deleteOfTheOther();
                    }
                },
                store -> {
                    Files.createDirectories(root.resolve("d/sub"));
                    Files.writeString(root.resolve("d/sub/g"), "ours");
                    store.delete(ObjectKey.of("d/sub/g"), Precondition.none());
                    assertThat(root.resolve("d/sub/g")).doesNotExist();
                    Files.createFile(root.resolve("done"));
                },
                "done");
    }

    @Test
    void nothingIsLeftOfTheAttempts() throws IOException {
        directoriesComeFilledAndGo("d/sub/g", "absent");

        try (Stream<Path> left = Files.list(root.resolve(".replicator/tmp"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .allSatisfy(name -> assertThat(name).startsWith("lock-"));
        }
    }
}
