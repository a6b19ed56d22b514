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
    private static final long OTHERS = -1;

    /** Of no object: it has a size that none has. */
    static final ObjectState NEVER = new ObjectState(new byte[0], -1, 0, 0, 0);

    private final byte[] version;
    private final long size;
    private final long second;
    private final int nano;
    private final long metageneration;

    /**
     * @param version the token's bytes; not copied
     * @param metageneration number of the metadata's state; 0 where it was not told
     */
    ObjectState(byte[] version, long size, long second, int nano, long metageneration) {
        this.version = version;
        this.size = size;
        this.second = second;
        this.nano = nano;
        this.metageneration = metageneration;
    }

    public static ObjectState of(ObjectMeta object) {
        return new ObjectState(
                object.version().token().getBytes(StandardCharsets.UTF_8),
                object.size(),
                object.modified().getEpochSecond(),
                object.modified().getNano(),
                object.metageneration());
    }

    public static ObjectState of(Page page, int entry) {
        return new ObjectState(
                page.versionBytes(entry),
                page.size(entry),
                page.modifiedSecond(entry),
                page.modifiedNano(entry),
                page.metageneration(entry));
    }

    /** The same, with metadata in a state that no object ever has: whatever is found there is others' work. */
    ObjectState withOthersMetadata() {
        return new ObjectState(version, size, second, nano, OTHERS);
    }

    /** The same in a version that no object ever has: whatever is found there is others' work. */
    ObjectState withOthersContent() {
        return new ObjectState(new byte[0], size, second, nano, metageneration);
    }

    /** Whether the entry's version and size are these. */
    public boolean isVersionOf(Page page, int entry) {
        return size == page.size(entry) && page.isVersion(entry, version);
    }

    /** Whether the entry's size and modification time are these, whatever its version. */
    public boolean isSizeAndTimeOf(Page page, int entry) {
        return size == page.size(entry) && second == page.modifiedSecond(entry) && nano == page.modifiedNano(entry);
    }

    /** Whether the entry is of this version and its metadata of another state; false where a side was not told one. */
    public boolean isRetouchedAs(Page page, int entry) {
        long now = page.metageneration(entry);
        return metageneration != 0 && now != 0 && metageneration != now && isVersionOf(page, entry);
    }

    /** Whether the state of the entry's metadata is this one, or untold on both. */
    public boolean isMetadataOf(Page page, int entry) {
        return metageneration == page.metageneration(entry);
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

    long metageneration() {
        return metageneration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectState state
                && size == state.size
                && second == state.second
                && nano == state.nano
                && metageneration == state.metageneration
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
