package dev.replicator.gcs.write;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsErrors;
import java.util.concurrent.Semaphore;

/** Bounds the memory of all bodies that are held while they are sent. Thread-safe. */
final class Buffers {
    /** A body of up to this size is held, so that its checksum can go in front of it. */
    static final int LARGEST = 16 << 20;

    private static final int UNIT = 1 << 10;

    private final int all;
    private final Semaphore free;

    /** @param bytes of all bodies together; at least one may always be held */
    Buffers(long bytes) {
        all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        free = new Semaphore(all, true);
    }

    /** Use of a buffer. */
    interface Use<T> {
        T with(byte[] buffer);
    }

    /** Lends a buffer of {@code size} bytes, waiting for room. */
    <T> T lend(Call call, int size, Use<T> use) {
        int units = Math.min(all, size / UNIT + 1);
        try {
            free.acquire(units);
        } catch (InterruptedException e) {
            throw GcsErrors.interrupted(call, e);
        }
        try {
            return use.with(new byte[size]);
        } finally {
            free.release(units);
        }
    }
}
