package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.objects.KeyOrder;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.time.Clock;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The buckets of a server, by name; all keep their keys in the same order. */
public final class Buckets {
    private final NavigableMap<String, Bucket> byName = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private final KeyOrder order;
    private final Optional<Runnable> gap;

    /** With a {@code gap}, conditional writes are not atomic: see {@link Bucket}. */
    public Buckets(Clock clock, KeyOrder order, Optional<Runnable> gap) {
        this.clock = clock;
        this.order = order;
        this.gap = gap;
    }

    public Bucket create(String name, BucketSettings settings) {
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw S3Refusal.of(ErrorCode.INVALID_BUCKET_NAME).with("BucketName", name);
        }
        Bucket bucket = new Bucket(name, settings, clock, order, gap);
        if (byName.putIfAbsent(name, bucket) != null) {
            throw S3Refusal.of(ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU).with("BucketName", name);
        }
        return bucket;
    }

    public Bucket get(String name) {
        Bucket bucket = byName.get(name);
        if (bucket == null) {
            throw S3Refusal.of(ErrorCode.NO_SUCH_BUCKET).with("BucketName", name);
        }
        return bucket;
    }

    /** Removes an empty bucket. */
    public void delete(String name) {
        if (!get(name).isEmpty()) {
            throw S3Refusal.of(ErrorCode.BUCKET_NOT_EMPTY).with("BucketName", name);
        }
        byName.remove(name);
    }

    /** All buckets in the order of their names. */
    public Collection<Bucket> all() {
        return byName.values();
    }
}
