package dev.replicator.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifications that wait to be delivered. A history that can't be asked leaves them out of the scrape. */
final class WaitingMeters {
    private static final Logger log = LoggerFactory.getLogger(WaitingMeters.class);

    private final MultiGauge gauges;
    private volatile Supplier<Map<String, Long>> asked = Map::of;

    WaitingMeters(MeterRegistry registry) {
        gauges = MultiGauge.builder("replicator.notifications.waiting")
                .description("Notifications of the channel that are not delivered yet and not given up.")
                .register(registry);
    }

    void watch(Supplier<Map<String, Long>> waiting) {
        asked = waiting;
    }

    void look() {
        gauges.register(
                counted().entrySet().stream()
                        .map(channel -> MultiGauge.Row.of(Tags.of("channel", channel.getKey()), channel.getValue()))
                        .toList(),
                true);
    }

    private Map<String, Long> counted() {
        try {
            return asked.get();
        } catch (RuntimeException e) {
            log.debug("how many notifications wait is unknown: {}", e.getMessage());
            return Map.of();
        }
    }
}
