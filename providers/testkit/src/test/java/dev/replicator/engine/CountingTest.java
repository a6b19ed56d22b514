package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.plan.Action;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.RequestKind;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a run costs in requests. */
class CountingTest {
    @Test
    void unchangedPairsCostTwoListsPerThousandAndNoHead() {
        World world = new World();
        world.fill(world.dev, "a/", 5_000);
        world.fill(world.prod, "a/", 5_000);

        RunReport report = world.run(World.mirror());

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.counts().unchanged()).isEqualTo(5_000);
        assertThat(report.requests()).isEqualTo(Map.of(RequestKind.LIST, 10L));
    }

    @Test
    void aServerSideCopyIsOneRequest() {
        World world = new World();
        world.fill(world.dev, "a/", 40);
        world.fill(world.prod, "a/", 10);
        world.put(world.dev, "a/00003", "changed since");

        RunReport report = world.run(World.job());

        assertThat(report.counts().changed()).isEqualTo(31);
        assertThat(report.requests()).isEqualTo(Map.of(RequestKind.LIST, 2L, RequestKind.COPY, 31L));
    }

    @Test
    void aStreamedObjectIsOneGetAndOnePut() {
        World world = World.streaming();
        world.fill(world.dev, "a/", 40);

        RunReport report = world.run(World.job());

        assertThat(report.requests())
                .isEqualTo(Map.of(RequestKind.LIST, 2L, RequestKind.GET, 40L, RequestKind.PUT, 40L));
    }

    @Test
    void aDeleteIsOneHeadOfTheSourceAndOneDelete() {
        World world = new World();
        world.fill(world.dev, "a/", 3);
        world.fill(world.prod, "a/", 3);
        world.fill(world.prod, "extra/", 7);

        RunReport report = world.run(World.mirror());

        assertThat(report.requests())
                .isEqualTo(Map.of(RequestKind.LIST, 2L, RequestKind.HEAD, 7L, RequestKind.DELETE, 7L));
    }

    @Test
    void aDryRunOnlyLists() {
        World world = new World();
        world.fill(world.dev, "a/", 3);
        world.fill(world.prod, "extra/", 7);
        world.clock.advance(Duration.ofMinutes(1));

        RunReport report = world.replicator.plan(World.mirror(), action -> {}, RunOptions.defaults());

        assertThat(report.requests()).isEqualTo(Map.of(RequestKind.LIST, 2L));
    }

    @Test
    void aDoubtCostsOneHeadOfTheDestinationWhenItCarriesOurNote() {
        MemoryOptions generations = MemoryOptions.S3_LIKE.withVersions(MemoryOptions.Versions.OPAQUE);
        World world =
                new World(generations, MemoryOptions.S3_LIKE.lacking(dev.replicator.store.Capability.SERVER_SIDE_COPY));
        world.fill(world.dev, "a/", 5);
        world.replicator.run(World.job(), RunOptions.defaults());
        world.clock.advance(Duration.ofHours(1));

        RunReport second = world.replicator.run(World.job(), RunOptions.defaults());

        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(second.requests()).isEqualTo(Map.of(RequestKind.LIST, 2L, RequestKind.HEAD, 5L));
        assertThat(world.source.calls(StoreOperation.HEAD)).isEmpty();
    }

    @Test
    void theFirstCopyDoesNotWaitForTheListing() {
        World world = new World();
        world.fill(world.dev, "a/", 1_000);
        world.fill(world.prod, "a/", 1_000);
        world.put(world.dev, "a/", "the very first key");
        world.source.wrapped(store -> new PagedStore(store, 10));
        world.destination.wrapped(store -> new PagedStore(store, 10));
        AtomicInteger listsAtFirst = new AtomicInteger();

        RunReport report = world.run(World.job(), RunOptions.defaults().withListener(new RunListener() {
            @Override
            public void planned(Action action) {
                listsAtFirst.compareAndSet(0, lists(world));
            }
        }));

        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(lists(world)).isGreaterThan(200);
        assertThat(listsAtFirst.get()).isBetween(2, 4);
    }

    private static int lists(World world) {
        return world.source.calls(StoreOperation.LIST_PAGE).size()
                + world.destination.calls(StoreOperation.LIST_PAGE).size();
    }
}
