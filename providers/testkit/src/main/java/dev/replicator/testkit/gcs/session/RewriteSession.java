package dev.replicator.testkit.gcs.session;

import dev.replicator.testkit.gcs.store.StoredObject;

/**
 * A rewrite that takes several calls.
 *
 * @param source as it was at the first call
 * @param destination {@code bucket/name}
 * @param resource the first call's body, which later calls must repeat
 * @param rewritten bytes so far
 */
public record RewriteSession(StoredObject source, String destination, String resource, long rewritten) {
    public RewriteSession advanced(long bytes) {
        return new RewriteSession(source, destination, resource, rewritten + bytes);
    }
}
