package dev.replicator.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests on the wire, every attempt; one per run. A store counts a request right before it sends it, and the
 * meter's guard may stop a mutating one there by throwing. Thread-safe.
 */
public final class RequestMeter {
    private final Map<RequestKind, LongAdder> counts = new EnumMap<>(RequestKind.class);
    private final Runnable beforeMutation;
    private final boolean guarded;

    public RequestMeter() {
        this(() -> {}, false);
    }

    /** A meter that calls {@code beforeMutation} before every request that can change a bucket. */
    public RequestMeter(Runnable beforeMutation) {
        this(beforeMutation, true);
    }

    private RequestMeter(Runnable beforeMutation, boolean guarded) {
        this.beforeMutation = beforeMutation;
        this.guarded = guarded;
        for (RequestKind kind : RequestKind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** Counts a request that is about to be sent. */
    public void count(RequestKind kind) {
        if (kind.mutates()) {
            beforeMutation.run();
        }
        counter(kind).increment();
    }

    /** Lets the guard speak again in the middle of a long request, right before the step that shows. */
    public void checkMutation() {
        beforeMutation.run();
    }

    /** Whether there is a guard to ask: then no client may send mutating requests that it does not announce one by one. */
    public boolean isGuarded() {
        return guarded;
    }

    public long sent(RequestKind kind) {
        return counter(kind).sum();
    }

    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** What was sent so far, by kind, without the zeros. */
    public Map<RequestKind, Long> snapshot() {
        Map<RequestKind, Long> sent = new EnumMap<>(RequestKind.class);
        counts.forEach((kind, counter) -> {
            if (counter.sum() > 0) {
                sent.put(kind, counter.sum());
            }
        });
        return sent;
    }

    private LongAdder counter(RequestKind kind) {
        LongAdder counter = counts.get(kind);
        if (counter == null) {
            throw new IllegalArgumentException("unknown kind " + kind);
        }
        return counter;
    }
}
