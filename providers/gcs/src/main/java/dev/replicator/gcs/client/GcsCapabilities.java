package dev.replicator.gcs.client;

import static dev.replicator.store.Capability.CONDITIONAL_COPY;
import static dev.replicator.store.Capability.CONDITIONAL_DELETE;
import static dev.replicator.store.Capability.CONDITIONAL_WRITE;
import static dev.replicator.store.Capability.CREATE_ONLY_COPY;
import static dev.replicator.store.Capability.CREATE_ONLY_WRITE;
import static dev.replicator.store.Capability.METADATA;
import static dev.replicator.store.Capability.PINNED_READ;
import static dev.replicator.store.Capability.SERVER_SIDE_COPY;

import dev.replicator.store.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * What servers can do, by host. Google's set is what its reference lists (every method on objects takes {@code
 * ifGenerationMatch}); there are no tags, and a version is a generation, never a digest. Of an emulator no condition on a
 * write is assumed, because servers that ignore one report success.
 */
final class GcsCapabilities {
    static final Set<Capability> GOOGLE = Set.copyOf(EnumSet.of(
            SERVER_SIDE_COPY,
            CREATE_ONLY_WRITE,
            CONDITIONAL_WRITE,
            CREATE_ONLY_COPY,
            CONDITIONAL_COPY,
            CONDITIONAL_DELETE,
            PINNED_READ,
            METADATA));
    static final Set<Capability> UNKNOWN = Set.copyOf(EnumSet.of(SERVER_SIDE_COPY, PINNED_READ, METADATA));

    private GcsCapabilities() {}
}
