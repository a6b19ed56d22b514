package dev.replicator.execute;

import dev.replicator.store.ObjectMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Forces headers named by {@code metadata.set}; a name that is no standard header becomes user metadata. */
final class MetadataOverrides {
    private MetadataOverrides() {}

    static ObjectMetadata apply(ObjectMetadata metadata, Map<String, String> set) {
        ObjectMetadata result = metadata;
        for (Map.Entry<String, String> entry : set.entrySet()) {
            result = apply(result, entry.getKey().toLowerCase(Locale.ROOT), entry.getValue());
        }
        return result;
    }

    private static ObjectMetadata apply(ObjectMetadata m, String name, String value) {
        Optional<String> forced = Optional.of(value);
        return switch (name) {
            case "content-type" -> m.withContentType(value);
            case "cache-control" ->
                new ObjectMetadata(
                        m.contentType(),
                        forced,
                        m.contentEncoding(),
                        m.contentDisposition(),
                        m.contentLanguage(),
                        m.expires(),
                        m.user(),
                        m.tags());
            case "content-encoding" ->
                new ObjectMetadata(
                        m.contentType(),
                        m.cacheControl(),
                        forced,
                        m.contentDisposition(),
                        m.contentLanguage(),
                        m.expires(),
                        m.user(),
                        m.tags());
            case "content-disposition" ->
                new ObjectMetadata(
                        m.contentType(),
                        m.cacheControl(),
                        m.contentEncoding(),
                        forced,
                        m.contentLanguage(),
                        m.expires(),
                        m.user(),
                        m.tags());
            case "content-language" ->
                new ObjectMetadata(
                        m.contentType(),
                        m.cacheControl(),
                        m.contentEncoding(),
                        m.contentDisposition(),
                        forced,
                        m.expires(),
                        m.user(),
                        m.tags());
            case "expires" ->
                new ObjectMetadata(
                        m.contentType(),
                        m.cacheControl(),
                        m.contentEncoding(),
                        m.contentDisposition(),
                        m.contentLanguage(),
                        forced,
                        m.user(),
                        m.tags());
            default -> m.withUser(name, value);
        };
    }
}
