package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.NaughtyKeys;
import dev.replicator.testkit.RecordingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that break scripts arrive exactly between any two kinds of places, or are refused by name. */
@Tag("long")
@Timeout(120)
class NaughtyKeysTest {
    @TempDir
    Path directory;

    /** JUnit resolves each file before it deletes it, which for so many takes longer than the test. */
    @AfterEach
    void removeFiles() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (!folder.equals(directory)) {
                    Files.delete(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static Stream<Pair> pairs() {
        return Pair.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void everyKeyArrivesExactlyOrIsRefusedByName(Pair pair) {
        try (Fakes fakes = new Fakes(directory)) {
            Side source = fakes.open(pair.source());
            Side destination = fakes.open(pair.destination());
            SortedSet<String> keys = heldBy(pair.source());
            keys.forEach(key -> source.put(key, content(key)));
            ReplicationJob job = Fakes.job(source, destination);
            RecordingListener listener = new RecordingListener();

            RunReport report = fakes.replicator.run(job, RunOptions.defaults().withListener(listener));

            SortedSet<String> refused = refused(listener);
            SortedSet<String> arrived = destination.keys();
            assertThat(report.problem()).isEmpty();
            assertThat(together(arrived, refused)).isEqualTo(keys);
            assertThat(arrived)
                    .allSatisfy(key -> assertThat(
                                    destination.get(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                            .contains(key));
            assertThat(arrived).containsAll(intersection(keys, surelyHeldBy(pair.destination())));
            assertThat(arrived.size() + refused.size()).isEqualTo(keys.size());
            assertASecondRunWritesNothing(fakes, job, source, destination, refused);
        }
    }

    private static void assertASecondRunWritesNothing(
            Fakes fakes, ReplicationJob job, Side source, Side destination, SortedSet<String> refused) {
        source.watch();
        destination.watch();

        RunReport second = fakes.run(job);

        assertThat(second.outcome()).isEqualTo(refused.isEmpty() ? Outcome.NOTHING_TO_DO : Outcome.PARTIAL);
        assertThat(source.writes()).isEmpty();
        assertThat(destination.writes()).isEmpty();
    }

    /** Each key is its object's content, so that one under another's name shows. */
    private static byte[] content(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static SortedSet<String> refused(RecordingListener listener) {
        SortedSet<String> refused = new TreeSet<>();
        listener.finished().stream()
                .filter(result -> !(result instanceof ActionResult.Done))
                .forEach(result -> refused.add(result.action().key().text()));
        return refused;
    }

    private static SortedSet<String> heldBy(Kind kind) {
        return switch (kind) {
            case S3 -> those(NaughtyKeys.all(), key -> true);
            case GCS -> those(NaughtyKeys.all(), NaughtyKeysTest::isHeldByGoogle);
            case DIRECTORY -> those(NaughtyKeys.safeAsPaths(), key -> true);
        };
    }

    /** Of a directory, which holds some others too, those that don't depend on what came first. */
    private static SortedSet<String> surelyHeldBy(Kind kind) {
        if (kind != Kind.DIRECTORY) {
            return heldBy(kind);
        }
        SortedSet<String> safe = heldBy(kind);
        return those(List.copyOf(safe), key -> NaughtyKeys.all().stream().noneMatch(other -> crosses(key, other)));
    }

    private static boolean crosses(String key, String other) {
        return other.startsWith(key + "/") || key.startsWith(other + "/");
    }

    /** "About objects: naming considerations" of Cloud Storage. */
    private static boolean isHeldByGoogle(String key) {
        return key.indexOf('\r') < 0
                && key.indexOf('\n') < 0
                && !key.equals(".")
                && !key.equals("..")
                && !key.startsWith(".well-known/acme-challenge/");
    }

    private static SortedSet<String> those(List<String> keys, Predicate<String> wanted) {
        SortedSet<String> those = new TreeSet<>(keys);
        those.removeIf(wanted.negate());
        return those;
    }

    private static SortedSet<String> together(SortedSet<String> ones, SortedSet<String> others) {
        SortedSet<String> all = new TreeSet<>(ones);
        all.addAll(others);
        return all;
    }

    private static SortedSet<String> intersection(SortedSet<String> ones, SortedSet<String> others) {
        SortedSet<String> both = new TreeSet<>(ones);
        both.retainAll(others);
        return both;
    }
}
