package dev.replicator.store.wrap;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A body that remembers when reading it failed. A client that is sending such a body reports some network trouble of
 * its own; the reader's verdict (stale, denied, used-up retries) is the true one and must not be retried on top.
 */
final class SourceFailures implements ObjectBody {
    private final ObjectBody delegate;
    private volatile Optional<StoreException> failure = Optional.empty();

    SourceFailures(ObjectBody delegate) {
        this.delegate = delegate;
    }

    /** Runs a write of this body; throws the reader's failure, if there was one, as a final one. */
    <T> T blamedOr(Supplier<T> write) {
        failure = Optional.empty();
        try {
            return write.get();
        } catch (RuntimeException e) {
            Optional<StoreException> blamed = failure;
            if (blamed.isPresent() && blamed.get() != e) {
                blamed.get().addSuppressed(e);
            }
            throw blamed.map(SourceFailures::asFinal).orElse(e);
        }
    }

    /** The reader has its own retries: what it gave up on is not tried again by the writer. */
    private static RuntimeException asFinal(StoreException e) {
        return new SourceReadException(e);
    }

    @Override
    public long size() {
        return delegate.size();
    }

    @Override
    public ObjectMetadata metadata() {
        return watched(delegate::metadata);
    }

    @Override
    public List<Fingerprint> fingerprints() {
        return watched(delegate::fingerprints);
    }

    @Override
    public boolean isCheckedInOrder() {
        return watched(delegate::isCheckedInOrder);
    }

    @Override
    public InputStream open() {
        return new Watched(watched(delegate::open));
    }

    @Override
    public InputStream open(long offset, long length) {
        return new Watched(watched(() -> delegate.open(offset, length)));
    }

    @Override
    public Optional<Path> file() {
        return delegate.file();
    }

    @Override
    public boolean saveTo(Path file) {
        return watched(() -> delegate.saveTo(file));
    }

    @Override
    public void close() {
        delegate.close();
    }

    private <T> T watched(Supplier<T> read) {
        try {
            return read.get();
        } catch (StoreException e) {
            throw note(e);
        }
    }

    private synchronized StoreException note(StoreException e) {
        if (failure.isEmpty()) {
            failure = Optional.of(e);
        }
        return e;
    }

    private final class Watched extends InputStream {
        private final InputStream stream;

        Watched(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            try {
                return stream.read();
            } catch (StoreException e) {
                throw note(e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return stream.read(target, offset, length);
            } catch (StoreException e) {
                throw note(e);
            }
        }

        @Override
        public int available() throws IOException {
            return stream.available();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
