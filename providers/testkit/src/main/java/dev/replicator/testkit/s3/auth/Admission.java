package dev.replicator.testkit.s3.auth;

import java.util.Optional;

/** A request that may go on: what it says about its payload and, when it is signed, how its chunks are. */
public record Admission(Optional<String> payloadHash, Optional<Signer> signer) {
    static Admission unchecked(Optional<String> payloadHash) {
        return new Admission(payloadHash, Optional.empty());
    }
}
