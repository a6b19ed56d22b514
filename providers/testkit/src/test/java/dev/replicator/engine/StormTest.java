package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.testkit.StoreOperation;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that answer many requests with "not now", and one that answers none. */
class StormTest {
    private static final int OBJECTS = 2_000;
    private static final double SHARE = 0.3;

    /** So many tries that 30 % of failures never use them up. */
    private static ReplicationJob patient() {
        return World.mirror()
                .withRetry(new RetrySettings(16, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1)));
    }

    private static World world(boolean streaming) {
        World world = streaming ? World.streaming() : new World();
        world.fill(world.dev, "a/", OBJECTS);
        world.fill(world.prod, "extra/", 100);
        return world;
    }

    private static int calls(World world) {
        int calls = 0;
        for (StoreOperation operation : StoreOperation.values()) {
            calls += world.source.calls(operation).size()
                    + world.destination.calls(operation).size();
        }
        return calls;
    }

    @ParameterizedTest
    @CsvSource({"false, THROTTLED", "true, THROTTLED", "false, SERVER_ERROR", "true, SERVER_ERROR"})
    void aThirdOfAllAnswersRefusedCostsLessThanTwiceTheRequests(boolean streaming, Trouble trouble) {
        World calm = world(streaming);
        calm.run(patient());
        World stormy = world(streaming);
        Random random = new Random(20_261_121);
        for (World.Side side : java.util.List.of(stormy.source, stormy.destination)) {
            for (StoreOperation operation : StoreOperation.values()) {
                side.fails(store -> store.on(operation).runsBefore(() -> {
                    if (random.nextDouble() < SHARE) {
                        throw new TransientStoreException(trouble, "503 Slow Down");
                    }
                }));
            }
        }

        RunReport report = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> stormy.run(patient()));

        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(World.texts(stormy.prod)).isEqualTo(World.texts(stormy.dev));
        assertThat(calls(stormy)).isLessThan(2 * calls(calm));
    }

    /** Listing still works, writing never does: the run ends, in bounded time and requests, and deletes nothing. */
    @ParameterizedTest
    @CsvSource({"THROTTLED", "SERVER_ERROR", "NETWORK"})
    void aTotalOutageIsGivenUpOn(Trouble trouble) {
        World world = world(false);
        world.destination.fails(store ->
                store.on(StoreOperation.COPY).fails(() -> new TransientStoreException(trouble, "nothing works")));

        RunReport report = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> world.run(World.mirror()));

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.counts().failed()).isEqualTo(OBJECTS);
        assertThat(report.failuresTruncated()).isTrue();
        assertThat(report.failures()).hasSize(1_000);
        assertThat(world.destination.calls(StoreOperation.COPY)).hasSizeLessThanOrEqualTo(OBJECTS + 500 + 2);
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
    }

    @Test
    void anEndpointThatOnlyFailsIsSoonAskedNoMore() {
        World world = world(false);
        world.destination.fails(store ->
                store.on(StoreOperation.COPY).fails(() -> new TransientStoreException(Trouble.NETWORK, "unplugged")));

        world.run(World.job());

        assertThat(world.destination.calls(StoreOperation.COPY)).hasSizeLessThan(OBJECTS / 2);
    }
}
