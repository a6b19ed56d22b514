package dev.replicator.store;

import java.time.Duration;
import java.util.Optional;

/**
 * A store's refusal or failure, translated once at the provider's edge. The message names verb, bucket and key and
 * holds no secret; the cause is the client's own exception.
 */
public abstract sealed class StoreException extends RuntimeException
        permits TransientStoreException,
                ObjectNotFoundException,
                BucketNotFoundException,
                StaleObjectException,
                AccessDeniedException,
                CredentialsException,
                InvalidRequestException,
                CorruptObjectException,
                UnprovenListingException,
                NoSpaceException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }

    /** How long the service asked to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
