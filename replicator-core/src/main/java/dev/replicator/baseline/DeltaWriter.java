package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes deltas in ascending order of keys. A row is a byte of flags, what its key shares with the one before, the rest
 * of the key, and both states; numbers are of variable length. Used by one thread.
 */
final class DeltaWriter {
    static final int HAS_STATES = 1;
    static final int SAME_VERSION = 2;
    static final int SAME_SIZE = 4;
    static final int SAME_TIME = 8;
    /** Both metagenerations follow; without it both are 0. */
    static final int METAGENERATIONS = 16;

    private final OutputStream out;
    private byte[] previous = {};

    DeltaWriter(OutputStream out) {
        this.out = out;
    }

    /** Bytes that this row took, before any compression. */
    int write(ObjectKey key, Optional<Counterparts> states) throws IOException {
        byte[] bytes = key.bytes();
        int shared = Math.max(0, Arrays.mismatch(previous, bytes));
        out.write(states.map(DeltaWriter::flags).orElse(0));
        int written = 1 + number(shared) + text(bytes, shared);
        previous = bytes;
        return states.isPresent() ? written + states(states.get()) : written;
    }

    private static int flags(Counterparts states) {
        ObjectState source = states.source();
        ObjectState destination = states.destination();
        boolean sameTime = source.second() == destination.second() && source.nano() == destination.nano();
        return HAS_STATES
                | (Arrays.equals(source.versionBytes(), destination.versionBytes()) ? SAME_VERSION : 0)
                | (source.size() == destination.size() ? SAME_SIZE : 0)
                | (sameTime ? SAME_TIME : 0)
                | (source.metageneration() != 0 || destination.metageneration() != 0 ? METAGENERATIONS : 0);
    }

    private int states(Counterparts states) throws IOException {
        ObjectState source = states.source();
        ObjectState destination = states.destination();
        int flags = flags(states);
        int written = text(source.versionBytes(), 0) + number(source.size()) + time(source);
        written += (flags & SAME_VERSION) != 0 ? 0 : text(destination.versionBytes(), 0);
        written += (flags & SAME_SIZE) != 0 ? 0 : number(destination.size());
        written += (flags & SAME_TIME) != 0 ? 0 : time(destination);
        return (flags & METAGENERATIONS) == 0
                ? written
                : written + number(source.metageneration()) + number(destination.metageneration());
    }

    private int text(byte[] bytes, int from) throws IOException {
        int written = number(bytes.length - from);
        out.write(bytes, from, bytes.length - from);
        return written + bytes.length - from;
    }

    private int time(ObjectState state) throws IOException {
        return number(state.second() << 1 ^ state.second() >> 63) + number(state.nano());
    }

    private int number(long value) throws IOException {
        int written = 1;
        for (long rest = value; ; rest >>>= 7, written++) {
            if ((rest & ~0x7FL) == 0) {
                out.write((int) rest);
                return written;
            }
            out.write((int) (rest & 0x7F | 0x80));
        }
    }
}
