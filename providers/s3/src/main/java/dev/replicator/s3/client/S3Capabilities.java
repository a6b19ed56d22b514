package dev.replicator.s3.client;

import static dev.replicator.store.Capability.CONDITIONAL_COPY;
import static dev.replicator.store.Capability.CONDITIONAL_DELETE;
import static dev.replicator.store.Capability.CONDITIONAL_WRITE;
import static dev.replicator.store.Capability.CREATE_ONLY_COPY;
import static dev.replicator.store.Capability.CREATE_ONLY_WRITE;
import static dev.replicator.store.Capability.ETAGS;
import static dev.replicator.store.Capability.METADATA;
import static dev.replicator.store.Capability.PINNED_READ;
import static dev.replicator.store.Capability.SERVER_SIDE_COPY;
import static dev.replicator.store.Capability.TAGS;

import dev.replicator.store.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * What servers can do, by host. Amazon's set is what its API reference lists (PutObject, CompleteMultipartUpload,
 * CopyObject and DeleteObject take {@code If-Match}, all but the last {@code If-None-Match}); of an unknown server no
 * condition on a write is assumed, because servers that ignore one report success.
 */
final class S3Capabilities {
    static final Set<Capability> AMAZON = Set.copyOf(EnumSet.of(
            SERVER_SIDE_COPY,
            CREATE_ONLY_WRITE,
            CONDITIONAL_WRITE,
            CREATE_ONLY_COPY,
            CONDITIONAL_COPY,
            CONDITIONAL_DELETE,
            PINNED_READ,
            METADATA,
            TAGS,
            ETAGS));
    static final Set<Capability> UNKNOWN = Set.copyOf(EnumSet.of(SERVER_SIDE_COPY, PINNED_READ, METADATA, TAGS, ETAGS));

    private S3Capabilities() {}
}
