package dev.replicator.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much of what happened is remembered, and for whom. */
@Timeout(30)
class EventHubTest {
    private static final String LARGE = "x".repeat(1 << 20);

    private final AtomicInteger cuts = new AtomicInteger();
    private final EventHub hub = new EventHub();

    @Test
    void whoComesBackGetsWhatHappenedMeanwhile() throws Exception {
        hub.publish("run", "1");
        hub.publish("run", "2");
        hub.publish("run", "3");

        try (EventHub.Subscription back =
                hub.subscribe(Optional.of(1L), cuts::incrementAndGet).orElseThrow()) {
            assertThat(back.next(1))
                    .hasValueSatisfying(event -> assertThat(event.data()).isEqualTo("2"));
            assertThat(back.next(1)).isPresent();
            assertThat(back.next(1)).isEmpty();
        }
    }

    @Test
    void fewLargeEventsAreRememberedAndManySmallOnes() {
        for (int i = 0; i < 1_000; i++) {
            hub.publish("progress", "small");
        }
        assertThat(hub.subscribe(Optional.of(0L), cuts::incrementAndGet)).isPresent();

        for (int i = 0; i < 20; i++) {
            hub.publish("run", LARGE);
        }

        assertThat(hub.subscribe(Optional.of(1_000L), cuts::incrementAndGet)).isEmpty();
        assertThat(hub.subscribe(Optional.of(1_015L), cuts::incrementAndGet)).isPresent();
    }

    @Test
    void whoTakesNothingIsCutOffBeforeMuchWaitsForHim() throws Exception {
        EventHub.Subscription slow =
                hub.subscribe(Optional.empty(), cuts::incrementAndGet).orElseThrow();
        EventHub.Subscription quick =
                hub.subscribe(Optional.empty(), cuts::incrementAndGet).orElseThrow();
        for (int i = 0; i < 40; i++) {
            hub.publish("run", LARGE);
            assertThat(quick.next(1)).isPresent();
        }

        int waited = 0;
        while (slow.next(1).isPresent()) {
            waited++;
        }

        assertThat(waited).as("nothing is kept for him any more").isZero();
        assertThat(cuts).hasValue(1);
        assertThat(slow.isCutOff()).isTrue();
        assertThat(quick.isCutOff()).isFalse();
    }

    @Test
    void whoTakesNothingOfManySmallEventsIsCutOffToo() throws Exception {
        EventHub.Subscription slow =
                hub.subscribe(Optional.empty(), cuts::incrementAndGet).orElseThrow();
        for (int i = 0; i < 10_000; i++) {
            hub.publish("progress", "small");
        }

        int waited = 0;
        while (slow.next(1).isPresent()) {
            waited++;
        }
        assertThat(waited).isZero();
        assertThat(cuts).hasValue(1);
        assertThat(slow.isCutOff()).isTrue();
        assertThat(hub.subscribe(Optional.of(9_000L), cuts::incrementAndGet)).isPresent();
    }
}
