package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.testkit.StoreOperation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are as many as announced and not the object's: they never become an object. */
class FlippedBitTest {
    private static final String CONTENT = "0123456789";

    private final World world = World.streaming();

    FlippedBitTest() {
        world.put(world.dev, "a", CONTENT);
        world.put(world.dev, "b", "other");
    }

    /** Whenever the object is read. */
    private void flip(int byteNumber) {
        world.source.fails(store -> store.on(StoreOperation.READ).key("a").flipsABitAfter(byteNumber));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9})
    void aFlippedBitFailsTheObjectAndNoOther(int byteNumber) {
        flip(byteNumber);

        RunReport report = world.run(World.job());

        assertThat(World.texts(world.prod)).containsOnlyKeys("b");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("a");
            assertThat(failure.cause()).isEqualTo(FailureCause.CORRUPT);
            assertThat(failure.message()).contains("MD5");
        });
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
    }

    @Test
    void aBitThatFlipsOnceIsAnAccident() {
        world.source.fails(
                store -> store.on(StoreOperation.READ).key("a").nth(2).flipsABitAfter(5));

        RunReport report = world.run(World.job());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(World.texts(world.prod)).containsEntry("a", CONTENT);
    }

    /** The destination made an object of other bytes over the old one, and the store removed it again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasReplacedByWrongBytesIsWrittenAgainWhereNobodyElseWrote(boolean free) {
        world.put(world.prod, "a", "old");
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a", "newer content");
        world.destination.fails(store -> {
            store.on(StoreOperation.WRITE).key("a").nth(1).runsBefore(() -> {
                world.prod.remove("a");
                if (!free) {
                    world.put(world.prod, "a", "somebody else's");
                }
            });
            store.on(StoreOperation.WRITE).key("a").nth(1).fails(() -> new CorruptObjectException("other bytes"));
        });

        RunReport report = world.run(World.job());

        assertThat(World.texts(world.prod)).containsEntry("a", free ? "newer content" : "somebody else's");
        assertThat(report.counts().overwritten()).isEqualTo(free ? 1 : 0);
        assertThat(report.outcome()).isEqualTo(free ? Outcome.SUCCEEDED : Outcome.PARTIAL);
    }

    @Test
    void whatWasThereStays() {
        world.put(world.prod, "a", "old");
        flip(3);

        world.run(World.job());

        assertThat(World.texts(world.prod)).containsEntry("a", "old");
    }

    @Test
    void theDeleteGateStaysClosed() {
        world.put(world.prod, "extra", "x");
        flip(3);

        RunReport report = world.run(World.mirror());

        assertThat(report.gate().verdict()).isEqualTo(GateReport.Verdict.CLOSED);
        assertThat(World.texts(world.prod)).containsKey("extra");
    }

    @Test
    void theNextRunCopiesIt() {
        flip(3);
        world.run(World.job());
        world.source.heal();

        RunReport second = world.run(World.job());

        assertThat(second.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(World.texts(world.prod)).containsEntry("a", CONTENT);
    }
}
