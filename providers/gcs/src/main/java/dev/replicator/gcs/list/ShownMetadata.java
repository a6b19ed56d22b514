package dev.replicator.gcs.list;

import dev.replicator.gcs.object.ListedResource;
import dev.replicator.store.ListedMetadata;
import dev.replicator.store.ObjectMetadata;
import java.util.Arrays;
import java.util.Optional;

/**
 * The metadata of a page's entries, as the members of the answer. Entries that follow one another with the same metadata
 * share them, which most do. What is over {@link #LARGEST} bytes is not kept: the memory of a page stays within 2 MiB, and
 * who wants those metadata asks for them. Thread-safe once its page is built.
 */
final class ShownMetadata implements ListedMetadata {
    /** Bytes of one entry's members. */
    static final int LARGEST = 2_048;

    private byte[] bytes;
    private int length;
    private int[] from;
    private int[] to;
    private int count;
    private volatile Last last = new Last(0, 0, Optional.empty());

    /** What was made last. */
    private record Last(int from, int to, Optional<ObjectMetadata> made) {}

    ShownMetadata(int entries) {
        bytes = new byte[entries];
        from = new int[entries];
        to = new int[entries];
    }

    /** Adds the next entry's members, {@code source[begin, end)}; nothing where they were not shown. */
    void add(byte[] source, int begin, int end) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2 + 1);
            to = Arrays.copyOf(to, count * 2 + 1);
        }
        int size = end - begin > LARGEST ? 0 : end - begin;
        if (count > 0 && Arrays.equals(bytes, from[count - 1], to[count - 1], source, begin, begin + size)) {
            from[count] = from[count - 1];
            to[count] = to[count - 1];
        } else {
            copy(source, begin, size);
        }
        count++;
    }

    private void copy(byte[] source, int begin, int size) {
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + size));
        }
        System.arraycopy(source, begin, bytes, length, size);
        from[count] = length;
        length += size;
        to[count] = length;
    }

    @Override
    public Optional<ObjectMetadata> of(int entry) {
        if (from[entry] == to[entry]) {
            return Optional.empty();
        }
        Last known = last;
        if (known.from() != from[entry] || known.to() != to[entry]) {
            known = new Last(from[entry], to[entry], ListedResource.metadata(bytes, from[entry], to[entry]));
            last = known;
        }
        return known.made();
    }
}
