package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.S3Operation;

/** Where a request goes; an empty bucket or key is none. */
public record Route(S3Operation operation, String bucket, String key, Query query) {}
