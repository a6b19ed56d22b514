package dev.replicator.store.wrap;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A body whose streams go on where a broken connection left them.
 *
 * @param unchanged throws when the object is no longer the version that is read; called whenever a part of it was asked
 *     for, since parts of two versions make neither
 */
record RetryingBody(ObjectBody delegate, Retries retries, Runnable unchanged) implements ObjectBody {
    @Override
    public long size() {
        return delegate.size();
    }

    @Override
    public ObjectMetadata metadata() {
        return retries.call(delegate::metadata);
    }

    @Override
    public List<Fingerprint> fingerprints() {
        return retries.call(delegate::fingerprints);
    }

    @Override
    public boolean isCheckedInOrder() {
        return delegate.isCheckedInOrder();
    }

    @Override
    public InputStream open() {
        return new ResumingStream(retries.call(delegate::open), this, 0, size());
    }

    @Override
    public InputStream open(long offset, long length) {
        return new ResumingStream(retries.call(() -> part(offset, length)), this, offset, length);
    }

    /** One attempt at a range. */
    InputStream part(long offset, long length) {
        InputStream stream = delegate.open(offset, length);
        try {
            unchanged.run();
            return stream;
        } catch (RuntimeException e) {
            ResumingStream.closeQuietly(stream);
            throw e;
        }
    }

    @Override
    public Optional<Path> file() {
        return delegate.file();
    }

    @Override
    public boolean saveTo(Path file) {
        return retries.call(() -> {
            boolean saved = delegate.saveTo(file);
            if (saved) {
                unchanged.run();
            }
            return saved;
        });
    }

    @Override
    public void close() {
        delegate.close();
    }
}
