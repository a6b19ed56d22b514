package dev.replicator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.execute.Workload;
import dev.replicator.job.TransferSettings;
import dev.replicator.report.Estimate.Movement;
import dev.replicator.report.Estimate.Side;
import dev.replicator.store.BucketRef;
import dev.replicator.store.PriceClass;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final TransferSettings NO_LIMITS = TransferSettings.DEFAULT;

    static Side s3(String region) {
        return new Side(new BucketRef("s3", "", region, "b", ""), false);
    }

    static Side folder() {
        return new Side(new BucketRef("file", "", "", "/srv/b", ""), true);
    }

    /** So many copies of one request each. */
    private static Workload copies(long objects, long each) {
        return new Workload(
                objects, RequestCounts.NONE, RequestCounts.of(RequestKind.COPY, objects), objects * each, each);
    }

    private static Estimate estimate(Workload work, Movement movement, AssumedPace pace) {
        return new Estimate(work, movement, s3("eu-west-1"), s3("eu-west-1"), pace);
    }

    @ParameterizedTest(name = "{0} copies of {1} MiB, {2}, {3} at a time: {4} to {5} ms")
    @CsvSource({
        // a request's latency, shared by as many as are in flight
        "1,       0, SERVER_SIDE,  64,     50,       150",
        "64,      0, SERVER_SIDE,  64,     50,       150",
        "3,       0, SERVER_SIDE,  64,     50,       150",
        "64000,   0, SERVER_SIDE,  64,  50000,    150000",
        // bytes through us share one link, and may wait for requests or not
        "1,     150, STREAMED,     24,   1000,      3150",
        "24,    150, STREAMED,     24,  24000,     72150",
        // bytes that the store copies do not, but the largest takes its time
        "24,    150, SERVER_SIDE,  24,   1000,      3150",
        "1,    5000, SERVER_SIDE,  64,  33333,    100150",
    })
    void timeFollowsFromTheAssumptions(
            long objects, long size, Movement movement, int concurrency, long atLeast, long atMost) {
        Estimate estimate =
                estimate(copies(objects, size * MIB), movement, AssumedPace.ofNetwork(concurrency, NO_LIMITS));

        assertThat(estimate.atLeast()).isEqualTo(Duration.ofMillis(atLeast));
        assertThat(estimate.atMost()).isEqualTo(Duration.ofMillis(atMost));
    }

    @Test
    void theJobsOwnLimitsSlowItDown() {
        TransferSettings limits = new TransferSettings(OptionalInt.empty(), 1, OptionalLong.of(MIB), 10);

        Estimate bytes = estimate(copies(1, 60 * MIB), Movement.STREAMED, AssumedPace.ofNetwork(24, limits));
        Estimate requests = estimate(copies(1_000, 0), Movement.STREAMED, AssumedPace.ofNetwork(24, limits));

        assertThat(bytes.atLeast()).isEqualTo(Duration.ofSeconds(60));
        assertThat(requests.atLeast()).isEqualTo(Duration.ofSeconds(100));
        assertThat(requests.atMost()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void directoriesAreQuicker() {
        Workload work = copies(1_000, 0);

        assertThat(AssumedPace.ofDisk(8, NO_LIMITS).atMost(work, false))
                .isLessThan(AssumedPace.ofNetwork(8, NO_LIMITS).atLeast(work, false));
    }

    @Test
    void nothingTakesNoTime() {
        Estimate nothing = estimate(Workload.NONE, Movement.STREAMED, AssumedPace.ofNetwork(24, NO_LIMITS));

        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing.atMost()).isZero();
    }

    @Test
    void requestsAreBilledByClassAndThoseOfADirectoryNotAtAll() {
        RequestCounts every = RequestCounts.NONE;
        for (RequestKind kind : RequestKind.values()) {
            every = every.and(kind, 1L << kind.ordinal());
        }
        Workload work = new Workload(1, every, every, GIB, GIB);
        AssumedPace pace = AssumedPace.ofNetwork(24, NO_LIMITS);
        long writes = kinds(RequestKind.LIST, RequestKind.PUT, RequestKind.COPY, RequestKind.MULTIPART);
        long reads = kinds(RequestKind.HEAD, RequestKind.GET, RequestKind.TAGS, RequestKind.OTHER);

        Estimate both = new Estimate(work, Movement.STREAMED, s3(""), s3(""), pace);
        Estimate one = new Estimate(work, Movement.STREAMED, folder(), s3(""), pace);

        assertThat(both.billed(PriceClass.WRITES)).isEqualTo(2 * writes);
        assertThat(both.billed(PriceClass.READS)).isEqualTo(2 * reads);
        assertThat(both.billed(PriceClass.FREE)).isEqualTo(2 * kinds(RequestKind.DELETE));
        assertThat(one.billed(PriceClass.WRITES)).isEqualTo(writes);
        assertThat(one.billed(PriceClass.READS)).isEqualTo(reads);
    }

    private static long kinds(RequestKind... kinds) {
        long sum = 0;
        for (RequestKind kind : kinds) {
            sum += 1L << kind.ordinal();
        }
        return sum;
    }

    @Provide
    static Arbitrary<RequestCounts> counts() {
        return Arbitraries.longs()
                .between(0, 1_000_000)
                .list()
                .ofSize(RequestKind.values().length)
                .map(numbers -> {
                    RequestCounts counts = RequestCounts.NONE;
                    for (RequestKind kind : RequestKind.values()) {
                        counts = counts.and(kind, numbers.get(kind.ordinal()));
                    }
                    return counts;
                });
    }

    @Provide
    static Arbitrary<Workload> work() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 1L << 50);
        return Combinators.combine(numbers, counts(), counts(), numbers, numbers)
                .as(Workload::new);
    }

    @Property(tries = 200)
    void workAddsUpInAnyOrder(@ForAll("work") Workload a, @ForAll("work") Workload b, @ForAll("work") Workload c) {
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(Workload.NONE)).isEqualTo(a);
        assertThat(a.plus(b).requests().total())
                .isEqualTo(a.requests().total() + b.requests().total());
    }
}
