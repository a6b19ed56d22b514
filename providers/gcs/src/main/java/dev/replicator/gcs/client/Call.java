package dev.replicator.gcs.client;

import dev.replicator.store.Displays;
import dev.replicator.store.ObjectKey;
import java.util.Optional;

/** What was tried, for an error's message: {@code read gs://bucket/key}. */
public record Call(String verb, String bucket, Optional<ObjectKey> key) {
    public static Call of(String verb, String bucket) {
        return new Call(verb, bucket, Optional.empty());
    }

    public static Call of(String verb, String bucket, ObjectKey key) {
        return new Call(verb, bucket, Optional.of(key));
    }

    @Override
    public String toString() {
        return verb + " gs://" + Displays.escaped(bucket)
                + key.map(known -> "/" + known.display()).orElse("");
    }
}
