package dev.replicator.testkit.s3.store;

import java.time.Instant;

/** What a delete leaves in a versioned bucket. */
public record DeleteMarker(String key, String versionId, Instant lastModified) implements Version {}
