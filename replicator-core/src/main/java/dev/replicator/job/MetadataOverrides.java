package dev.replicator.job;

import dev.replicator.store.ObjectMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Forces headers named by {@code metadata.set}; a name that is no standard header becomes user metadata. */
final class MetadataOverrides {
    private static final Set<String> HEADERS = Set.of(
            "content-type", "cache-control", "content-encoding", "content-disposition", "content-language", "expires");

    private MetadataOverrides() {}

    static ObjectMetadata apply(ObjectMetadata metadata, Map<String, String> set) {
        Map<String, String> headers = new TreeMap<>(metadata.headers());
        Map<String, String> user = new TreeMap<>(metadata.user());
        set.forEach((given, value) -> {
            String name = given.toLowerCase(Locale.ROOT);
            (HEADERS.contains(name) ? headers : user).put(name, value);
        });
        return metadata.withHeaders(headers).withUser(user);
    }
}
