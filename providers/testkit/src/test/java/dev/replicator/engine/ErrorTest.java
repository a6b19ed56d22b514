package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import org.junit.jupiter.api.Test;

/** What no store should do and some do. */
class ErrorTest {
    @Test
    void anErrorInAWorkerIsNotLostAndClosesTheGate() {
        World world = new World();
        world.fill(world.dev, "a/", 5);
        world.put(world.prod, "extra", "1");
        world.destination.fails(
                store -> store.on(StoreOperation.COPY).key("a/00002").runsBefore(() -> {
                    throw new StackOverflowError("in a client");
                }));

        RunReport report = world.run(World.mirror());

        assertThat(report.outcome().isSuccess()).isFalse();
        assertThat(report.counts().failed()).isEqualTo(1);
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("a/00002");
            assertThat(failure.message()).contains("in a client");
        });
    }

    /** Two services might be one bucket under two names: a canary is written, and the store breaks over it. */
    @Test
    void aBugBeforeTheFirstListingEndsTheRunWithAReport() {
        World world = World.apart(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE);
        world.fill(world.dev, "a/", 5);
        world.source.fails(store -> store.on(StoreOperation.HEAD).runsBefore(() -> {
            throw new IllegalStateException("a bug in the provider");
        }));

        RunReport report = world.run(World.mirror());

        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(world.prod.size()).isZero();
    }

    @Test
    void anErrorWhileListingEndsTheRunWithAReport() {
        World world = new World();
        world.fill(world.dev, "a/", 5);
        world.source.fails(store -> store.on(StoreOperation.LIST_PAGE).runsBefore(() -> {
            throw new NoClassDefFoundError("a/Client");
        }));

        RunReport report = world.run(World.mirror());

        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    }
}
