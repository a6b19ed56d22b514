package dev.replicator.testkit.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Real waiting that ends early when the server closes. */
public final class Pause {
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Waits for the duration or until {@link #release()}, whichever comes first. */
    public void await(Duration duration) {
        try {
            closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every present and future wait. */
    public void release() {
        closed.countDown();
    }
}
