package dev.replicator.testkit.gcs.store;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The buckets of a server, by name. */
public final class Buckets {
    private final NavigableMap<String, Bucket> byName = new ConcurrentSkipListMap<>();
    private final Ticker ticker;

    public Buckets(Ticker ticker) {
        this.ticker = ticker;
    }

    public Bucket create(String name, BucketSettings settings) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]") || name.startsWith("goog")) {
            throw GcsRefusal.of(Reason.INVALID, "Invalid bucket name: '" + name + "'");
        }
        Bucket bucket = new Bucket(name, settings, ticker);
        if (byName.putIfAbsent(name, bucket) != null) {
            throw GcsRefusal.of(
                    Reason.CONFLICT,
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        return bucket;
    }

    public Bucket get(String name) {
        Bucket bucket = byName.get(name);
        if (bucket == null) {
            throw GcsRefusal.of(Reason.NOT_FOUND, "The specified bucket does not exist.");
        }
        return bucket;
    }

    /** Removes an empty bucket. */
    public void delete(String name) {
        if (!get(name).objects().isEmpty()) {
            throw GcsRefusal.of(Reason.CONFLICT, "The bucket you tried to delete is not empty.");
        }
        byName.remove(name);
    }

    /** All buckets in the order of their names. */
    public Collection<Bucket> all() {
        return byName.values();
    }
}
