package dev.replicator.server.metrics;

import dev.replicator.config.Role;
import dev.replicator.server.api.Exchanges;
import dev.replicator.server.api.Router;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunRecord;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Figures of a server: an observer of its runs and its requests, and a route. No key, no reason and no address is a label;
 * every label has as many values as the configuration or the API's description. Thread-safe.
 */
public final class ServerMetrics implements RunObserver, Exchanges, Router.Routes, AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final RunMeters runs;
    private final HttpMeters requests;
    private final WaitingMeters waiting;
    private volatile Supplier<Map<String, Long>> waitingNow = Map::of;

    /** @param jobs those of the configuration; others are not counted */
    public ServerMetrics(List<String> jobs) {
        runs = new RunMeters(registry, jobs);
        requests = new HttpMeters(registry);
        waiting = new WaitingMeters(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        Gauge.builder("replicator.build.info", () -> 1)
                .description("This version of Replicator; always 1.")
                .tag("version", version())
                .register(registry);
    }

    /** What a restart must not forget: when each job last succeeded, and how far its destination had drifted. */
    public void remember(RunLog log) {
        runs.remember(log);
    }

    /**
     * Shows how many notifications wait.
     *
     * @param waiting by channel, with every channel; empty while it is unknown. Asked with every scrape: must be quick
     */
    public void watch(Supplier<Map<String, Long>> waiting) {
        waitingNow = waiting;
    }

    @Override
    public void changed(RunRecord run) {
        runs.changed(run);
    }

    @Override
    public void ended(String method, String route, int status, float millis) {
        requests.ended(method, route, status, millis);
    }

    @Override
    public void addTo(Router router) {
        router.get("/metrics", Role.VIEWER, this::scraped);
    }

    private void scraped(Context context) {
        context.contentType(TEXT).result(text());
    }

    /** One scrape at a time, so that none falls between two states of another's rows. */
    synchronized String text() {
        waiting.set(waitingNow.get());
        return registry.scrape();
    }

    private static String version() {
        return Optional.ofNullable(ServerMetrics.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
