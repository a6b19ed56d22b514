package dev.replicator.testkit.memory;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.TransientStoreException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way every request of a store takes to its bucket: counted, refused once closed or interrupted. */
final class MemoryRequests {
    private final MemoryBuckets buckets;
    private final String bucket;
    private final RequestMeter meter;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemoryRequests(MemoryBuckets buckets, String bucket, RequestMeter meter) {
        this.buckets = buckets;
        this.bucket = bucket;
        this.meter = meter;
    }

    /** Counts one request and reaches the bucket. */
    MemoryBucket send(RequestKind kind, String deed) {
        checkOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw new TransientStoreException(
                    TransientStoreException.Trouble.NETWORK, deed + " memory://" + bucket + ": interrupted");
        }
        meter.count(kind);
        return buckets.find(bucket)
                .orElseThrow(() -> new BucketNotFoundException(deed + " memory://" + bucket + ": no such bucket"));
    }

    void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the store of memory://" + bucket + " is closed");
        }
    }

    void close() {
        closed.set(true);
    }
}
