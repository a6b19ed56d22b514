package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The identities the server accepts, and how many more calls each may make before it counts as expired. */
public final class CredentialStore {
    private final Map<String, FakeCredentials> accepted = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> callsLeft = new ConcurrentHashMap<>();

    public CredentialStore(Collection<FakeCredentials> credentials) {
        credentials.forEach(this::add);
    }

    /** Accepts these credentials from now on; forgets an earlier expiry of the same access key. */
    public void add(FakeCredentials credentials) {
        accepted.put(credentials.accessKey(), credentials);
        callsLeft.remove(credentials.accessKey());
    }

    /** Answers {@code ExpiredToken} after so many further calls. */
    public void expireAfter(String accessKey, long calls) {
        callsLeft.put(accessKey, new AtomicLong(calls));
    }

    FakeCredentials find(String accessKey, Optional<String> sessionToken) {
        FakeCredentials found = accepted.get(accessKey);
        if (found == null) {
            throw S3Refusal.of(ErrorCode.INVALID_ACCESS_KEY_ID).with("AWSAccessKeyId", accessKey);
        }
        if (!found.sessionToken().equals(sessionToken)) {
            throw S3Refusal.of(ErrorCode.INVALID_TOKEN);
        }
        return found;
    }

    void spendCall(String accessKey) {
        AtomicLong left = callsLeft.get(accessKey);
        if (left != null && left.getAndDecrement() <= 0) {
            throw S3Refusal.of(ErrorCode.EXPIRED_TOKEN);
        }
    }
}
