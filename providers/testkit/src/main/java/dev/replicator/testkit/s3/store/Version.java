package dev.replicator.testkit.s3.store;

import java.time.Instant;

/** An entry in a key's history. */
public sealed interface Version permits StoredObject, DeleteMarker {
    String key();

    /** {@code null} in letters where the bucket was not versioned at the time, as S3 says it. */
    String versionId();

    Instant lastModified();
}
