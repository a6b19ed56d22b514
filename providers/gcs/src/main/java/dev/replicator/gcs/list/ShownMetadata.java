package dev.replicator.gcs.list;

import dev.replicator.gcs.object.ListedResource;
import dev.replicator.store.ListedMetadata;
import dev.replicator.store.ObjectMetadata;
import java.nio.charset.StandardCharsets;
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

    private static final byte[] QUOTE = {'"'};
    private static final byte[] ESCAPE = {'\\'};

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

    /** Of entries of our own, which no other member is called like, read from the answer's bytes where nothing is escaped. */
    @Override
    public Optional<String> user(int entry, String name) {
        if (!ObjectMetadata.isOurs(name) || isEscaped(from[entry], to[entry])) {
            return ListedMetadata.super.user(entry, name);
        }
        byte[] member = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
        int at = indexOf(member, from[entry], to[entry]);
        if (at < 0) {
            return Optional.empty();
        }
        int quote = afterColon(at + member.length, to[entry]);
        int end = quote < 0 ? -1 : indexOf(QUOTE, quote + 1, to[entry]);
        return end < 0
                ? ListedMetadata.super.user(entry, name)
                : Optional.of(new String(bytes, quote + 1, end - quote - 1, StandardCharsets.UTF_8));
    }

    private boolean isEscaped(int begin, int end) {
        return indexOf(ESCAPE, begin, end) >= 0;
    }

    private int indexOf(byte[] wanted, int begin, int end) {
        for (int i = begin; i + wanted.length <= end; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the text begins that a member's name, ended before {@code i}, is followed by; -1 where it is none. */
    private int afterColon(int i, int end) {
        int colon = afterSpace(i, end);
        if (colon == end || bytes[colon] != ':') {
            return -1;
        }
        int quote = afterSpace(colon + 1, end);
        return quote < end && bytes[quote] == '"' ? quote : -1;
    }

    private int afterSpace(int i, int end) {
        int next = i;
        while (next < end
                && (bytes[next] == ' ' || bytes[next] == '\n' || bytes[next] == '\r' || bytes[next] == '\t')) {
            next++;
        }
        return next;
    }
}
