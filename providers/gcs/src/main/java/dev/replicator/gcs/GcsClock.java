package dev.replicator.gcs;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreClock;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The service's time from the Date of whatever it answered. Thread-safe. */
final class GcsClock implements StoreClock {
    private final GcsClient client;

    GcsClock(GcsClient client) {
        this.client = client;
    }

    @Override
    public Instant now() {
        offset();
        return client.time().now();
    }

    @Override
    public Duration offset() {
        Optional<Duration> known = client.time().offset();
        return known.isPresent() ? known.get() : asked();
    }

    /** Even a refusal carries a Date. */
    private Duration asked() {
        String bucket = client.settings().bucket();
        Call call = Call.of("ask the time of", bucket);
        Optional<StoreException> refusal = Optional.empty();
        try {
            client.calls()
                    .call(
                            call,
                            RequestKind.HEAD,
                            () -> client.buckets().get(bucket).setFields("kind").execute());
        } catch (StoreException e) {
            refusal = Optional.of(e);
        }
        Optional<Duration> offset = client.time().offset();
        if (offset.isPresent()) {
            return offset.get();
        }
        throw refusal.orElseGet(() -> new TransientStoreException(
                TransientStoreException.Trouble.SERVER_ERROR, call + ": the answer names no Date"));
    }
}
