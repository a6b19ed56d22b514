package dev.replicator.testkit.memory;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads one version; every stream is a request of its own, but the first may be the one that brought the metadata. */
final class MemoryBody implements ObjectBody {
    private final long size;
    private final Supplier<MemoryObject> request;
    private Optional<MemoryObject> unread = Optional.empty();
    private Optional<ObjectMetadata> metadata = Optional.empty();
    private List<Fingerprint> fingerprints = List.of();

    /** @param request sends one GET; throws when the object is no longer the version wanted */
    MemoryBody(long size, Supplier<MemoryObject> request) {
        this.size = size;
        this.request = request;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized ObjectMetadata metadata() {
        if (metadata.isEmpty()) {
            MemoryObject object = request.get();
            unread = Optional.of(object);
            describe(object);
        }
        return metadata.orElseThrow();
    }

    private void describe(MemoryObject object) {
        metadata = Optional.of(object.metadata());
        fingerprints = List.of(new Fingerprint(Fingerprint.Algorithm.MD5, MemoryObject.md5Of(object.bytes())));
    }

    @Override
    public synchronized List<Fingerprint> fingerprints() {
        metadata();
        return fingerprints;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(fetch().bytes());
    }

    @Override
    public InputStream open(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IllegalArgumentException(
                    "range of " + length + " bytes at " + offset + " is not within " + size + " bytes");
        }
        return new ByteArrayInputStream(request.get().bytes(), (int) offset, (int) length);
    }

    private synchronized MemoryObject fetch() {
        MemoryObject object = unread.orElseGet(request);
        unread = Optional.empty();
        describe(object);
        return object;
    }
}
