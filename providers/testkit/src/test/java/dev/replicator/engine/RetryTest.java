package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.StoreOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is repeated, and what a repetition must not cost. */
class RetryTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListingThatLosesPagesGoesOnBehindTheLastKeyAndStaysProven(boolean losesAnswers) {
        World world = new World();
        world.fill(world.dev, "a/", 95);
        world.fill(world.prod, "a/", 60);
        world.fill(world.prod, "extra/", 5);
        for (World.Side side : java.util.List.of(world.source, world.destination)) {
            side.wrapped(store -> new PagedStore(store, 10)).fails(store -> {
                if (losesAnswers) {
                    store.on(StoreOperation.LIST_PAGE).every(3).losesItsAnswer();
                } else {
                    store.on(StoreOperation.LIST_PAGE).every(3).failsTransiently();
                }
            });
        }

        RunReport report = world.run(World.mirror());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().copied()).isEqualTo(35);
        assertThat(report.counts().deleted()).isEqualTo(5);
        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
    }

    @Test
    void anAnswerThatCantBeTrustedIsAskedForAgainButNotForEver() {
        World world = new World();
        world.fill(world.dev, "a/", 30);
        world.source
                .wrapped(store -> new PagedStore(store, 10))
                .fails(store -> store.on(StoreOperation.LIST_PAGE)
                        .nth(2)
                        .fails(() -> new dev.replicator.store.UnprovenListingException("a proxy's error page")));

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().copied()).isEqualTo(30);
    }
}
