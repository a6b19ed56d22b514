package dev.replicator.gcs.list;

import dev.replicator.store.remote.NotProven;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The members of entries that tell of metadata, as JSON: {@code "contentType":"text/css","metadata":{…}}, entry by entry
 * end to end. Grows, and is used again for the next answer; not thread-safe.
 */
final class Members {
    private static final byte[][] NAMES = {
        PageScanner.ascii("storageClass"),
        PageScanner.ascii("contentType"),
        PageScanner.ascii("metadata"),
        PageScanner.ascii("cacheControl"),
        PageScanner.ascii("contentDisposition"),
        PageScanner.ascii("contentEncoding"),
        PageScanner.ascii("contentLanguage"),
        PageScanner.ascii("customTime"),
        PageScanner.ascii("temporaryHold"),
        PageScanner.ascii("eventBasedHold"),
        PageScanner.ascii("retentionExpirationTime"),
        PageScanner.ascii("retention"),
        PageScanner.ascii("kmsKeyName"),
        PageScanner.ascii("customerEncryption"),
    };
    private static final int STORAGE_CLASS = 0;
    private static final int NONE = -1;

    private byte[] bytes = new byte[64 * 1_024];
    private int length;
    private int from;
    private int seen;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Begins an entry. */
    void open() {
        from = length;
        seen = 0;
    }

    /** The number of the member whose name the cursor has just read; below 0 where it is none of them. */
    static int of(JsonCursor json) {
        for (int i = 0; i < NAMES.length; i++) {
            if (json.is(NAMES[i])) {
                return i;
            }
        }
        return NONE;
    }

    /** Takes {@code source[begin, end)}, a member with name and value. */
    void add(int member, byte[] source, int begin, int end) throws NotProven {
        if ((seen & 1 << member) != 0) {
            throw new NotProven("an entry that names a field twice");
        }
        seen |= 1 << member;
        int count = end - begin;
        if (length + count + 1 > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count + 1));
        }
        if (length > from) {
            bytes[length++] = ',';
        }
        System.arraycopy(source, begin, bytes, length, count);
        length += count;
    }

    /** Where the entry's members begin. */
    int from() {
        return from;
    }

    /**
     * Where the entry's members end; where they begin when nothing may be concluded from them: every object has a storage
     * class, so an answer without one does not show what it was asked for.
     */
    int close() {
        if ((seen & 1 << STORAGE_CLASS) == 0) {
            length = from;
        }
        return length;
    }

    /** Names of all members, as a listing is asked for them. */
    static String names() {
        StringBuilder names = new StringBuilder();
        for (byte[] name : NAMES) {
            names.append(',').append(new String(name, StandardCharsets.US_ASCII));
        }
        return names.toString();
    }
}
