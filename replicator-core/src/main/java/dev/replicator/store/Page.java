package dev.replicator.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
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
    private final ByteColumn keys;
    private final int cut;
    private final long[] sizes;
    private final long[] seconds;
    private final int[] nanos;
    private final ByteColumn versions;
    private final byte[] notes;
    private final PageDigests digests;
    private final long[] metagenerations;
    private final ListedMetadata metadata;

    private Page(Builder built) {
        count = built.count;
        keys = built.keys;
        cut = 0;
        sizes = built.sizes;
        seconds = built.seconds;
        nanos = built.nanos;
        versions = built.versions;
        notes = built.notes;
        digests = new PageDigests(built.versions, built.versionDigest, built.digests);
        metagenerations = built.metagenerations;
        metadata = built.metadata;
    }

    private Page(Page whole, int cut) {
        count = whole.count;
        keys = whole.keys;
        this.cut = cut;
        sizes = whole.sizes;
        seconds = whole.seconds;
        nanos = whole.nanos;
        versions = whole.versions;
        notes = whole.notes;
        digests = whole.digests;
        metagenerations = whole.metagenerations;
        metadata = whole.metadata;
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
        return keys.bytes();
    }

    public int keyStart(int entry) {
        return keys.start(entry) + cut;
    }

    public int keyEnd(int entry) {
        return keys.end(entry);
    }

    public ObjectKey key(int entry) {
        return ObjectKey.ofBytes(keys(), keyStart(entry), keyEnd(entry));
    }

    /** Compares this page's key {@code entry} with {@code other}'s key {@code otherEntry} by unsigned bytes. */
    public int compareKeys(int entry, Page other, int otherEntry) {
        return Arrays.compareUnsigned(
                keys(),
                keyStart(entry),
                keyEnd(entry),
                other.keys(),
                other.keyStart(otherEntry),
                other.keyEnd(otherEntry));
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
        return new Version(versions.text(entry));
    }

    /** A copy of the bytes of the entry's version token. */
    public byte[] versionBytes(int entry) {
        return Arrays.copyOfRange(versions.bytes(), versions.start(entry), versions.end(entry));
    }

    /** Whether the entry's version token has exactly these bytes. */
    public boolean isVersion(int entry, byte[] token) {
        return Arrays.equals(versions.bytes(), versions.start(entry), versions.end(entry), token, 0, token.length);
    }

    /** Whether this page's entries may carry digests of their content. */
    public boolean hasDigests() {
        return digests.isAny();
    }

    /** What both entries' digests say of their contents, as {@link Fingerprint#compare} would; no object is made. */
    public Fingerprint.Verdict compareDigests(int entry, Page other, int otherEntry) {
        return digests.compare(entry, other.digests, otherEntry);
    }

    /** GCS's number of the metadata's state; 0 where the store has none. */
    public long metageneration(int entry) {
        return entry < metagenerations.length ? metagenerations[entry] : 0;
    }

    /** The entry's metadata without tags; empty where the listing does not show them. */
    public Optional<ObjectMetadata> metadata(int entry) {
        return metadata.of(entry);
    }

    /** The value of the entry's user metadata of that name, for less than {@link #metadata} costs; empty as there. */
    public Optional<String> userMetadata(int entry, String name) {
        return metadata.user(entry, name);
    }

    /** The entry as a value. */
    public ObjectMeta meta(int entry) {
        return new ObjectMeta(
                key(entry),
                sizes[entry],
                Instant.ofEpochSecond(seconds[entry], nanos[entry]),
                version(entry),
                digests.of(entry),
                note(entry),
                metadata.of(entry),
                metageneration(entry));
    }

    /** Collects entries in order; not thread-safe; {@link #build} once. */
    public static final class Builder {
        private int count;
        private final ByteColumn keys;
        private long[] sizes;
        private long[] seconds;
        private int[] nanos;
        private final ByteColumn versions;
        private byte[] notes;
        private Optional<Fingerprint.Algorithm> versionDigest = Optional.empty();
        private final Map<Fingerprint.Algorithm, DigestColumn> digests = new EnumMap<>(Fingerprint.Algorithm.class);
        private long[] metagenerations = {};
        private ListedMetadata metadata = ListedMetadata.NONE;

        /** Room for {@code entries} entries; grows when that is not enough. */
        public Builder(int entries) {
            int room = Math.max(1, entries);
            keys = new ByteColumn(room, 48);
            sizes = new long[room];
            seconds = new long[room];
            nanos = new int[room];
            versions = new ByteColumn(room, 34);
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
            grow();
            keys.add(count, key, keyFrom, keyTo);
            versions.add(count, version, versionFrom, versionTo);
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

        /**
         * Gives the entry added last a digest of its content.
         *
         * @param digest as many bytes as the algorithm has, most significant first
         */
        public void digest(Fingerprint.Algorithm algorithm, byte[] digest) {
            digests.computeIfAbsent(algorithm, any -> new DigestColumn(any.bytes(), sizes.length))
                    .set(count - 1, digest);
        }

        /** Gives the entry added last the number of its metadata's state. */
        public void metageneration(long value) {
            if (metagenerations.length < count) {
                metagenerations = Arrays.copyOf(metagenerations, sizes.length);
            }
            metagenerations[count - 1] = value;
        }

        /** Says what the entries carry as metadata. */
        public Builder metadata(ListedMetadata shown) {
            metadata = shown;
            return this;
        }

        public Page build() {
            return new Page(this);
        }

        private void grow() {
            if (count == sizes.length) {
                int room = count * 2;
                sizes = Arrays.copyOf(sizes, room);
                seconds = Arrays.copyOf(seconds, room);
                nanos = Arrays.copyOf(nanos, room);
                notes = Arrays.copyOf(notes, room);
            }
        }
    }
}
