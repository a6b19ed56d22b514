package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A version of an object; the ETag is without quotes, {@code parts} is empty unless it was uploaded in parts. */
public record StoredObject(
        String key,
        String versionId,
        Instant lastModified,
        Content content,
        String etag,
        Optional<ObjectChecksum> checksum,
        List<StoredPart> parts,
        Attributes attributes)
        implements Version {
    /** A part of a completed upload. */
    public record StoredPart(int number, long size, Optional<ObjectChecksum> checksum) {}

    public StoredObject {
        parts = List.copyOf(parts);
    }

    /** Bytes in the object. */
    public long size() {
        return content.length();
    }

    public StoredObject withAttributes(Attributes changed) {
        return new StoredObject(key, versionId, lastModified, content, etag, checksum, parts, changed);
    }

    public StoredObject withLastModified(Instant changed) {
        return new StoredObject(key, versionId, changed, content, etag, checksum, parts, attributes);
    }
}
