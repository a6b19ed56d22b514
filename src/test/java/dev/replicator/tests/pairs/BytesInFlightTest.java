package dev.replicator.tests.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.gcs.GcsStoreProvider;
import dev.replicator.job.TransferSettings;
import dev.replicator.report.RunReport;
import dev.replicator.s3.S3StoreProvider;
import dev.replicator.store.Stores;
import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that were taken from one cloud and not yet accepted by the other: never more than the job allows. */
@Timeout(120)
class BytesInFlightTest {
    private static final int KIB = 1 << 10;
    private static final int SMALL = 128 * KIB;
    private static final int LARGE = 8 * Fakes.PART + 5;
    /** Room for four parts, as many as go at once of an object. */
    private static final long LIMIT = 4L * Fakes.PART;

    private static final int WORKERS = 64;
    /** Workers that hold more than the limit between them; not all, so that one which is late breaks nothing. */
    private static final int ENOUGH = 48;

    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/.*");

    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong most = new AtomicLong();
    private final Replicator replicator = Replicator.create(
            Stores.of(
                    new WatchedProvider(new S3StoreProvider(), this::took),
                    new WatchedProvider(new GcsStoreProvider(), this::took)),
            Clock.systemUTC(),
            Map.of());

    @TempDir
    Path directory;

    private Fakes fakes;

    @BeforeEach
    void start() {
        fakes = new Fakes(directory);
        fakes.s3
                .faults()
                .on(S3Operation.PUT_OBJECT, S3Operation.UPLOAD_PART)
                .afterCommit(call -> inFlight.addAndGet(-length(call)));
        fakes.gcs
                .faults()
                .on(GcsOperation.INSERT, GcsOperation.RESUMABLE_CHUNK)
                .afterCommit(call -> inFlight.addAndGet(-length(call)));
    }

    @AfterEach
    void stop() {
        fakes.close();
    }

    private void took(long bytes) {
        most.accumulateAndGet(inFlight.addAndGet(bytes), Math::max);
    }

    private static long length(S3Call call) {
        return Long.parseLong(call.headers().get("x-amz-decoded-content-length"));
    }

    /** Of an upload in one request the object's, which is of one size here. */
    private static long length(GcsCall call) {
        if (call.operation() == GcsOperation.INSERT) {
            return SMALL;
        }
        Matcher range = RANGE.matcher(
                Optional.ofNullable(call.headers().get("content-range")).orElse(""));
        return range.matches() ? Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1 : 0;
    }

    static Stream<Arguments> loads() {
        return Pair.acrossClouds()
                .flatMap(pair -> Stream.of(Arguments.of(pair, SMALL, 100), Arguments.of(pair, LARGE, 4)));
    }

    private RunReport copy(Pair pair, int size, int objects, long limit) {
        Side source = fakes.open(pair.source());
        Side destination = fakes.open(pair.destination());
        for (int i = 0; i < objects; i++) {
            source.put("k%04d".formatted(i), Bytes.random(size, i));
        }
        RunReport report = replicator.run(
                Fakes.job(source, destination)
                        .withTransfer(TransferSettings.DEFAULT
                                .withConcurrency(WORKERS)
                                .withBytesInFlight(limit)),
                RunOptions.defaults());
        assertThat(destination.contents()).isEqualTo(source.contents());
        return report;
    }

    @ParameterizedTest(name = "{0}, {2} of {1} bytes")
    @MethodSource("loads")
    void areNeverMoreThanTheLimit(Pair pair, int size, int objects) {
        RunReport report = copy(pair, size, objects, LIMIT);

        assertThat(report.counts().copied()).isEqualTo(objects);
        assertThat(most.get()).isBetween((long) Math.min(size, Fakes.PART), LIMIT);
        assertThat(inFlight.get()).as("all arrived").isZero();
    }

    /** What the others measure can be more. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("acrossClouds")
    void areMoreWhereTheLimitIsHigher(Pair pair) {
        CountDownLatch enough = new CountDownLatch(ENOUGH);
        Set<String> arrived = ConcurrentHashMap.newKeySet();
        fakes.s3.faults().on(S3Operation.PUT_OBJECT).before(call -> await(enough, arrived.add(call.key())));
        fakes.gcs.faults().on(GcsOperation.INSERT).before(call -> await(enough, arrived.add(call.key())));

        copy(pair, SMALL, WORKERS, 100 * LIMIT);

        assertThat(most.get()).isGreaterThan(LIMIT);
    }

    static Stream<Pair> acrossClouds() {
        return Pair.acrossClouds();
    }

    /** Until enough objects are on their way; one that is sent again counts once. */
    private static void await(CountDownLatch enough, boolean first) {
        if (first) {
            enough.countDown();
        }
        try {
            enough.await(100, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
