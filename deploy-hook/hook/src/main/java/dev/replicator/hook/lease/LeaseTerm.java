package dev.replicator.hook.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long a lease may be believed in, by the holder's own stopwatch: from before the last beat that succeeded was sent,
 * for the TTL less a margin. The store stamps a beat after it was sent, so others see the lease expire later than its
 * holder stops. Once over it is over for ever: a process that was paused finds out at its next look. Thread-safe.
 */
final class LeaseTerm {
    private final LongSupplier nanos;
    private final long length;
    private long beatSent;
    private Optional<String> end = Optional.empty();

    /** @param beatSent stopwatch's reading before the lease's first object was sent */
    LeaseTerm(LongSupplier nanos, Duration ttl, long beatSent) {
        this.nanos = nanos;
        this.length = ttl.minus(margin(ttl)).toNanos();
        this.beatSent = beatSent;
    }

    /** A fifth of the TTL: for a request that was let through and arrives late. */
    static Duration margin(Duration ttl) {
        return ttl.dividedBy(5);
    }

    /** Why the term is over, if it is. */
    synchronized Optional<String> end() {
        if (end.isEmpty() && nanos.getAsLong() - beatSent >= length) {
            end = Optional.of(
                    "no heartbeat succeeded within " + Duration.ofNanos(length).toMillis() + " ms");
        }
        return end;
    }

    /** A beat that was sent then has succeeded; does nothing once the term is over. */
    synchronized void renew(long sent) {
        if (end().isEmpty()) {
            beatSent = sent;
        }
    }

    /** Ends it; false when it was over before. */
    synchronized boolean end(String why) {
        if (end().isPresent()) {
            return false;
        }
        end = Optional.of(why);
        return true;
    }
}
