package dev.replicator.execute;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.digest.ChainedDigest;
import dev.replicator.store.digest.ContentDigest;
import dev.replicator.store.digest.PartDigests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A body whose bytes are digested as they pass and compared with what its store keeps of them. Bytes that differ are
 * told before the last of them is handed out, so that whoever writes them can't complete. Streams of the whole are compared
 * with any digest; ranges with a CRC, once all of them have passed, in whatever order, and with another where they pass one
 * behind the other, which it asks for.
 */
final class VerifiedBody implements ObjectBody {
    private static final int BUFFER = 1 << 16;

    private final ObjectBody delegate;
    private final String name;
    private final Fingerprint expected;
    private final Optional<PartDigests> parts;
    private final ChainedDigest chain;

    private VerifiedBody(ObjectBody delegate, String name, Fingerprint expected) {
        this.delegate = delegate;
        this.name = name;
        this.expected = expected;
        parts = PartDigests.of(expected.algorithm(), delegate.size());
        chain = new ChainedDigest(expected.algorithm());
    }

    /**
     * {@code body} itself where nothing is kept that its bytes could be compared with.
     *
     * @param object as it was listed
     */
    static ObjectBody of(ObjectBody body, ObjectMeta object) {
        if (body.size() == 0) {
            return body;
        }
        List<Fingerprint> known = new ArrayList<>(object.fingerprints());
        known.addAll(body.fingerprints());
        return ContentDigest.first(ContentDigest.CHEAPEST_FIRST, known)
                .<ObjectBody>map(expected -> new VerifiedBody(body, object.key().toString(), expected))
                .orElse(body);
    }

    @Override
    public long size() {
        return delegate.size();
    }

    @Override
    public ObjectMetadata metadata() {
        return delegate.metadata();
    }

    @Override
    public List<Fingerprint> fingerprints() {
        return delegate.fingerprints();
    }

    @Override
    public boolean isCheckedInOrder() {
        return parts.isEmpty() || delegate.isCheckedInOrder();
    }

    @Override
    public InputStream open() {
        return new DigestedStream(delegate.open(), size(), digest(), digest -> compare(digest.fingerprint()));
    }

    @Override
    public InputStream open(long offset, long length) {
        if (length == size()) {
            return open();
        }
        if (length == 0) {
            return delegate.open(offset, length);
        }
        if (parts.isPresent()) {
            return new DigestedStream(
                    delegate.open(offset, length),
                    length,
                    digest(),
                    digest -> parts.get()
                            .add(offset, length, digest.fingerprint())
                            .ifPresent(this::compare));
        }
        Optional<ContentDigest> before = chain.upTo(offset);
        InputStream stream = delegate.open(offset, length);
        return before.isEmpty()
                ? stream
                : new DigestedStream(stream, length, before.get(), digest -> ended(offset + length, digest));
    }

    private void ended(long end, ContentDigest digest) {
        if (end == size()) {
            compare(digest.fingerprint());
        } else {
            chain.ended(end, digest);
        }
    }

    private ContentDigest digest() {
        return ContentDigest.of(expected.algorithm());
    }

    private void compare(Fingerprint found) {
        if (!found.equals(expected)) {
            throw new CorruptObjectException("read " + name + ": the bytes that came have the " + found.algorithm()
                    + " " + found.hex() + ", the object has " + expected.hex());
        }
    }

    @Override
    public Optional<Path> file() {
        return delegate.file();
    }

    /** Reads back what was saved. */
    @Override
    public boolean saveTo(Path file) {
        if (!delegate.saveTo(file)) {
            return false;
        }
        ContentDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream saved = Files.newInputStream(file)) {
            for (int count = saved.read(buffer); count >= 0; count = saved.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("read " + name + ": what was saved can't be read back", e);
        }
        compare(digest.fingerprint());
        return true;
    }

    @Override
    public void close() {
        delegate.close();
    }
}
