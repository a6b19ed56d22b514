package dev.replicator.s3.client;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes a call of the SDK and translates what it throws. */
public final class S3Calls {
    private S3Calls() {}

    /**
     * The answer to {@code request}; sends nothing when the thread is interrupted.
     *
     * @throws dev.replicator.store.StoreException for every failure of the service, the network or the body sent
     */
    public static <T> T call(Call call, Supplier<T> request) {
        if (Thread.currentThread().isInterrupted()) {
            throw S3Errors.interrupted(call, new InterruptedException());
        }
        try {
            return request.get();
        } catch (SdkException | UncheckedIOException | IllegalArgumentException e) {
            throw S3Errors.translate(call, e);
        }
    }
}
