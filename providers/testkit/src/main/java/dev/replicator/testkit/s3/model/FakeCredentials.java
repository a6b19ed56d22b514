package dev.replicator.testkit.s3.model;

import java.util.Optional;

/** An identity the fake accepts; with a session token, requests must carry exactly that token. */
public record FakeCredentials(String accessKey, String secretKey, Optional<String> sessionToken) {
    public FakeCredentials {
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new IllegalArgumentException("access key and secret key must not be empty");
        }
    }

    /** Long-lived credentials, without a session token. */
    public static FakeCredentials of(String accessKey, String secretKey) {
        return new FakeCredentials(accessKey, secretKey, Optional.empty());
    }

    /** Temporary credentials. */
    public static FakeCredentials session(String accessKey, String secretKey, String sessionToken) {
        return new FakeCredentials(accessKey, secretKey, Optional.of(sessionToken));
    }

    @Override
    public String toString() {
        return "FakeCredentials[" + accessKey + "]";
    }
}
