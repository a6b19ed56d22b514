package dev.replicator.testkit.gcs.session;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the server remembers between requests, by an id it hands out. For many threads. */
public final class Sessions<S> {
    private final Map<String, S> byId = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /** An id never handed out before, of characters a query may carry as they are. */
    public String nextId() {
        long id = ids.incrementAndGet();
        return "AB" + Long.toString((id * 0x9E3779B97F4A7C15L) >>> 1, 36) + "-" + Long.toString(id, 36);
    }

    public void put(String id, S session) {
        byId.put(id, session);
    }

    public Optional<S> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public void forget(String id) {
        byId.remove(id);
    }

    public void forgetAll() {
        byId.clear();
    }

    public Collection<S> all() {
        return byId.values();
    }
}
