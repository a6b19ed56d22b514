package dev.replicator.server.access;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * So many at once, and so many a second in the long run, for each name. Thread-safe; names are those of tokens, so that
 * there are few.
 */
public final class RateLimit {
    private final int atOnce;
    private final double perSecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    public RateLimit(int atOnce, double perSecond, Clock clock) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Takes one; or gives the seconds after which there is one. */
    public long taken(String name) {
        Bucket after = buckets.merge(name, new Bucket(atOnce - 1, clock.millis(), 0), (before, full) -> {
            double elapsed = Math.max(0, full.at() - before.at()) / 1000.0;
            double left = Math.min(atOnce, before.left() + elapsed * perSecond);
            return left >= 1
                    ? new Bucket(left - 1, full.at(), 0)
                    : new Bucket(left, full.at(), Math.max(1, (long) Math.ceil((1 - left) / perSecond)));
        });
        return after.waitingSeconds();
    }

    private record Bucket(double left, long at, long waitingSeconds) {}
}
