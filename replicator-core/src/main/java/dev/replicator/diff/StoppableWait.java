package dev.replicator.diff;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for what a pool works on until the run is stopped, and not longer. Stateless and thread-safe. */
public final class StoppableWait {
    private static final long POLL_MILLIS = 100;

    private StoppableWait() {}

    /**
     * What the work comes to.
     *
     * @param stopped whether the run was told to stop; looked at ten times a second
     * @param doing for people: {@code listing}
     * @throws CancellationException when stopped or interrupted first; the work goes on
     * @throws ExecutionException when the work failed
     */
    public static <T> T result(Future<T> work, BooleanSupplier stopped, String doing) throws ExecutionException {
        while (true) {
            try {
                return work.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (stopped.getAsBoolean()) {
                    throw new CancellationException("stopped while " + doing);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while " + doing);
            }
        }
    }
}
