package dev.replicator.hook;

import dev.replicator.execute.Cancellation;
import dev.replicator.hook.lease.Timing;
import java.time.Duration;
import java.time.Instant;

/** Time whose pauses end with an InterruptedException soon after a cancellation. */
final class StoppableTiming implements Timing {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Timing delegate;
    private final Cancellation cancellation;

    StoppableTiming(Timing delegate, Cancellation cancellation) {
        this.delegate = delegate;
        this.cancellation = cancellation;
    }

    @Override
    public Instant now() {
        return delegate.now();
    }

    @Override
    public long nanos() {
        return delegate.nanos();
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        Duration left = pause;
        while (!left.isNegative() && !left.isZero()) {
            if (cancellation.isStopped()) {
                throw new InterruptedException("stopped while waiting");
            }
            Duration piece = left.compareTo(LOOK) < 0 ? left : LOOK;
            delegate.sleep(piece);
            left = left.minus(piece);
        }
    }
}
