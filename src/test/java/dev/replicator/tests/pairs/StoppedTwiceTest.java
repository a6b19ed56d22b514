package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.execute.MutationGuard;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two runs of a job that keeps drift are stopped one after the other, on machines whose clocks differ: the next one tells
 * what they did from what others did, follows the source everywhere else, and the one after that has nothing to do.
 */
@Timeout(300)
class StoppedTwiceTest {
    private static final List<String> OURS = List.of("big", "c0", "c1", "c2", "e1", "g0", "n0", "same");

    /** From where to where, and by how many minutes the clocks of both machines are off. */
    static Stream<Arguments> pairsAndClocks() {
        return Stream.of(
                Arguments.of(Kind.S3, Kind.GCS, 0, 0),
                Arguments.of(Kind.S3, Kind.GCS, 1, -1),
                Arguments.of(Kind.GCS, Kind.S3, 0, -15));
    }

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} to {1}, clocks off by {2} and {3} min")
    @MethodSource("pairsAndClocks")
    void whatTheyDidIsToldFromOthersWork(Kind from, Kind to, int first, int second) {
        try (Fakes fakes = new Fakes(directory)) {
            for (List<Integer> stops : List.of(List.of(9, 6), List.of(3, 9), List.of(7, 12))) {
                fakes.setToNow();
                new Story(fakes, fakes.open(from), fakes.open(to)).told(first, stops.get(0), second, stops.get(1));
            }
        }
    }

    private record Story(Fakes fakes, Side source, Side destination) {
        void told(int firstClock, int firstStop, int secondClock, int secondStop) {
            ReplicationJob job = keeping();
            putAll(0, "c0", "c1", "c2", "e0", "e1", "g0", "g1", "h0", "same");
            source.put("big", Bytes.random(Fakes.PART + 5, 0));
            later();
            fakes.run(job);
            later();

            putAll(1, "c0", "c1", "c2", "h0", "n0");
            source.put("big", Bytes.random(Fakes.PART + 5, 1));
            source.remove("g0");
            source.remove("g1");
            destination.put("e0", Bytes.random(500, 100));
            stopped(job, firstClock, firstStop);

            putAll(2, "c1", "e1", "g0");
            source.put("c2", Bytes.random(400, 2));
            destination.put("h0", Bytes.random(500, 101));
            stopped(job, secondClock, secondStop);

            putAll(3, "c0", "n0");
            source.put("c2", Bytes.random(400, 3));
            source.put("big", Bytes.random(Fakes.PART + 5, 3));
            later();
            fakes.run(job);
            later();
            destination.watch();

            assertThat(fakes.run(job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(destination.writes()).isEmpty();
            assertThat(OURS)
                    .allSatisfy(key -> assertThat(digest(destination, key))
                            .as(key)
                            .isPresent()
                            .isEqualTo(digest(source, key)));
            assertThat(destination.get("g1")).isEmpty();
            assertThat(digest(destination, "e0")).contains(Bytes.digest(Bytes.random(500, 100)));
            assertThat(digest(destination, "h0")).contains(Bytes.digest(Bytes.random(500, 101)));
        }

        private ReplicationJob keeping() {
            ReplicationJob job = Fakes.job(source, destination)
                    .withName("media")
                    .withOnDrift(DriftPolicy.KEEP)
                    .withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 100, 100));
            return job.withTransfer(job.transfer().withConcurrency(1));
        }

        private void putAll(int version, String... keys) {
            for (String key : keys) {
                source.put(key, Bytes.random(500, key.hashCode() + version));
            }
        }

        private void later() {
            fakes.clock.advance(Duration.ofSeconds(60));
        }

        /** A run by a machine whose clock is off, which loses its lease after so many looks at it. */
        private void stopped(ReplicationJob job, int minutes, int looks) {
            later();
            AtomicInteger looked = new AtomicInteger();
            MutationGuard guard = () -> {
                if (looked.incrementAndGet() > looks) {
                    throw new MutationGuard.NotAllowedException("the lease was lost");
                }
            };
            Clock off = Clock.offset(fakes.clock, Duration.ofMinutes(minutes));
            Replicator.create(Stores.onClassPath(), off, Map.of())
                    .run(job, RunOptions.defaults().withGuard(guard));
            later();
        }

        private static Optional<String> digest(Side side, String key) {
            return side.get(key).map(Bytes::digest);
        }
    }
}
