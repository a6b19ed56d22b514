package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.engine.StaleTest.Route;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.testkit.StoreOperation;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect came about, its answer did not: ours is known as ours, others' as others', and doubt destroys nothing. */
class LostAnswerTest {
    private static StoreOperation write(Route route) {
        return route == Route.SERVER_SIDE ? StoreOperation.COPY : StoreOperation.WRITE;
    }

    private static String text(World world, String key) {
        return world.prod.get(key).map(object -> object.text()).orElse("(absent)");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void aCopyThatHappenedIsOurs(Route route) {
        World world = route.world();
        world.put(world.prod, "b", "old").put(world.dev, "a", "new").put(world.dev, "b", "newer");
        world.destination.fails(store -> store.on(write(route)).key("a").nth(1).losesItsAnswer());
        world.destination.fails(store -> store.on(write(route)).key("b").nth(1).losesItsAnswer());

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(report.counts().overwritten()).isEqualTo(1);
        assertThat(text(world, "a")).isEqualTo("new");
        assertThat(text(world, "b")).isEqualTo("newer");
        assertThat(world.prod.get("a").orElseThrow().sequence()).isLessThan(5);
        assertThat(world.destination.calls(write(route))).hasSize(4);
    }

    /** Ours was there for a moment; then somebody else wrote. */
    @ParameterizedTest
    @EnumSource(Route.class)
    void whatIsThereAndIsNotOursStays(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "ours");
        world.destination.fails(store -> {
            store.on(write(route)).key("a").nth(1).runsAfter(() -> world.put(world.prod, "a", "xxxx"));
            store.on(write(route)).key("a").nth(1).losesItsAnswer();
        });

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("xxxx");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
    }

    /** A first refusal was never in doubt, so it costs no head and is believed. */
    @ParameterizedTest
    @EnumSource(Route.class)
    void aRefusalWithoutALostAnswerIsBelieved(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "same");
        world.destination.fails(
                store -> store.on(write(route)).key("a").nth(1).runsBefore(() -> world.put(world.prod, "a", "same")));

        RunReport report = world.run(World.job());

        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(report.counts().copied()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void anOutcomeThatStaysUnknownIsAFailureAndNeverCleanedUp(Route route) {
        World world = route.world();
        world.put(world.dev, "a", "ours").put(world.prod, "extra", "1");
        world.destination.fails(store -> {
            store.on(write(route)).key("a").nth(1).losesItsAnswer();
            store.on(StoreOperation.HEAD).key("a").fails(() -> new AccessDeniedException("no heads"));
        });

        RunReport report = world.run(World.mirror());

        assertThat(text(world, "a")).isEqualTo("ours");
        assertThat(text(world, "extra")).isEqualTo("1");
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.counts().failed()).isEqualTo(1);
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
    }

    @Test
    void whatWasStreamedIsSeenThoughNoRepetitionIsAnswered() {
        World world = unplugged(Route.STREAMED);

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("ours");
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().copied()).isEqualTo(1);
    }

    /** Nothing tells it from what may have been there before. */
    @Test
    void aCopyByTheStoreIsAFailureWhereNoRepetitionIsAnswered() {
        World world = unplugged(Route.SERVER_SIDE);

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("ours");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().failed()).isEqualTo(1);
        world.destination.heal();
        assertThat(world.run(World.job()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    /** The first try makes the object, and no write is answered. */
    private static World unplugged(Route route) {
        World world = route.world();
        AtomicInteger tries = new AtomicInteger();
        world.put(world.dev, "a", "ours");
        world.destination.fails(store -> {
            store.on(write(route)).key("a").nth(1).losesItsAnswer();
            store.on(write(route)).key("a").runsBefore(() -> {
                if (tries.incrementAndGet() > 1) {
                    throw new TransientStoreException(Trouble.NETWORK, "unplugged");
                }
            });
        });
        return world;
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void anAnswerThatNeverComesIsAFailureAndTheObjectStays(Route route) {
        World world = unplugged(route);
        world.destination.fails(store -> store.on(StoreOperation.HEAD)
                .key("a")
                .fails(() -> new TransientStoreException(Trouble.NETWORK, "unplugged")));

        RunReport report = world.run(World.job());

        assertThat(text(world, "a")).isEqualTo("ours");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().failed()).isEqualTo(1);
        world.destination.heal();
        assertThat(world.run(World.job()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void aDeleteThatHappenedIsOurs() {
        World world = new World();
        world.put(world.dev, "a", "1").put(world.prod, "a", "1").put(world.prod, "extra", "1");
        world.destination.fails(
                store -> store.on(StoreOperation.DELETE).key("extra").nth(1).losesItsAnswer());

        RunReport report = world.run(World.mirror());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().deleted()).isEqualTo(1);
        assertThat(report.counts().stale()).isZero();
    }

    /** Our delete happened, its answer was lost, and before we ask again somebody writes the key anew. */
    @Test
    void whatWasWrittenAfterALostDeleteIsNotDeletedAgain() {
        World world = new World();
        world.put(world.dev, "a", "1").put(world.prod, "a", "1").put(world.prod, "extra", "1");
        world.destination.fails(store -> {
            store.on(StoreOperation.DELETE).key("extra").nth(1).runsAfter(() -> world.put(world.prod, "extra", "new"));
            store.on(StoreOperation.DELETE).key("extra").nth(1).losesItsAnswer();
        });

        RunReport report = world.run(World.mirror());

        assertThat(text(world, "extra")).isEqualTo("new");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
    }
}
