package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.s3.model.S3Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An object that is replaced by another of its size between any two requests: never a mix of both arrives. */
@Tag("long")
@Timeout(120)
class ReplacedWhileReadTest {
    private static final String KEY = "changing";
    private static final int SMALL = 1_000;
    private static final int LARGE = 2 * Fakes.PART + 77;
    /** More requests than any copy here takes. */
    private static final int MOST_STEPS = 100;

    @TempDir
    static Path directory;

    private static Fakes fakes;

    @BeforeAll
    static void start() {
        fakes = new Fakes(directory);
    }

    @AfterAll
    static void stop() {
        fakes.close();
    }

    @AfterEach
    void heal() {
        fakes.s3.faults().clear();
        fakes.gcs.faults().clear();
    }

    static Stream<Arguments> copies() {
        return Pair.all()
                .filter(pair -> pair.source() != Kind.DIRECTORY)
                .flatMap(pair -> Stream.of(SMALL, LARGE).map(size -> Arguments.of(pair, size)));
    }

    @ParameterizedTest(name = "{0}, {1} bytes")
    @MethodSource("copies")
    void neverArrivesMixedAndArrivesInTheEnd(Pair pair, int size) {
        int step = 1;
        while (isReplacedAtStep(step, pair, size)) {
            step++;
            assertThat(step).isLessThan(MOST_STEPS);
        }
        assertThat(step)
                .as("requests for the object, of which each had its turn")
                .isGreaterThan(1);
    }

    /** False when the copy needs fewer requests. */
    private static boolean isReplacedAtStep(int step, Pair pair, int size) {
        fakes.setToNow();
        Side source = fakes.open(pair.source());
        Side destination = fakes.open(pair.destination());
        byte[] old = Bytes.random(size, 1);
        byte[] fresh = Bytes.random(size, 2);
        source.put(KEY, old);
        AtomicInteger steps = new AtomicInteger();
        beforeEachRequest(() -> {
            if (steps.incrementAndGet() == step) {
                fakes.clock.advance(Duration.ofSeconds(2));
                source.put(KEY, fresh);
            }
        });
        ReplicationJob job = Fakes.job(source, destination);

        RunReport first = fakes.run(job);
        heal(step, steps);
        RunReport second = fakes.run(job);

        assertThat(first.problem()).isEmpty();
        assertThat(first.counts().failed())
                .as("step %d: %s", step, first.failures())
                .isZero();
        boolean replaced = steps.get() >= step;
        assertThat(second.outcome()).isIn(Outcome.SUCCEEDED, Outcome.NOTHING_TO_DO);
        assertThat(destination.get(KEY).map(Bytes::digest))
                .as("step %d in the end", step)
                .contains(Bytes.digest(replaced ? fresh : old));
        return replaced;
    }

    private static void heal(int step, AtomicInteger steps) {
        fakes.s3.faults().clear();
        fakes.gcs.faults().clear();
        assertThat(steps.get()).as("step %d of", step).isPositive();
    }

    private static void beforeEachRequest(Runnable code) {
        fakes.s3.faults().on().key(KEY).before(call -> code.run());
        fakes.gcs.faults().on().key(KEY).before(call -> code.run());
    }

    /** Whatever arrives of an object that never stands still is one of its versions. */
    @ParameterizedTest(name = "{0}, {1} bytes")
    @MethodSource("copies")
    void isOneVersionOrNothingWhereItChangesBeforeEveryRead(Pair pair, int size) {
        fakes.setToNow();
        Side source = fakes.open(pair.source());
        Side destination = fakes.open(pair.destination());
        List<String> versions = new ArrayList<>();
        AtomicInteger seeds = new AtomicInteger();
        Runnable change = () -> {
            byte[] next = Bytes.random(size, seeds.incrementAndGet());
            synchronized (versions) {
                versions.add(Bytes.digest(next));
                source.put(KEY, next);
            }
        };
        change.run();
        fakes.s3
                .faults()
                .on(S3Operation.GET_OBJECT, S3Operation.COPY_OBJECT, S3Operation.UPLOAD_PART_COPY)
                .key(KEY)
                .before(call -> change.run());
        fakes.gcs.faults().on(GcsOperation.MEDIA, GcsOperation.REWRITE).key(KEY).before(call -> change.run());

        RunReport report = fakes.run(Fakes.job(source, destination));

        assertThat(report.problem()).isEmpty();
        assertThat(report.counts().copied() + report.counts().stale()).isEqualTo(1);
        assertThat(versions.size()).isGreaterThan(1);
        destination
                .get(KEY)
                .map(Bytes::digest)
                .ifPresent(found -> assertThat(versions).contains(found));
    }
}
