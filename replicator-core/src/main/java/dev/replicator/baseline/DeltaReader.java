package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what a {@link DeltaWriter} wrote; believes no length and no order: what can't be a row throws {@link
 * IOException}. Used by one thread.
 */
final class DeltaReader {
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int MOST_FLAGS = 31;

    private final InputStream in;
    private byte[] previous = {};

    /** @param in buffered */
    DeltaReader(InputStream in) {
        this.in = in;
    }

    /** A row. */
    record Row(ObjectKey key, Optional<Counterparts> states) {}

    /** The next row; empty at the end. */
    Optional<Row> read() throws IOException {
        int flags = in.read();
        if (flags < 0) {
            return Optional.empty();
        }
        if (flags > MOST_FLAGS) {
            throw new StreamCorruptedException("unknown flags " + flags);
        }
        byte[] key = key();
        if (previous.length > 0 && Arrays.compareUnsigned(key, previous) <= 0) {
            throw new StreamCorruptedException("keys do not ascend");
        }
        previous = key;
        Optional<Counterparts> states =
                (flags & DeltaWriter.HAS_STATES) != 0 ? Optional.of(states(flags)) : Optional.empty();
        return Optional.of(new Row(ObjectKey.ofBytes(key), states));
    }

    private byte[] key() throws IOException {
        long shared = number();
        if (shared > previous.length) {
            throw new StreamCorruptedException("a key shares more than there is");
        }
        byte[] rest = text();
        if (shared + rest.length == 0) {
            throw new StreamCorruptedException("a key is empty");
        }
        byte[] key = Arrays.copyOf(previous, (int) shared + rest.length);
        System.arraycopy(rest, 0, key, (int) shared, rest.length);
        return key;
    }

    private Counterparts states(int flags) throws IOException {
        byte[] sourceVersion = version();
        long sourceSize = size();
        Time sourceTime = time();
        byte[] version = (flags & DeltaWriter.SAME_VERSION) != 0 ? sourceVersion : version();
        long size = (flags & DeltaWriter.SAME_SIZE) != 0 ? sourceSize : size();
        Time time = (flags & DeltaWriter.SAME_TIME) != 0 ? sourceTime : time();
        boolean touched = (flags & DeltaWriter.METAGENERATIONS) != 0;
        return new Counterparts(
                sourceTime.stateOf(sourceVersion, sourceSize, touched ? number() : 0),
                time.stateOf(version, size, touched ? number() : 0));
    }

    private record Time(long second, int nano) {
        ObjectState stateOf(byte[] version, long size, long metageneration) {
            return new ObjectState(version, size, second, nano, metageneration);
        }
    }

    private Time time() throws IOException {
        long second = number();
        long nano = number();
        if (nano < 0 || nano > 999_999_999) {
            throw new StreamCorruptedException("a time is out of range");
        }
        return new Time(second >>> 1 ^ -(second & 1), (int) nano);
    }

    private long size() throws IOException {
        long size = number();
        if (size < 0) {
            throw new StreamCorruptedException("a size is below zero");
        }
        return size;
    }

    private byte[] version() throws IOException {
        byte[] version = text();
        if (version.length == 0) {
            throw new StreamCorruptedException("a version is empty");
        }
        return version;
    }

    private byte[] text() throws IOException {
        long length = number();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new StreamCorruptedException("a text of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("a row ends early");
        }
        return bytes;
    }

    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("a row ends early");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new StreamCorruptedException("a number has no end");
    }
}
