package dev.replicator.s3;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.StoreClock;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;

/** The service's time from the Date of whatever it answered. Thread-safe. */
final class S3Clock implements StoreClock {
    private final S3Settings settings;
    private final S3Clients clients;

    S3Clock(S3Settings settings, S3Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    @Override
    public Instant now() {
        offset();
        return clients.time().now();
    }

    @Override
    public Duration offset() {
        Optional<Duration> known = clients.time().offset();
        return known.isPresent() ? known.get() : asked();
    }

    /** Even a refusal carries a Date. */
    private Duration asked() {
        Call call = Call.of("ask the time of", settings.bucket());
        HeadBucketRequest request =
                HeadBucketRequest.builder().bucket(settings.bucket()).build();
        Optional<StoreException> refusal = Optional.empty();
        try {
            S3Calls.call(call, () -> clients.single().headBucket(request));
        } catch (StoreException e) {
            refusal = Optional.of(e);
        }
        Optional<Duration> offset = clients.time().offset();
        if (offset.isPresent()) {
            return offset.get();
        }
        throw refusal.orElseGet(() -> new TransientStoreException(
                TransientStoreException.Trouble.SERVER_ERROR, call + ": the answer names no Date"));
    }
}
