package dev.replicator.testkit.log;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/**
 * What was asked of a server, in the order of answering: counters of everything, and the latest requests in full. A
 * request is logged before its answer's first byte is sent, so a client that has its answer finds it here.
 *
 * @param <O> the server's operations
 * @param <R> its requests as they are kept
 */
public final class RequestLog<O extends Enum<O>, R extends Logged<O>> {
    private final int most;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<O, LongAdder> counts;
    private final Queue<R> requests = new ArrayDeque<>();

    /** Keeps the latest {@code most} requests; with 0 it only counts. */
    public RequestLog(int most, Class<O> operations) {
        this.most = most;
        this.counts = new EnumMap<>(operations);
        Arrays.stream(operations.getEnumConstants()).forEach(operation -> counts.put(operation, new LongAdder()));
    }

    /** The requests kept, oldest first. */
    public List<R> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The requests kept of these operations. */
    @SafeVarargs
    public final List<R> requests(O... operations) {
        Set<O> wanted = Set.copyOf(Arrays.asList(operations));
        return requests().stream()
                .filter(request -> wanted.contains(request.operation()))
                .toList();
    }

    /** The requests kept that asked for a change, whether or not it was granted. */
    public List<R> mutations() {
        return requests().stream().filter(Logged::mutating).toList();
    }

    /** How many requests there were of an operation since the last reset. */
    public long count(O operation) {
        LongAdder counter = counts.get(operation);
        return counter == null ? 0 : counter.sum();
    }

    /** How many requests there were since the last reset. */
    public long count() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Forgets all requests and counts from zero. */
    public void reset() {
        synchronized (requests) {
            requests.clear();
        }
        counts.values().forEach(LongAdder::reset);
    }

    /** Adds a request that is about to be answered; it is only made, from its sequence number, if it is kept. */
    public void add(O operation, LongFunction<R> request) {
        LongAdder counter = counts.get(operation);
        if (counter != null) {
            counter.increment();
        }
        if (most == 0) {
            return;
        }
        synchronized (requests) {
            if (requests.size() == most) {
                requests.remove();
            }
            requests.add(request.apply(sequence.incrementAndGet()));
        }
    }
}
