package dev.replicator.server.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens by the address that they came from, and shuts an address out that guesses. Thread-safe, in bounded
 * memory: of more than {@link #ADDRESSES} addresses those whose last failure is oldest are forgotten.
 */
public final class FailedAttempts {
    static final int MOST = 5;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

    public FailedAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Seconds until that address may try again; 0: now. */
    public synchronized long waitingSeconds(String address) {
        Failures known = failures.get(address);
        if (known == null || known.count < MOST) {
            return 0;
        }
        long left = known.oldest() + WINDOW.toMillis() - clock.millis();
        return left <= 0 ? 0 : (left + 999) / 1000;
    }

    /** A wrong token came from there. */
    public synchronized void failed(String address) {
        failures.computeIfAbsent(address, unknown -> new Failures()).add(clock.millis());
        Iterator<String> eldest = failures.keySet().iterator();
        while (failures.size() > ADDRESSES) {
            eldest.next();
            eldest.remove();
        }
    }

    synchronized int addresses() {
        return failures.size();
    }

    /** When the newest failures were, in a ring. */
    private static final class Failures {
        private final long[] times = new long[MOST];
        private int count;
        private int next;

        void add(long time) {
            times[next] = time;
            next = (next + 1) % MOST;
            count = Math.min(count + 1, MOST);
        }

        long oldest() {
            return times[next];
        }
    }
}
