package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.http.Query;

/**
 * What a request is for; {@code sourceBucket} and {@code sourceName} are those of a rewrite or copy, else empty, and
 * {@code method} is the one meant, whatever carried it.
 */
public record Route(
        GcsOperation operation,
        String method,
        String bucket,
        String name,
        String sourceBucket,
        String sourceName,
        Query query) {}
