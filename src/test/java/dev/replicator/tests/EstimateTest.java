package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.plan.PlanSink;
import dev.replicator.report.Estimate;
import dev.replicator.report.Estimate.Movement;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.PriceClass;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan's estimate is what the run then sends: kind by kind on the meter, and in sum on the server's own log. */
@Timeout(120)
class EstimateTest {
    private static final int MIB = 1 << 20;
    private static final TransferSizes FIVE = new TransferSizes(5 * MIB, 5 * MIB, 5 * MIB);
    private static final Set<Capability> CAREFUL = EnumSet.complementOf(EnumSet.of(Capability.KEEPS_MODIFIED));
    private static final Set<Capability> CARELESS = EnumSet.of(
            Capability.SERVER_SIDE_COPY,
            Capability.PINNED_READ,
            Capability.METADATA,
            Capability.TAGS,
            Capability.ETAGS);
    private static final Set<Capability> UNPINNED =
            EnumSet.of(Capability.SERVER_SIDE_COPY, Capability.METADATA, Capability.ETAGS);

    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private FakeS3 server;

    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    @BeforeEach
    void start() {
        server = FakeS3.start(FakeS3Options.strict().withClock(TwoSides.standing()));
        server.createBucket("dev");
        server.createBucket("prod");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Small, at the threshold, in parts; new, overwritten and extra ones. */
    private void fill(Side source, Side destination) {
        source.put("a/new", 10);
        source.put("a/one-byte", 1);
        source.put("b/replaced", 20);
        destination.put("b/replaced", 19);
        source.put("c/at-threshold", 5 * MIB);
        source.put("c/one-more", 5 * MIB + 1);
        source.put("d/large", 12 * MIB);
        source.put("d/large-replaced", 10 * MIB);
        destination.put("d/large-replaced", 1);
        destination.put("e/extra-1", 3);
        destination.put("e/extra-2", 4);
        source.put("f/same", 7);
        destination.put("f/same", 7);
        source.makeOld("f/same");
    }

    private interface Side {
        StoreSettings settings();

        void put(String key, int size);

        /** So old that its time leaves no doubt. */
        void makeOld(String key);
    }

    private Side side(String name, String bucket) {
        return name.equals("directory") ? new Tree(directory.resolve(bucket)) : new Bucket(server, bucket);
    }

    private record Tree(Path root) implements Side {
        @Override
        public StoreSettings settings() {
            return TwoSides.at(root.toUri().toString());
        }

        @Override
        public void put(String key, int size) {
            Trees.write(root.resolve(key), new byte[size]);
        }

        @Override
        public void makeOld(String key) {
            assertThat(root.resolve(key).toFile().setLastModified(OLD.toEpochMilli()))
                    .isTrue();
        }
    }

    private record Bucket(FakeS3 server, String name) implements Side {
        @Override
        public StoreSettings settings() {
            return TwoSides.at("s3://" + name);
        }

        @Override
        public void put(String key, int size) {
            server.put(name, key, new byte[size]);
        }

        @Override
        public void makeOld(String key) {
            server.setLastModified(name, key, OLD);
        }
    }

    @ParameterizedTest(name = "{0} to {1}, {2}")
    @CsvSource({
        "s3, s3, CAREFUL, SERVER_SIDE",
        "s3, s3, CARELESS, SERVER_SIDE",
        "s3, s3, UNPINNED, SERVER_SIDE",
        "s3, s3, METADATA, STREAMED",
        "s3, s3, UNPINNED_METADATA, STREAMED",
        "directory, s3, CAREFUL, STREAMED",
        "directory, s3, CARELESS, STREAMED",
        "directory, s3, LIMITED, STREAMED",
        "s3, directory, CAREFUL, STREAMED",
        "s3, directory, CARELESS, STREAMED",
        "s3, directory, UNPINNED, STREAMED",
        "s3, directory, LIMITED, STREAMED",
        "directory, directory, CAREFUL, LOCAL",
    })
    void theRunSendsWhatThePlanForetold(String from, String to, String how, Movement movement) {
        Side source = side(from, "dev");
        Side destination = side(to, "prod");
        fill(source, destination);
        ReplicationJob job = job(source, destination, how);

        RunReport plan = replicator().plan(job, PlanSink.NONE, RunOptions.defaults());
        assertThat(server.log().mutations()).isEmpty();
        long listed = server.log().count();
        server.log().reset();
        RunReport run = replicator().run(job, RunOptions.defaults());

        Estimate estimate = plan.estimate().orElseThrow();
        assertThat(run.counts().copied()).isEqualTo(5);
        assertThat(run.counts().overwritten()).isEqualTo(2);
        assertThat(run.counts().deleted()).isEqualTo(2);
        assertThat(server.log().count()).isEqualTo(listed + served(estimate));
        assertThat(counted(sum(plan.requests(), estimate.work().requests().toMap()), estimate))
                .isEqualTo(counted(run.requests(), estimate));
        assertThat(estimate.movement()).isEqualTo(movement);
        assertThat(estimate.work().bytes()).isEqualTo(run.counts().bytes());
        assertThat(estimate.work().objects()).isEqualTo(9);
        assertThat(run.estimate()).isEmpty();
    }

    private Replicator replicator() {
        return TwoSides.replicator(server);
    }

    private static ReplicationJob job(Side source, Side destination, String how) {
        Set<Capability> capabilities = switch (how) {
            case "CARELESS" -> CARELESS;
            case "UNPINNED", "UNPINNED_METADATA" -> UNPINNED;
            default -> CAREFUL;
        };
        ReplicationJob job = ReplicationJob.of(able(source, capabilities), able(destination, capabilities))
                .withRetry(TwoSides.quick())
                .withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 100, 100));
        return switch (how) {
            case "METADATA", "UNPINNED_METADATA" ->
                job.withMetadata(new MetadataPolicy(true, true, Map.of("cache-control", "no-cache")));
            case "LIMITED" ->
                job.withTransfer(new TransferSettings(OptionalInt.empty(), 64 * MIB, OptionalLong.of(1L << 34), 0));
            default -> job;
        };
    }

    private static StoreSettings able(Side side, Set<Capability> capabilities) {
        StoreSettings settings = side.settings().withSizes(FIVE);
        return side instanceof Bucket ? settings.withCapabilities(capabilities) : settings;
    }

    /** Requests to the server, whatever they cost. */
    private static long served(Estimate estimate) {
        return Arrays.stream(PriceClass.values()).mapToLong(estimate::billed).sum();
    }

    /** How often a source directory opens a file is nobody's bill; it depends on who reads it. */
    private static Map<RequestKind, Long> counted(Map<RequestKind, Long> requests, Estimate estimate) {
        Map<RequestKind, Long> counted = new EnumMap<>(requests);
        if (estimate.source().local()) {
            counted.remove(RequestKind.GET);
        }
        return counted;
    }

    private static Map<RequestKind, Long> sum(Map<RequestKind, Long> some, Map<RequestKind, Long> more) {
        Map<RequestKind, Long> sum = new EnumMap<>(some);
        more.forEach((kind, requests) -> sum.merge(kind, requests, Long::sum));
        return sum;
    }

    @Test
    void whatAUserCouldCountByHand() {
        Side source = side("s3", "dev");
        Side destination = side("s3", "prod");
        fill(source, destination);

        Estimate estimate = replicator()
                .plan(job(source, destination, "CARELESS"), PlanSink.NONE, RunOptions.defaults())
                .estimate()
                .orElseThrow();

        assertThat(estimate.work().requests().toMap())
                .containsOnly(
                        // four objects whole, three in 2, 3 and 2 parts, each with a start and a completion
                        Map.entry(RequestKind.COPY, 4L + 2 + 3 + 2),
                        Map.entry(RequestKind.MULTIPART, 3L * 2),
                        // metadata and tags of what goes in parts; overwrites, deletes, and deletes' sources
                        Map.entry(RequestKind.HEAD, 3L + 2 + 2 + 2),
                        Map.entry(RequestKind.TAGS, 3L),
                        Map.entry(RequestKind.DELETE, 2L));
        assertThat(estimate.billed(PriceClass.WRITES)).isEqualTo(11 + 6);
        assertThat(estimate.billed(PriceClass.READS)).isEqualTo(9 + 3);
        assertThat(estimate.billed(PriceClass.FREE)).isEqualTo(2);
    }

    @Test
    void anotherServerIsStreamedFromWithOneGetAndOnePut() {
        try (FakeS3 other = FakeS3.start(FakeS3Options.strict().withClock(TwoSides.standing()))) {
            other.createBucket("dev");
            other.put("dev", "from/small", new byte[10]);
            other.put("dev", "from/large", new byte[12 * MIB]);
            ReplicationJob job = ReplicationJob.of(
                            TwoSides.at("s3://dev")
                                    .withEndpoint(other.endpoint().toString())
                                    .withSizes(FIVE),
                            TwoSides.at("s3://prod").withSizes(FIVE))
                    .withRetry(TwoSides.quick())
                    .withPaths(List.of(new PrefixPair(KeyPrefix.ofFolder("from"), KeyPrefix.ofFolder("to"))));

            RunReport plan = replicator().plan(job, PlanSink.NONE, RunOptions.defaults());
            RunReport run = replicator().run(job, RunOptions.defaults());

            Estimate estimate = plan.estimate().orElseThrow();
            assertThat(run.counts().copied()).isEqualTo(2);
            assertThat(estimate.movement()).isEqualTo(Movement.STREAMED);
            assertThat(estimate.work().source().of(RequestKind.GET)).isEqualTo(1 + 3);
            assertThat(estimate.work().destination().of(RequestKind.PUT)).isEqualTo(1 + 3);
            assertThat(sum(plan.requests(), estimate.work().requests().toMap())).isEqualTo(run.requests());
        }
    }

    @Test
    void deletesThatTheGateHoldsBackAreNotCounted() {
        server.populate("dev", 30, i -> "k%02d".formatted(i), 1);
        server.populate("prod", 60, i -> "k%02d".formatted(i), 1);
        ReplicationJob job =
                TwoSides.mirror("s3://dev", "s3://prod").withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 5, 100));

        RunReport plan = replicator().plan(job, PlanSink.NONE, RunOptions.defaults());

        assertThat(plan.counts().deleted()).isEqualTo(30);
        assertThat(plan.estimate().orElseThrow().work().requests().of(RequestKind.DELETE))
                .isZero();
    }

    @Test
    void aPlanThatDidNotReachItsEndHasNoEstimate() {
        RunReport plan =
                replicator().plan(TwoSides.job("s3://missing", "s3://prod"), PlanSink.NONE, RunOptions.defaults());

        assertThat(plan.problem()).isPresent();
        assertThat(plan.estimate()).isEmpty();
    }
}
