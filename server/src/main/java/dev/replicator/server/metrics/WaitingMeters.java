package dev.replicator.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** Notifications that wait to be delivered. Used by one thread at a time. */
final class WaitingMeters {
    private final MultiGauge gauges;

    WaitingMeters(MeterRegistry registry) {
        gauges = MultiGauge.builder("replicator.notifications.waiting")
                .description("Notifications of the channel that are not delivered yet and not given up.")
                .register(registry);
    }

    void set(Map<String, Long> waiting) {
        gauges.register(
                waiting.entrySet().stream()
                        .map(channel -> MultiGauge.Row.of(Tags.of("channel", channel.getKey()), channel.getValue()))
                        .toList(),
                true);
    }
}
