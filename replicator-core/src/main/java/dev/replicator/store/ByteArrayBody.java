package dev.replicator.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A body held in memory, for small objects of our own. */
public record ByteArrayBody(byte[] bytes, ObjectMetadata metadata) implements ObjectBody {
    public static ByteArrayBody of(byte[] bytes) {
        return new ByteArrayBody(bytes, ObjectMetadata.NONE);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream open(long offset, long length) {
        return new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(length));
    }
}
