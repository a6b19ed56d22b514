package dev.replicator.filesystem;

import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The keys that a listing wants, asked about by whole sub-trees as well, so that those outside are never entered. */
final class KeySpan {
    private final byte[] prefix;
    private final KeyRange range;
    private final boolean isEmpty;

    private KeySpan(byte[] prefix, KeyRange range, boolean isEmpty) {
        this.prefix = prefix;
        this.range = range;
        this.isEmpty = isEmpty;
    }

    /** The request's keys; what both bounds of its range start with counts as a prefix too. */
    static KeySpan of(ListRequest request) {
        byte[] prefix = request.prefix().text().getBytes(StandardCharsets.UTF_8);
        KeyRange range = request.range();
        if (range.lo().isEmpty() || range.hi().isEmpty()) {
            return new KeySpan(prefix, range, false);
        }
        byte[] lo = range.lo().get().bytes();
        byte[] hi = range.hi().get().bytes();
        int common = Arrays.mismatch(lo, hi);
        byte[] shared = common < 0 ? lo : Arrays.copyOf(lo, common);
        boolean agree = startsWith(prefix, shared) || startsWith(shared, prefix);
        return new KeySpan(shared.length > prefix.length ? shared : prefix, range, !agree);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** The directories that every wanted key lies in, outermost first; byte ranges of names. */
    List<byte[]> folders() {
        List<byte[]> names = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < prefix.length; i++) {
            if (prefix[i] == '/') {
                names.add(Arrays.copyOfRange(prefix, from, i));
                from = i + 1;
            }
        }
        return names;
    }

    boolean contains(byte[] key) {
        return startsWith(key, prefix)
                && range.lo().map(lo -> lo.compareTo(key, 0, key.length) < 0).orElse(true)
                && !range.endsBefore(key, 0, key.length);
    }

    /** Whether a key that starts with {@code folder} (which ends in {@code /}) may be wanted. */
    boolean reaches(byte[] folder) {
        return (startsWith(folder, prefix) || startsWith(prefix, folder))
                && range.lo()
                        .map(lo -> lo.compareTo(folder, 0, folder.length) < 0 || startsWith(lo.bytes(), folder))
                        .orElse(true)
                && !range.endsBefore(folder, 0, folder.length);
    }

    private static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }
}
