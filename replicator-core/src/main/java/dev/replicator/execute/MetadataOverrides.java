package dev.replicator.execute;

import dev.replicator.store.ObjectMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Forces headers named by {@code metadata.set}; a name that is no standard header becomes user metadata. */
final class MetadataOverrides {
    private MetadataOverrides() {}

    static ObjectMetadata apply(ObjectMetadata metadata, Map<String, String> set) {
        Map<String, String> forced = new TreeMap<>();
        set.forEach((name, value) -> forced.put(name.toLowerCase(Locale.ROOT), value));
        ObjectMetadata headers = new ObjectMetadata(
                taken("content-type", forced, metadata.contentType()),
                taken("cache-control", forced, metadata.cacheControl()),
                taken("content-encoding", forced, metadata.contentEncoding()),
                taken("content-disposition", forced, metadata.contentDisposition()),
                taken("content-language", forced, metadata.contentLanguage()),
                taken("expires", forced, metadata.expires()),
                metadata.user(),
                metadata.tags());
        Map<String, String> user = new TreeMap<>(metadata.user());
        user.putAll(forced);
        return headers.withUser(user);
    }

    /** Takes a header out of the forced ones, else leaves what it was. */
    private static Optional<String> taken(String name, Map<String, String> forced, Optional<String> before) {
        return Optional.ofNullable(forced.remove(name)).or(() -> before);
    }
}
