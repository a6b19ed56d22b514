package dev.replicator.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Requests to the API. Thread-safe. */
final class HttpMeters {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS");

    private final MeterRegistry registry;

    HttpMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(String method, String route, int status, float millis) {
        Timer.builder("replicator.http.request.duration")
                .description("Requests that were answered, by route.")
                .tag("method", METHODS.contains(method) ? method : "OTHER")
                .tag("route", route.isEmpty() ? "none" : route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
    }
}
