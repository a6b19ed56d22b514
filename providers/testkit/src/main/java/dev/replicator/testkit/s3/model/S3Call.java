package dev.replicator.testkit.s3.model;

import dev.replicator.testkit.wire.ServerCall;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as the server understood it, before it decided anything. {@code key} is empty for operations on a
 * bucket, {@code bucket} for {@code ListBuckets}; {@code query} is decoded; {@code headers} have lower-case names.
 */
public record S3Call(
        S3Operation operation,
        String method,
        String bucket,
        String key,
        Map<String, String> query,
        Map<String, String> headers)
        implements ServerCall<S3Operation> {
    public S3Call {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The headers of a request that a log may keep: everything but credentials and customer keys. */
    public Map<String, String> loggableHeaders() {
        Map<String, String> kept = new TreeMap<>(headers);
        kept.keySet()
                .removeIf(name -> name.equals("authorization")
                        || name.equals("x-amz-security-token")
                        || name.endsWith("customer-key"));
        return kept;
    }
}
