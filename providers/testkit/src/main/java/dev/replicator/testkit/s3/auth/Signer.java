package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.s3.checksum.Digests;
import java.nio.charset.StandardCharsets;

/** Signs what follows a request's own signature: its chunks and its trailer, each chained to the one before. */
final class Signer {
    private static final String EMPTY_HASH = Digests.sha256Hex(new byte[0]);

    private final byte[] signingKey;
    private final String timestamp;
    private final String scope;
    private String previous;

    Signer(byte[] signingKey, String timestamp, String scope, String seed) {
        this.signingKey = signingKey.clone();
        this.timestamp = timestamp;
        this.scope = scope;
        this.previous = seed;
    }

    String nextChunk(byte[] data) {
        return next("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_HASH + "\n" + Digests.sha256Hex(data));
    }

    String trailer(String canonicalTrailer) {
        return next("AWS4-HMAC-SHA256-TRAILER", Digests.sha256Hex(canonicalTrailer.getBytes(StandardCharsets.UTF_8)));
    }

    private String next(String algorithm, String hashes) {
        String toSign = String.join("\n", algorithm, timestamp, scope, previous, hashes);
        previous = Digests.hex(Hmac.sign(signingKey, toSign));
        return previous;
    }
}
