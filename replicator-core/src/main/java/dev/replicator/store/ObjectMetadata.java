package dev.replicator.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What travels with an object beside its bytes: the standard headers, user metadata (names without the service's header
 * prefix; in lower case where the service knows no other) and tags. An absent header is absent, not empty. Immutable.
 *
 * @param traits what else the object's own service keeps with it, where its answer shows that; no write takes it
 */
public record ObjectMetadata(
        Optional<String> contentType,
        Optional<String> cacheControl,
        Optional<String> contentEncoding,
        Optional<String> contentDisposition,
        Optional<String> contentLanguage,
        Optional<String> expires,
        Map<String, String> user,
        Map<String, String> tags,
        Map<ServiceTrait, String> traits) {

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
        traits = Map.copyOf(traits);
    }

    /** Without traits. */
    public ObjectMetadata(
            Optional<String> contentType,
            Optional<String> cacheControl,
            Optional<String> contentEncoding,
            Optional<String> contentDisposition,
            Optional<String> contentLanguage,
            Optional<String> expires,
            Map<String, String> user,
            Map<String, String> tags) {
        this(
                contentType,
                cacheControl,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                expires,
                user,
                tags,
                Map.of());
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
                tags,
                traits);
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
                replacement,
                traits);
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
                tags,
                traits);
    }

    public ObjectMetadata withTraits(Map<ServiceTrait, String> replacement) {
        return new ObjectMetadata(
                contentType,
                cacheControl,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                expires,
                user,
                tags,
                replacement);
    }

    /** The standard headers by their names, in lower case; absent ones are left out. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        contentType.ifPresent(value -> headers.put("content-type", value));
        cacheControl.ifPresent(value -> headers.put("cache-control", value));
        contentEncoding.ifPresent(value -> headers.put("content-encoding", value));
        contentDisposition.ifPresent(value -> headers.put("content-disposition", value));
        contentLanguage.ifPresent(value -> headers.put("content-language", value));
        expires.ifPresent(value -> headers.put("expires", value));
        return headers;
    }

    /** With exactly these standard headers, by their names in lower case; other names are ignored. */
    public ObjectMetadata withHeaders(Map<String, String> headers) {
        return new ObjectMetadata(
                Optional.ofNullable(headers.get("content-type")),
                Optional.ofNullable(headers.get("cache-control")),
                Optional.ofNullable(headers.get("content-encoding")),
                Optional.ofNullable(headers.get("content-disposition")),
                Optional.ofNullable(headers.get("content-language")),
                Optional.ofNullable(headers.get("expires")),
                user,
                tags,
                traits);
    }

    /** With one more (or replaced) user-metadata entry. */
    public ObjectMetadata withUser(String name, String value) {
        Map<String, String> more = new TreeMap<>(user);
        more.put(name, value);
        return withUser(more);
    }

    /** Without {@link #OPERATION}. */
    ObjectMetadata withoutOperation() {
        Map<String, String> rest = new TreeMap<>(user);
        rest.remove(OPERATION);
        return withUser(rest);
    }

    /** Without the entries that Replicator itself adds ({@code replicator-…}). */
    public ObjectMetadata withoutOurs() {
        Map<String, String> rest = new TreeMap<>(user);
        rest.keySet().removeIf(ObjectMetadata::isOurs);
        return withUser(rest);
    }

    /** The entries that Replicator itself adds. */
    public Map<String, String> ours() {
        Map<String, String> entries = new TreeMap<>(user);
        entries.keySet().removeIf(name -> !isOurs(name));
        return entries;
    }

    /** Whether Replicator itself adds entries of that name. */
    public static boolean isOurs(String name) {
        return name.equals(MTIME) || name.equals(SOURCE_VERSION) || name.equals(OPERATION);
    }
}
