package dev.replicator.testkit.gcs.store;

import dev.replicator.testkit.objects.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * An object as it is at one generation and metageneration.
 *
 * @param componentCount of a composed object, else 0
 * @param created when this generation was made
 * @param updated when this metageneration was made
 */
public record StoredObject(
        String bucket,
        String name,
        long generation,
        long metageneration,
        Content content,
        Fingerprint fingerprint,
        int componentCount,
        Instant created,
        Instant updated,
        String storageClass,
        ObjectFields fields) {
    /** Bytes in the object. */
    public long size() {
        return content.length();
    }

    /** The bytes of an object that fits in an array. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(size()));
        try {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /** The base64 of generation and metageneration as a protocol buffer, as GCS makes it. */
    public String etag() {
        byte[] encoded = new byte[22];
        encoded[0] = 8;
        int length = varint(encoded, 1, generation);
        encoded[length] = 16;
        length = varint(encoded, length + 1, metageneration);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(encoded, length));
    }

    /** The next metageneration. */
    StoredObject amended(ObjectFields newFields, Instant now) {
        return new StoredObject(
                bucket,
                name,
                generation,
                metageneration + 1,
                content,
                fingerprint,
                componentCount,
                created,
                now,
                storageClass,
                newFields);
    }

    /** The same, created and updated at another time. */
    StoredObject madeAt(Instant time) {
        return new StoredObject(
                bucket,
                name,
                generation,
                metageneration,
                content,
                fingerprint,
                componentCount,
                time,
                time,
                storageClass,
                fields);
    }

    private static int varint(byte[] target, int from, long value) {
        int position = from;
        long left = value;
        while (left > 127) {
            target[position++] = (byte) ((left & 127) | 128);
            left >>>= 7;
        }
        target[position] = (byte) left;
        return position + 1;
    }
}
