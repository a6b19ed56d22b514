package dev.replicator.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests on the wire, every attempt; one per run and side. Thread-safe. */
public final class RequestMeter {
    private final Map<RequestKind, LongAdder> counts = new EnumMap<>(RequestKind.class);

    public RequestMeter() {
        for (RequestKind kind : RequestKind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    public void count(RequestKind kind) {
        counter(kind).increment();
    }

    public long sent(RequestKind kind) {
        return counter(kind).sum();
    }

    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private LongAdder counter(RequestKind kind) {
        LongAdder counter = counts.get(kind);
        if (counter == null) {
            throw new IllegalArgumentException("unknown kind " + kind);
        }
        return counter;
    }
}
