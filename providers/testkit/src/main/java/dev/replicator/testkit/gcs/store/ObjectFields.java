package dev.replicator.testkit.gcs.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client may say of an object beside its name and bytes. {@code texts} has the resource's names of the
 * fixed-key fields ({@code contentType}, {@code cacheControl}, …) and only those that are set.
 *
 * @param storageClass empty for the bucket's own
 * @param acl the entities of the object's access control list with their roles
 */
public record ObjectFields(
        Map<String, String> texts,
        Map<String, String> metadata,
        Optional<Instant> customTime,
        Optional<String> storageClass,
        boolean temporaryHold,
        boolean eventBasedHold,
        Map<String, String> acl,
        Encryption encryption) {
    /** The names {@code texts} may have. */
    public static final List<String> TEXTS =
            List.of("contentType", "cacheControl", "contentDisposition", "contentEncoding", "contentLanguage");

    /** Those of an upload that says nothing. */
    public static final ObjectFields NONE = new ObjectFields(
            Map.of(), Map.of(), Optional.empty(), Optional.empty(), false, false, Map.of(), Encryption.NONE);

    public ObjectFields {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        acl = Collections.unmodifiableMap(new LinkedHashMap<>(acl));
    }

    /** One of {@link #TEXTS}, empty when it is not set. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    public ObjectFields withText(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(name, value);
        return withTexts(more);
    }

    public ObjectFields withTexts(Map<String, String> newTexts) {
        return new ObjectFields(
                newTexts, metadata, customTime, storageClass, temporaryHold, eventBasedHold, acl, encryption);
    }

    public ObjectFields withMetadata(Map<String, String> newMetadata) {
        return new ObjectFields(
                texts, newMetadata, customTime, storageClass, temporaryHold, eventBasedHold, acl, encryption);
    }

    public ObjectFields withCustomTime(Instant time) {
        return new ObjectFields(
                texts, metadata, Optional.of(time), storageClass, temporaryHold, eventBasedHold, acl, encryption);
    }

    public ObjectFields withStorageClass(String name) {
        return new ObjectFields(
                texts, metadata, customTime, Optional.of(name), temporaryHold, eventBasedHold, acl, encryption);
    }

    public ObjectFields withHolds(boolean temporary, boolean eventBased) {
        return new ObjectFields(texts, metadata, customTime, storageClass, temporary, eventBased, acl, encryption);
    }

    public ObjectFields withAcl(Map<String, String> newAcl) {
        return new ObjectFields(
                texts, metadata, customTime, storageClass, temporaryHold, eventBasedHold, newAcl, encryption);
    }

    public ObjectFields withEncryption(Encryption keys) {
        return new ObjectFields(texts, metadata, customTime, storageClass, temporaryHold, eventBasedHold, acl, keys);
    }

    /** What a copy takes over when nothing else is asked: all but storage class, holds, access and encryption. */
    public ObjectFields copied() {
        return new ObjectFields(texts, metadata, customTime, Optional.empty(), false, false, Map.of(), Encryption.NONE);
    }

    /** Whether nothing is said at all. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
