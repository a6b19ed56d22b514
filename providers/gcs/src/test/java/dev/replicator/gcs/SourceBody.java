package dev.replicator.gcs;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Bytes in memory that remember which ranges of them were opened. */
final class SourceBody implements ObjectBody {
    final byte[] bytes;
    final List<Long> offsets = Collections.synchronizedList(new ArrayList<>());

    private SourceBody(byte[] bytes) {
        this.bytes = bytes;
    }

    static SourceBody random(int size) {
        return new SourceBody(bytes(size));
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public ObjectMetadata metadata() {
        return ObjectMetadata.NONE;
    }

    @Override
    public InputStream open() {
        return open(0, bytes.length);
    }

    @Override
    public InputStream open(long offset, long length) {
        offsets.add(offset);
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }
}
