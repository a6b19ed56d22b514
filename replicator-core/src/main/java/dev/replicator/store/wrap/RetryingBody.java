package dev.replicator.store.wrap;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A body whose streams go on where a broken connection left them. */
record RetryingBody(ObjectBody delegate, Retries retries) implements ObjectBody {
    @Override
    public long size() {
        return delegate.size();
    }

    @Override
    public ObjectMetadata metadata() {
        return retries.call(delegate::metadata);
    }

    @Override
    public InputStream open() {
        return new ResumingStream(retries.call(delegate::open), delegate, 0, size(), retries);
    }

    @Override
    public InputStream open(long offset, long length) {
        return new ResumingStream(retries.call(() -> delegate.open(offset, length)), delegate, offset, length, retries);
    }

    @Override
    public Optional<Path> file() {
        return delegate.file();
    }

    @Override
    public boolean saveTo(Path file) {
        return retries.call(() -> delegate.saveTo(file));
    }

    @Override
    public void close() {
        delegate.close();
    }
}
