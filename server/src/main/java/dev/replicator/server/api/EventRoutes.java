package dev.replicator.server.api;

import dev.replicator.config.Role;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.event.ServerEvent;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Events as they happen, to those who watch: server-sent events with replay. */
final class EventRoutes implements Router.Routes, AutoCloseable {
    private static final int WATCHERS = 200;
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final EventHub events;
    private final Semaphore places = new Semaphore(WATCHERS);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "replicator-watcher");
        thread.setDaemon(true);
        return thread;
    });

    EventRoutes(EventHub events) {
        this.events = events;
    }

    @Override
    public void addTo(Router routes) {
        routes.get("/api/v1/events", Role.VIEWER, new SseHandler(this::watched));
    }

    private void watched(SseClient client) {
        client.ctx().header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
        if (!places.tryAcquire()) {
            client.ctx().status(503).header("Retry-After", "30");
            client.close();
            return;
        }
        client.keepAlive();
        Optional<Long> last = Optional.ofNullable(client.ctx().header("Last-Event-ID"))
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::parseLong);
        client.onClose(places::release);
        threads.execute(() -> send(client, last));
    }

    /** From where the client was, where that is known; else from now, which a snapshot of the API then precedes. */
    private void send(SseClient client, Optional<Long> last) {
        Optional<EventHub.Subscription> resumed = last.flatMap(id -> events.subscribe(Optional.of(id)));
        try (EventHub.Subscription subscription =
                resumed.or(() -> events.subscribe(Optional.empty())).orElseThrow()) {
            if (resumed.isEmpty()) {
                client.sendEvent("reset", "{}", Long.toString(events.last()));
            }
            while (!client.terminated() && !subscription.isCutOff()) {
                Optional<ServerEvent> next = subscription.next(HEARTBEAT_MILLIS);
                if (next.isPresent()) {
                    client.sendEvent(
                            next.get().type(),
                            next.get().data(),
                            Long.toString(next.get().id()));
                } else {
                    client.sendComment("still here");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
