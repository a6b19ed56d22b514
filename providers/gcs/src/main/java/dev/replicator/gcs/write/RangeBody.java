package dev.replicator.gcs.write;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import java.io.InputStream;

/** Some bytes of a body as a body of their own, without metadata. As thread-safe as that. */
record RangeBody(ObjectBody whole, long offset, long size) implements ObjectBody {
    @Override
    public ObjectMetadata metadata() {
        return ObjectMetadata.NONE;
    }

    @Override
    public boolean isCheckedInOrder() {
        return whole.isCheckedInOrder();
    }

    @Override
    public InputStream open() {
        return whole.open(offset, size);
    }

    @Override
    public InputStream open(long from, long length) {
        if (from < 0 || length < 0 || from + length > size) {
            throw new IllegalArgumentException("bytes " + from + "+" + length + " of a range of " + size);
        }
        return whole.open(offset + from, length);
    }
}
