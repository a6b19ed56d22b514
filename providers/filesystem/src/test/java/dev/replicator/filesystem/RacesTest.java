package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacesTest {
    private static final int THREADS = 16;

    @TempDir
    Path root;

    @Test
    void oneOfSixteenCreatorsWins() throws Exception {
        assertOneWinner("data/d" /* made by each of them */, 15);
        assertOneWinner(".replicator/job/lease", 5);
    }

    @Test
    void oneOfSixteenCreatorsWinsWhereLinksWouldBeUnsafe() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertOneWinner("data/d", 15);
    }

    private void assertOneWinner(String folder, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            String key = folder + round + "/x";

            List<Boolean> won = together(number -> written(key, "writer " + number, Bucket.ifAbsent()));

            assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
            assertThat(Bucket.at(root).content(key)).isEqualTo("writer " + won.indexOf(true));
        }
    }

    @Test
    void oneOfSixteenOverwritersOfAVersionWins() throws Exception {
        Bucket bucket = Bucket.at(root);
        for (int round = 0; round < 15; round++) {
            Version seen = bucket.write("k", "round " + round).version();

            List<Boolean> won =
                    together(number -> written("k", "writer " + number, WriteOptions.of(Precondition.unchanged(seen))));

            assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
            assertThat(bucket.content("k")).isEqualTo("writer " + won.indexOf(true));
        }
    }

    /** Of a key and one below it, whichever comes later is refused by name: neither is said to have changed. */
    @Test
    void aKeyAndAKeyBelowItNeverPassForAChangedObject() throws Exception {
        for (int round = 0; round < 100; round++) {
            String key = "k" + round;

            List<Optional<InvalidRequestException.Why>> refusals = together(number -> {
                try {
                    Bucket.at(root).write(number % 2 == 0 ? key : key + "/below" + number, "x", Bucket.ifAbsent());
                    return Optional.<InvalidRequestException.Why>empty();
                } catch (StaleObjectException e) {
                    assertThat(number % 2).as(e.getMessage()).isEqualTo(0);
                    assertThat(root.resolve(key)).isRegularFile();
                    return Optional.<InvalidRequestException.Why>empty();
                } catch (InvalidRequestException e) {
                    return Optional.of(e.why());
                }
            });

            assertThat(refusals.stream().flatMap(Optional::stream))
                    .isNotEmpty()
                    .containsOnly(InvalidRequestException.Why.UNSAFE_KEY);
        }
    }

    @Test
    void writersFindTheirWayThoughDeletesTakeDirectoriesAlong() throws Exception {
        List<Boolean> done = together(number -> {
            Bucket bucket = Bucket.at(root);
            for (int i = 0; i < 15; i++) {
                String key = "a/b/c/" + number;
                bucket.write(key, "x", Bucket.ifAbsent());
                bucket.store().delete(ObjectKey.of(key), Precondition.none());
            }
            bucket.write("a/b/c/last" + number, "x");
            return true;
        });

        assertThat(done).hasSize(THREADS).containsOnly(true);
        assertThat(Bucket.at(root).keys()).hasSize(THREADS);
    }

    private boolean written(String key, String content, WriteOptions options) {
        try {
            Bucket.at(root).write(key, content, options);
            return true;
        } catch (StaleObjectException e) {
            return false;
        }
    }

    private interface Racer<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> together(Racer<T> racer) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> racers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                Callable<T> run = () -> {
                    start.await();
                    return racer.run(number);
                };
                racers.add(pool.submit(run));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> each : racers) {
                results.add(each.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void leavesNoTemporaryFilesBehindARace() throws Exception {
        List<Boolean> won = together(number -> written("k", "x", Bucket.ifAbsent()));

        assertThat(won).contains(true);
        try (Stream<Path> left = Files.list(root.resolve(".replicator/tmp"))) {
            assertThat(left)
                    .allSatisfy(
                            file -> assertThat(file.getFileName().toString()).startsWith("lock-"));
        }
    }
}
