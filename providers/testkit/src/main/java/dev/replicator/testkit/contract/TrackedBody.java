package dev.replicator.testkit.contract;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A body to upload that gives other bytes than it announces, or breaks, or just counts its open streams. It has no file
 * and can't be read backwards, as a body that comes over a network.
 */
final class TrackedBody implements ObjectBody {
    /** What breaks a stream; unchecked ones are thrown as they are. */
    interface Breakage {
        void strike() throws IOException;
    }

    private final long announced;
    private final byte[] given;
    private final Optional<Breakage> breakage;
    private final AtomicInteger unclosed = new AtomicInteger();

    private TrackedBody(long announced, byte[] given, Optional<Breakage> breakage) {
        this.announced = announced;
        this.given = given;
        this.breakage = breakage;
    }

    static TrackedBody honest(byte[] bytes) {
        return new TrackedBody(bytes.length, bytes, Optional.empty());
    }

    /** Announces {@code size} bytes and gives these. */
    static TrackedBody announcing(long size, byte[] given) {
        return new TrackedBody(size, given, Optional.empty());
    }

    /** Gives these bytes of {@code size} and then breaks. */
    static TrackedBody breaking(long size, byte[] given, Breakage breakage) {
        return new TrackedBody(size, given, Optional.of(breakage));
    }

    /** Streams opened and not closed. */
    int unclosed() {
        return unclosed.get();
    }

    @Override
    public long size() {
        return announced;
    }

    @Override
    public ObjectMetadata metadata() {
        return ObjectMetadata.NONE;
    }

    @Override
    public InputStream open() {
        return stream(new ByteArrayInputStream(given), given.length);
    }

    /** A range up to the announced end runs on to the real one: that is how ranges of a grown source look. */
    @Override
    public InputStream open(long offset, long length) {
        int from = (int) Math.min(offset, given.length);
        boolean toTheEnd = offset + length == announced;
        int count = toTheEnd ? given.length - from : (int) Math.min(length, given.length - from);
        long missing = Math.min(announced, offset + length) - offset - count;
        return stream(new ByteArrayInputStream(given, from, count), missing > 0 ? count : Integer.MAX_VALUE);
    }

    private InputStream stream(InputStream bytes, int breaksAfter) {
        unclosed.incrementAndGet();
        return new FilterInputStream(bytes) {
            private int read;
            private boolean closed;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                read += Math.max(count, 0);
                if (count < 0 && length > 0 && read >= breaksAfter && breakage.isPresent()) {
                    breakage.get().strike();
                }
                return count;
            }

            @Override
            public boolean markSupported() {
                return false;
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    unclosed.decrementAndGet();
                }
                super.close();
            }
        };
    }
}
