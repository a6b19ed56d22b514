package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** An upload in progress. Parts may be uploaded again: the last one under a number counts. */
public record MultipartUpload(
        String id,
        String key,
        Instant initiated,
        Attributes attributes,
        Optional<ChecksumAlgorithm> algorithm,
        ObjectChecksum.Type type,
        NavigableMap<Integer, Part> parts) {
    /** An uploaded part; its MD5, in hex, goes into the object's ETag whatever the part's own ETag says. */
    public record Part(
            int number,
            Content content,
            String etag,
            String md5,
            Optional<ObjectChecksum> checksum,
            Instant lastModified) {}

    static MultipartUpload begun(
            String id,
            String key,
            Instant initiated,
            Attributes attributes,
            Optional<ChecksumAlgorithm> algorithm,
            ObjectChecksum.Type type) {
        return new MultipartUpload(id, key, initiated, attributes, algorithm, type, new ConcurrentSkipListMap<>());
    }

    public void put(Part part) {
        parts.put(part.number(), part);
    }
}
