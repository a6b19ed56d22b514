package dev.replicator.job;

import java.util.Map;

/**
 * What of the metadata goes along on streamed routes.
 *
 * @param copy whether headers and user metadata go along
 * @param tags whether tags go along
 * @param set headers forced on written objects, such as {@code cache-control}
 */
public record MetadataPolicy(boolean copy, boolean tags, Map<String, String> set) {
    public static final MetadataPolicy ALL = new MetadataPolicy(true, true, Map.of());

    public MetadataPolicy {
        set = Map.copyOf(set);
    }
}
