package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.report.Failure;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.s3.model.Weakness;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transfers that go wrong somewhere between two stores: every one is found, and nothing wrong stays where it
 * was to go. What is right beside them arrives.
 */
@Tag("deepened")
@Timeout(300)
class CorruptionTest {
    /** Transfers that go wrong in one round, over all pairs; a run of them has no more than a report has room for. */
    private static final int TRANSFERS = 1_000;

    private static final int ROUNDS = Integer.getInteger("replicator.test.corruption-rounds", 1);

    /** One of so many objects moves in parts. */
    private static final int LARGE_EACH = 40;

    @TempDir
    Path directory;

    /** Most of them between clouds; between a cloud and a directory there is only one side to go wrong. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(new Pair(Kind.S3, Kind.GCS), TRANSFERS * 4 / 10),
                Arguments.of(new Pair(Kind.GCS, Kind.S3), TRANSFERS * 3 / 10),
                Arguments.of(new Pair(Kind.S3, Kind.DIRECTORY), TRANSFERS / 20),
                Arguments.of(new Pair(Kind.GCS, Kind.DIRECTORY), TRANSFERS / 20),
                Arguments.of(new Pair(Kind.DIRECTORY, Kind.S3), TRANSFERS / 20),
                Arguments.of(new Pair(Kind.DIRECTORY, Kind.GCS), TRANSFERS / 20));
    }

    @ParameterizedTest(name = "{1} from {0}")
    @MethodSource("pairs")
    void everyWrongTransferIsFoundAndNothingWrongStays(Pair pair, int wrong) {
        for (int round = 0; round < ROUNDS; round++) {
            try (Fakes fakes = new Fakes(directory)) {
                assertFound(fakes, pair, Corruption.of(pair), wrong, round);
            }
        }
    }

    /** Where bytes are checked by nobody else. */
    @Test
    void theyAreFoundAtAServerThatIgnoresChecksumsToo() {
        try (Fakes fakes = new Fakes(directory, Weakness.CHECKSUMS_IGNORED)) {
            List<Corruption> ways = List.of(Corruption.FLIPPED_ON_THE_WAY_IN, Corruption.ANOTHER_BODY);
            assertFound(fakes, new Pair(Kind.GCS, Kind.S3), ways, TRANSFERS / 10, 0);
        }
    }

    private static void assertFound(Fakes fakes, Pair pair, List<Corruption> ways, int wrong, int round) {
        Side source = fakes.open(pair.source());
        Side destination = fakes.open(pair.destination());
        Random random = new Random(wrong + 1_000L * round);
        for (int i = 0; i < wrong; i++) {
            String key = "wrong/%04d".formatted(i);
            byte[] content = content(random, i);
            source.put(key, content);
            ways.get(i % ways.size()).befall(fakes, new Corruption.Victim(source, destination, key, content, random));
            source.put("right/%04d".formatted(i), content);
        }

        RunReport report = fakes.run(Fakes.job(source, destination));

        SortedMap<String, String> right = contents(source, "right/");
        assertThat(missing(found(report).keySet(), source))
                .as(() -> "not found; " + told(report))
                .isEmpty();
        assertThat(report.failures())
                .as(() -> "found what was right; " + told(report))
                .allMatch(failure -> failure.key().startsWith("wrong/"));
        assertThat(found(report).values()).isSubsetOf(causes(pair));
        assertThat(report.counts().copied()).isEqualTo(right.size());
        assertThat(destination.contents()).as("arrived").isEqualTo(right);
        assertThat(fakes.unfinishedUploads(destination)).isEmpty();
    }

    /** The native client, which fills files, takes bytes that don't fit for trouble on the way. */
    private static Set<FailureCause> causes(Pair pair) {
        return pair.equals(new Pair(Kind.S3, Kind.DIRECTORY))
                ? EnumSet.of(FailureCause.CORRUPT, FailureCause.NETWORK)
                : EnumSet.of(FailureCause.CORRUPT);
    }

    private static byte[] content(Random random, int i) {
        int size = i % LARGE_EACH == 0 ? Fakes.PART + 1 + random.nextInt(1_000) : 1 + random.nextInt(3_000);
        return Bytes.random(size, random.nextLong());
    }

    private static Map<String, FailureCause> found(RunReport report) {
        return report.failures().stream()
                .collect(Collectors.toMap(Failure::key, Failure::cause, (one, other) -> one, TreeMap::new));
    }

    private static Set<String> missing(Set<String> found, Side source) {
        Set<String> missing = new TreeSet<>(contents(source, "wrong/").keySet());
        missing.removeAll(found);
        return missing;
    }

    /** What explains a run that went another way: how it ended and what it says of objects, by cause. */
    private static String told(RunReport report) {
        Map<FailureCause, Long> causes =
                report.failures().stream().collect(Collectors.groupingBy(Failure::cause, Collectors.counting()));
        return report.outcome() + " " + report.counts() + " " + causes + " " + report.skips() + " " + report.warnings()
                + " " + report.problem();
    }

    private static SortedMap<String, String> contents(Side side, String prefix) {
        SortedMap<String, String> contents = new TreeMap<>(side.contents());
        contents.keySet().removeIf(key -> !key.startsWith(prefix));
        return contents;
    }
}
