package dev.replicator.server.event;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands events to those who watch, and keeps the newest for those who come back. Thread-safe; publishing never waits: who
 * is too slow is cut off and comes back.
 */
public final class EventHub {
    private static final int KEPT = 1_024;
    private static final int WAITING = 1_024;
    /** Of data, in characters: the end of a run that failed at much may have a million. */
    private static final long LARGEST = 8L << 20;

    private final Deque<ServerEvent> newest = new ArrayDeque<>();
    private final Collection<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private long last;
    private long size;

    /** Tells everybody. */
    public synchronized void publish(String type, String data) {
        last++;
        ServerEvent event = new ServerEvent(last, type, data);
        newest.addLast(event);
        size += data.length();
        while (newest.size() > KEPT || size > LARGEST) {
            size -= newest.removeFirst().data().length();
        }
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    /** The id of the newest event; 0 before the first. */
    public synchronized long last() {
        return last;
    }

    /**
     * Watches from now on; with an id, from the event after it.
     *
     * @param onCutOff told once if events are not taken in time, by whoever publishes: it must not wait
     * @return empty when what happened since that id is not known any more
     */
    public synchronized Optional<Subscription> subscribe(Optional<Long> after, Runnable onCutOff) {
        long from = after.orElse(last);
        long oldest = newest.isEmpty() ? last + 1 : newest.peekFirst().id();
        if (from > last || from + 1 < oldest) {
            return Optional.empty();
        }
        Subscription subscription = new Subscription(
                newest.stream().filter(event -> event.id() > from).toList(), onCutOff);
        subscriptions.add(subscription);
        return Optional.of(subscription);
    }

    /** One who watches; for one thread. */
    public final class Subscription implements AutoCloseable {
        private final BlockingQueue<ServerEvent> waiting = new LinkedBlockingQueue<>(KEPT + WAITING);
        private final AtomicLong size = new AtomicLong();
        private final Runnable onCutOff;
        private volatile boolean cutOff;

        private Subscription(List<ServerEvent> missed, Runnable onCutOff) {
            this.onCutOff = onCutOff;
            waiting.addAll(missed);
            missed.forEach(event -> size.addAndGet(event.data().length()));
        }

        private void offer(ServerEvent event) {
            if (size.addAndGet(event.data().length()) > 2 * LARGEST || !waiting.offer(event)) {
                cutOff = true;
                subscriptions.remove(this);
                waiting.clear();
                onCutOff.run();
            }
        }

        /** The next event, waiting so long for it. */
        public Optional<ServerEvent> next(long millis) throws InterruptedException {
            Optional<ServerEvent> next = Optional.ofNullable(waiting.poll(millis, TimeUnit.MILLISECONDS));
            next.ifPresent(event -> size.addAndGet(-event.data().length()));
            return next;
        }

        /** Whether events were lost because they were not taken in time: then none waits any more. */
        public boolean isCutOff() {
            return cutOff;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
