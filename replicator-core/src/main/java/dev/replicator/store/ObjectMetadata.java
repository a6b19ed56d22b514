package dev.replicator.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What travels with an object beside its bytes: the standard headers, user metadata (names lower-case, without the
 * service's header prefix) and tags. An absent header is absent, not empty. Immutable.
 */
public record ObjectMetadata(
        Optional<String> contentType,
        Optional<String> cacheControl,
        Optional<String> contentEncoding,
        Optional<String> contentDisposition,
        Optional<String> contentLanguage,
        Optional<String> expires,
        Map<String, String> user,
        Map<String, String> tags) {

    /** User-metadata name under which streamed and uploaded objects remember the source's modification time. */
    public static final String MTIME = "replicator-mtime";
    /** User-metadata name under which streamed and uploaded objects remember the source's version. */
    public static final String SOURCE_VERSION = "replicator-source-version";
    /** User-metadata name of the operation that wrote an object: recognises our own write after a lost answer. */
    public static final String OPERATION = "replicator-operation";

    public static final ObjectMetadata NONE = new ObjectMetadata(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of());

    public ObjectMetadata {
        user = Map.copyOf(new TreeMap<>(user));
        tags = Map.copyOf(new TreeMap<>(tags));
    }

    public static ObjectMetadata ofContentType(String contentType) {
        return NONE.withContentType(contentType);
    }

    public ObjectMetadata withContentType(String value) {
        return new ObjectMetadata(
                Optional.of(value),
                cacheControl,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                expires,
                user,
                tags);
    }

    public ObjectMetadata withTags(Map<String, String> replacement) {
        return new ObjectMetadata(
                contentType,
                cacheControl,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                expires,
                user,
                replacement);
    }

    public ObjectMetadata withUser(Map<String, String> replacement) {
        return new ObjectMetadata(
                contentType,
                cacheControl,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                expires,
                replacement,
                tags);
    }

    /** With one more (or replaced) user-metadata entry. */
    public ObjectMetadata withUser(String name, String value) {
        Map<String, String> more = new TreeMap<>(user);
        more.put(name, value);
        return withUser(more);
    }

    /** Without the entries that Replicator itself adds ({@code replicator-…}). */
    public ObjectMetadata withoutOurs() {
        Map<String, String> rest = new TreeMap<>(user);
        rest.keySet().removeIf(name -> name.equals(MTIME) || name.equals(SOURCE_VERSION) || name.equals(OPERATION));
        return withUser(rest);
    }
}
