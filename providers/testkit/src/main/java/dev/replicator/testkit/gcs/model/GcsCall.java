package dev.replicator.testkit.gcs.model;

import dev.replicator.testkit.wire.ServerCall;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as the server understood it, before it decided anything. {@code key} is the object's name, of a rewrite
 * or copy the destination's, and empty for operations on a bucket; for uploads it is the name that the URL gives,
 * empty where only the body gives one. {@code source} is {@code bucket/name} of what a rewrite or copy reads, else
 * empty. {@code query} is decoded; {@code headers} have lower-case names.
 */
public record GcsCall(
        GcsOperation operation,
        String method,
        String bucket,
        String key,
        String source,
        Map<String, String> query,
        Map<String, String> headers)
        implements ServerCall<GcsOperation> {
    public GcsCall {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The call as a log may keep it: without credentials and customer keys. */
    public GcsCall loggable() {
        Map<String, String> kept = new TreeMap<>(headers);
        kept.keySet().removeIf(name -> name.equals("authorization") || name.startsWith("x-goog-encryption-key"));
        return new GcsCall(operation, method, bucket, key, source, query, kept);
    }
}
