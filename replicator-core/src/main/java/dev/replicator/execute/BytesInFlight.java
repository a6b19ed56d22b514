package dev.replicator.execute;

import dev.replicator.store.TransferSizes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * Holds all streamed objects of a run together below so many bytes on their way, first come, first served. An object
 * weighs what of it can be between source and destination at once: all of a small one, the parts that go at once of a
 * large one. One that weighs more than the limit goes alone. Thread-safe.
 */
final class BytesInFlight {
    private static final long UNIT = 16 << 10;

    private final Cancellation cancellation;
    private final int most;
    private final Semaphore free;

    /** @param bytes 1 or more; counted in units of 16 KiB */
    BytesInFlight(long bytes, Cancellation cancellation) {
        this.cancellation = cancellation;
        most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        free = new Semaphore(most, true);
    }

    /** What an object weighs that is moved with these sizes. */
    static long weight(long size, TransferSizes sizes) {
        return size <= sizes.multipartUpload()
                ? size
                : Math.min(size, TransferSizes.PARTS_AT_ONCE * sizes.partOf(size));
    }

    /** A share of the limit. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until so many bytes may go.
     *
     * @return to be closed when they are gone
     * @throws CancellationException when the run was stopped meanwhile
     */
    Share take(long bytes) {
        int units = (int) Math.min(most, Math.max(1, (bytes + UNIT - 1) / UNIT));
        try {
            free.acquire(units);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while other objects were in flight");
        }
        if (cancellation.isStopped()) {
            free.release(units);
            throw new CancellationException("the run was stopped");
        }
        return () -> free.release(units);
    }
}
