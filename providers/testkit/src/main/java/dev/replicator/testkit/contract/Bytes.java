package dev.replicator.testkit.contract;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.Tags;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

/** Contents for tests, and the shortest ways to write and read them. */
final class Bytes {
    private Bytes() {}

    /** Bytes that differ for every seed and at every place. */
    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ObjectBody body(String text) {
        return ByteArrayBody.of(utf8(text));
    }

    /** Writes without a precondition. */
    static ObjectMeta write(ObjectStore store, String key, String text) {
        return write(store, ObjectKey.of(key), utf8(text));
    }

    static ObjectMeta write(ObjectStore store, ObjectKey key, byte[] bytes) {
        return store.write(key, ByteArrayBody.of(bytes), WriteOptions.of(Precondition.none()));
    }

    static ObjectMeta write(ObjectStore store, ObjectKey key, byte[] bytes, ObjectMetadata metadata) {
        return store.write(
                key,
                new ByteArrayBody(bytes, metadata),
                WriteOptions.of(Precondition.none()).withMetadata(metadata));
    }

    /** The object's state, which must be there. */
    static ObjectMeta head(ObjectStore store, String key) {
        return head(store, ObjectKey.of(key));
    }

    static ObjectMeta head(ObjectStore store, ObjectKey key) {
        return store.head(key).orElseThrow(() -> new AssertionError("no object at " + key));
    }

    /** The bytes at the key as they are now. */
    static byte[] read(ObjectStore store, ObjectKey key) {
        return read(store, head(store, key));
    }

    static String text(ObjectStore store, String key) {
        return new String(read(store, ObjectKey.of(key)), StandardCharsets.UTF_8);
    }

    static byte[] read(ObjectStore store, ObjectMeta meta) {
        try (ObjectBody body = store.read(meta)) {
            return all(body);
        }
    }

    /** The tags at the key, read through the role, which must be there. */
    static Map<String, String> tags(ObjectStore store, ObjectKey key) {
        return store.role(Tags.class)
                .orElseThrow(() -> new AssertionError("the store declares TAGS and has no role for them"))
                .tags(key);
    }

    static byte[] all(ObjectBody body) {
        try (InputStream stream = body.open()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] range(ObjectBody body, long offset, long length) {
        try (InputStream stream = body.open(offset, length)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
