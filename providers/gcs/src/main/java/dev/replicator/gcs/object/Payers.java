package dev.replicator.gcs.object;

import dev.replicator.store.BucketRef;
import java.util.Optional;

/**
 * Who pays for requests that two buckets take part in (Cloud Storage, "Requester Pays": {@code userProject} is one
 * parameter for the whole request, and each bucket whose requester pays wants one).
 */
public final class Payers {
    private Payers() {}

    /** Whether one request can be paid for as both buckets' settings say. */
    public static boolean agree(BucketRef source, BucketRef destination) {
        Optional<String> from = of(source);
        Optional<String> to = of(destination);
        return from.isEmpty() || to.isEmpty() || from.equals(to);
    }

    /** The project that pays for a copy: the destination's, else the source's. */
    public static Optional<String> of(BucketRef source, BucketRef destination) {
        return of(destination).or(() -> of(source));
    }

    /** The project that pays for requests on that bucket alone. */
    static Optional<String> of(BucketRef bucket) {
        return Optional.of(bucket.identity()).filter(project -> !project.isEmpty());
    }
}
