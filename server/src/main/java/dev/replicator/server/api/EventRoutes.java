package dev.replicator.server.api;

import dev.replicator.config.Role;
import dev.replicator.server.access.AccessLimits;
import dev.replicator.server.event.EventHub;
import dev.replicator.server.event.ServerEvent;
import dev.replicator.server.http.Connections;
import dev.replicator.server.http.ProblemCode;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events as they happen, to those who watch: server-sent events with replay. A watcher whose session ends, and one that
 * does not keep up, is cut off.
 */
final class EventRoutes implements Router.Routes, AutoCloseable {
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final String MEDIA_TYPE = "text/event-stream";
    private static final long RETRY_SECONDS = 30;

    private static final Logger log = LoggerFactory.getLogger(EventRoutes.class);

    private final EventHub events;
    private final AccessLimits limits;
    private final AtomicInteger watchers = new AtomicInteger();
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "replicator-watcher");
        thread.setDaemon(true);
        return thread;
    });

    EventRoutes(EventHub events, AccessLimits limits) {
        this.events = events;
        this.limits = limits;
    }

    @Override
    public void addTo(Router routes) {
        routes.stream("/api/v1/events", Role.VIEWER, this::watch);
    }

    private void watch(Context context) throws Exception {
        if (!AccessGate.header(context, "Accept").orElse("").contains(MEDIA_TYPE)) {
            throw Problem.of(ProblemCode.NOT_ACCEPTABLE, "ask for " + MEDIA_TYPE)
                    .thrown();
        }
        String caller = Gate.callerOf(context).name();
        if (!taken(caller)) {
            throw Problem.of(ProblemCode.TOO_MANY_WATCHERS, "try again in " + RETRY_SECONDS + " s")
                    .retryAfter(RETRY_SECONDS)
                    .thrown();
        }
        AtomicBoolean left = new AtomicBoolean();
        Runnable leaves = () -> {
            if (left.compareAndSet(false, true)) {
                leave(caller);
            }
        };
        Gate.Standing standing = Gate.standingOf(context);
        try {
            new SseHandler(client -> watched(client, standing, leaves)).handle(context);
        } catch (RuntimeException e) {
            leaves.run();
            throw e;
        }
    }

    private boolean taken(String caller) {
        if (watchers.incrementAndGet() > limits.watchers()) {
            watchers.decrementAndGet();
            return false;
        }
        if (byCaller.merge(caller, 1, Integer::sum) > limits.watchersOfOne()) {
            leave(caller);
            return false;
        }
        return true;
    }

    private void leave(String caller) {
        watchers.decrementAndGet();
        byCaller.computeIfPresent(caller, (same, count) -> count > 1 ? count - 1 : null);
    }

    private void watched(SseClient client, Gate.Standing standing, Runnable leaves) {
        client.keepAlive();
        client.onClose(leaves);
        Optional<Long> last = AccessGate.header(client.ctx(), "Last-Event-ID")
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::parseLong);
        threads.execute(() -> send(client, standing, last));
    }

    /** From where the client was, where that is known; else from now, which a snapshot of the API then precedes. */
    private void send(SseClient client, Gate.Standing standing, Optional<Long> last) {
        Runnable cut = () -> cut(client);
        Optional<EventHub.Subscription> resumed = last.flatMap(id -> events.subscribe(Optional.of(id), cut));
        try (EventHub.Subscription subscription =
                resumed.or(() -> events.subscribe(Optional.empty(), cut)).orElseThrow()) {
            if (resumed.isEmpty()) {
                client.sendEvent("reset", "{}", Long.toString(events.last()));
            }
            Watch watch = new Watch(standing);
            while (!client.terminated() && !subscription.isCutOff() && watch.holds()) {
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

    /** Who reads nothing keeps the one who writes to him waiting: only the end of the connection ends that. */
    private void cut(SseClient client) {
        try {
            threads.execute(() -> Connections.end(client.ctx().req()));
        } catch (RejectedExecutionException e) {
            log.debug("a watcher is cut off by the end of the server");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Looks now and then whether the watcher may still watch: once a second at most. */
    private static final class Watch {
        private static final long PAUSE_NANOS = 1_000_000_000L;

        private final Gate.Standing standing;
        private long looked = System.nanoTime() - PAUSE_NANOS;
        private boolean holds;

        Watch(Gate.Standing standing) {
            this.standing = standing;
        }

        boolean holds() {
            if (System.nanoTime() - looked >= PAUSE_NANOS) {
                holds = standing.holds();
                looked = System.nanoTime();
            }
            return holds;
        }
    }
}
