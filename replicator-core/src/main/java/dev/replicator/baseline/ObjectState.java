package dev.replicator.baseline;

import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Page;
import dev.replicator.store.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a listing or the answer to a write said of one object: enough to see later whether it is still the same.
 * Immutable.
 */
public final class ObjectState {
    private final byte[] version;
    private final long size;
    private final long second;
    private final int nano;

    /** @param version the token's bytes; not copied */
    ObjectState(byte[] version, long size, long second, int nano) {
        this.version = version;
        this.size = size;
        this.second = second;
        this.nano = nano;
    }

    public static ObjectState of(ObjectMeta object) {
        return new ObjectState(
                object.version().token().getBytes(StandardCharsets.UTF_8),
                object.size(),
                object.modified().getEpochSecond(),
                object.modified().getNano());
    }

    public static ObjectState of(Page page, int entry) {
        return new ObjectState(
                page.versionBytes(entry), page.size(entry), page.modifiedSecond(entry), page.modifiedNano(entry));
    }

    /** Whether the entry's version and size are these. */
    public boolean isVersionOf(Page page, int entry) {
        return size == page.size(entry) && page.isVersion(entry, version);
    }

    /** Whether the entry's size and modification time are these, whatever its version. */
    public boolean isSizeAndTimeOf(Page page, int entry) {
        return size == page.size(entry) && second == page.modifiedSecond(entry) && nano == page.modifiedNano(entry);
    }

    public Version version() {
        return new Version(new String(version, StandardCharsets.UTF_8));
    }

    byte[] versionBytes() {
        return version;
    }

    /** Bytes of the object. */
    public long size() {
        return size;
    }

    public Instant modified() {
        return Instant.ofEpochSecond(second, nano);
    }

    long second() {
        return second;
    }

    int nano() {
        return nano;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectState state
                && size == state.size
                && second == state.second
                && nano == state.nano
                && Arrays.equals(version, state.version);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(version) + Long.hashCode(size ^ second);
    }

    @Override
    public String toString() {
        return version() + " (" + size + " bytes, " + modified() + ")";
    }
}
