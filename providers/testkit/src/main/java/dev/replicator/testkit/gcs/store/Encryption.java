package dev.replicator.testkit.gcs.store;

import java.util.Optional;

/**
 * With what an object is encrypted beside the service's own keys.
 *
 * @param kmsKey name of a version of a key of Cloud KMS
 * @param customerKey the SHA-256, in Base64, of a key that only its owner has
 */
public record Encryption(Optional<String> kmsKey, Optional<String> customerKey) {
    /** The service's own keys alone. */
    public static final Encryption NONE = new Encryption(Optional.empty(), Optional.empty());

    /** With the first version of a key of Cloud KMS. */
    public static Encryption ofKms(String key) {
        return new Encryption(Optional.of(key + "/cryptoKeyVersions/1"), Optional.empty());
    }

    public static Encryption ofCustomer(String sha256) {
        return new Encryption(Optional.empty(), Optional.of(sha256));
    }
}
