package dev.replicator.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing in columns: no object per entry until {@link #meta} is asked for one.
 *
 * <p>Entries are in strictly ascending unsigned byte order of keys. Key bytes of entry {@code i} are {@code
 * keys()[keyStart(i), keyEnd(i))}; callers must not change the array. Immutable; made by a {@link Builder}.
 */
public final class Page {
    private static final EntryNote[] NOTES = EntryNote.values();

    private final int count;
    private final byte[] keys;
    private final int[] keyEnds;
    private final int cut;
    private final long[] sizes;
    private final long[] seconds;
    private final int[] nanos;
    private final byte[] versions;
    private final int[] versionEnds;
    private final byte[] notes;
    private final Optional<Fingerprint.Algorithm> versionDigest;

    private Page(Builder built) {
        count = built.count;
        keys = built.keys;
        keyEnds = built.keyEnds;
        cut = 0;
        sizes = built.sizes;
        seconds = built.seconds;
        nanos = built.nanos;
        versions = built.versions;
        versionEnds = built.versionEnds;
        notes = built.notes;
        versionDigest = built.versionDigest;
    }

    private Page(Page whole, int cut) {
        count = whole.count;
        keys = whole.keys;
        keyEnds = whole.keyEnds;
        this.cut = cut;
        sizes = whole.sizes;
        seconds = whole.seconds;
        nanos = whole.nanos;
        versions = whole.versions;
        versionEnds = whole.versionEnds;
        notes = whole.notes;
        versionDigest = whole.versionDigest;
    }

    /** The same entries with the first {@code bytes} bytes of every key cut off; shares the columns. */
    public Page withoutPrefix(int bytes) {
        return bytes == 0 ? this : new Page(this, cut + bytes);
    }

    /** Number of entries; may be 0. */
    public int count() {
        return count;
    }

    public byte[] keys() {
        return keys;
    }

    public int keyStart(int entry) {
        return (entry == 0 ? 0 : keyEnds[entry - 1]) + cut;
    }

    public int keyEnd(int entry) {
        return keyEnds[entry];
    }

    public ObjectKey key(int entry) {
        return ObjectKey.ofBytes(keys, keyStart(entry), keyEnd(entry));
    }

    /** Compares this page's key {@code entry} with {@code other}'s key {@code otherEntry} by unsigned bytes. */
    public int compareKeys(int entry, Page other, int otherEntry) {
        return Arrays.compareUnsigned(
                keys, keyStart(entry), keyEnd(entry), other.keys, other.keyStart(otherEntry), other.keyEnd(otherEntry));
    }

    /** Bytes of the object. */
    public long size(int entry) {
        return sizes[entry];
    }

    public long modifiedSecond(int entry) {
        return seconds[entry];
    }

    /** Nanoseconds within the second, 0 to 999,999,999. */
    public int modifiedNano(int entry) {
        return nanos[entry];
    }

    public EntryNote note(int entry) {
        return NOTES[notes[entry]];
    }

    public Version version(int entry) {
        int start = entry == 0 ? 0 : versionEnds[entry - 1];
        return new Version(new String(versions, start, versionEnds[entry] - start, StandardCharsets.UTF_8));
    }

    /** Whether both entries' versions are digests of the same kind and the same bytes: a cheap "equal content". */
    public boolean sameVersionDigest(int entry, Page other, int otherEntry) {
        return versionDigest.isPresent()
                && versionDigest.equals(other.versionDigest)
                && Arrays.equals(
                        versions,
                        entry == 0 ? 0 : versionEnds[entry - 1],
                        versionEnds[entry],
                        other.versions,
                        otherEntry == 0 ? 0 : other.versionEnds[otherEntry - 1],
                        other.versionEnds[otherEntry]);
    }

    /** Whether this page's versions are digests that may be compared. */
    public boolean hasVersionDigests() {
        return versionDigest.isPresent();
    }

    /** The entry as a value. */
    public ObjectMeta meta(int entry) {
        Version version = version(entry);
        return new ObjectMeta(
                key(entry),
                sizes[entry],
                Instant.ofEpochSecond(seconds[entry], nanos[entry]),
                version,
                versionDigest
                        .map(algorithm -> List.of(new Fingerprint(algorithm, version.token())))
                        .orElse(List.of()),
                note(entry),
                Optional.empty());
    }

    /** Collects entries in order; not thread-safe; {@link #build} once. */
    public static final class Builder {
        private int count;
        private byte[] keys;
        private int[] keyEnds;
        private long[] sizes;
        private long[] seconds;
        private int[] nanos;
        private byte[] versions;
        private int[] versionEnds;
        private byte[] notes;
        private Optional<Fingerprint.Algorithm> versionDigest = Optional.empty();

        /** Room for {@code entries} entries; grows when that is not enough. */
        public Builder(int entries) {
            int room = Math.max(1, entries);
            keys = new byte[room * 48];
            keyEnds = new int[room];
            sizes = new long[room];
            seconds = new long[room];
            nanos = new int[room];
            versions = new byte[room * 34];
            versionEnds = new int[room];
            notes = new byte[room];
        }

        /** Declares that version tokens are digests of this kind (an S3 listing: ETAG). */
        public Builder versionsAre(Fingerprint.Algorithm algorithm) {
            versionDigest = Optional.of(algorithm);
            return this;
        }

        public int count() {
            return count;
        }

        /** Appends an entry whose key and version are ranges of byte arrays; both are copied. */
        public void add(
                byte[] key,
                int keyFrom,
                int keyTo,
                long size,
                long second,
                int nano,
                byte[] version,
                int versionFrom,
                int versionTo,
                EntryNote note) {
            growFor(keyTo - keyFrom, versionTo - versionFrom);
            int keyAt = count == 0 ? 0 : keyEnds[count - 1];
            System.arraycopy(key, keyFrom, keys, keyAt, keyTo - keyFrom);
            keyEnds[count] = keyAt + keyTo - keyFrom;
            int versionAt = count == 0 ? 0 : versionEnds[count - 1];
            System.arraycopy(version, versionFrom, versions, versionAt, versionTo - versionFrom);
            versionEnds[count] = versionAt + versionTo - versionFrom;
            sizes[count] = size;
            seconds[count] = second;
            nanos[count] = nano;
            notes[count] = (byte) note.ordinal();
            count++;
        }

        public void add(ObjectKey key, long size, Instant modified, Version version, EntryNote note) {
            byte[] keyBytes = key.bytes();
            byte[] token = version.token().getBytes(StandardCharsets.UTF_8);
            add(
                    keyBytes,
                    0,
                    keyBytes.length,
                    size,
                    modified.getEpochSecond(),
                    modified.getNano(),
                    token,
                    0,
                    token.length,
                    note);
        }

        public Page build() {
            return new Page(this);
        }

        private void growFor(int keyLength, int versionLength) {
            if (count == sizes.length) {
                int room = count * 2;
                keyEnds = Arrays.copyOf(keyEnds, room);
                sizes = Arrays.copyOf(sizes, room);
                seconds = Arrays.copyOf(seconds, room);
                nanos = Arrays.copyOf(nanos, room);
                versionEnds = Arrays.copyOf(versionEnds, room);
                notes = Arrays.copyOf(notes, room);
            }
            int keyAt = count == 0 ? 0 : keyEnds[count - 1];
            if (keyAt + keyLength > keys.length) {
                keys = Arrays.copyOf(keys, Math.max(keys.length * 2, keyAt + keyLength));
            }
            int versionAt = count == 0 ? 0 : versionEnds[count - 1];
            if (versionAt + versionLength > versions.length) {
                versions = Arrays.copyOf(versions, Math.max(versions.length * 2, versionAt + versionLength));
            }
        }
    }
}
