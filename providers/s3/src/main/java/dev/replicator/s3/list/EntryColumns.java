package dev.replicator.s3.list;

import dev.replicator.store.EntryNote;
import dev.replicator.store.remote.NotProven;
import java.util.Arrays;

/** The entries found so far, as columns of offsets and numbers. */
final class EntryColumns {
    private static final int ROOM = 1_000;
    private static final int HAS_KEY = 1;
    private static final int HAS_TIME = 2;
    private static final int HAS_ETAG = 4;
    private static final int HAS_SIZE = 8;
    private static final int ALL = HAS_KEY | HAS_TIME | HAS_ETAG | HAS_SIZE;
    private static final int IS_ARCHIVED = 16;
    private static final int IS_RESTORED = 32;

    private int count;
    private int[] keyFrom = new int[ROOM];
    private int[] keyTo = new int[ROOM];
    private int[] etagFrom = new int[ROOM];
    private int[] etagTo = new int[ROOM];
    private long[] size = new long[ROOM];
    private long[] second = new long[ROOM];
    private int[] nano = new int[ROOM];
    private byte[] flags = new byte[ROOM];

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int keyFrom(int at) {
        return keyFrom[at];
    }

    int keyTo(int at) {
        return keyTo[at];
    }

    int etagFrom(int at) {
        return etagFrom[at];
    }

    int etagTo(int at) {
        return etagTo[at];
    }

    long size(int at) {
        return size[at];
    }

    long second(int at) {
        return second[at];
    }

    int nano(int at) {
        return nano[at];
    }

    EntryNote note(int at) {
        return (flags[at] & (IS_ARCHIVED | IS_RESTORED)) == IS_ARCHIVED ? EntryNote.ARCHIVED : EntryNote.NONE;
    }

    int open() {
        if (count == flags.length) {
            grow();
        }
        flags[count] = 0;
        return count;
    }

    void close() throws NotProven {
        int has = flags[count] & ALL;
        if (has != ALL) {
            throw new NotProven("an entry without " + missing(has));
        }
        count++;
    }

    private static String missing(int has) {
        if ((has & HAS_KEY) == 0) {
            return "Key";
        }
        if ((has & HAS_TIME) == 0) {
            return "LastModified";
        }
        return (has & HAS_ETAG) == 0 ? "ETag" : "Size";
    }

    void key(int at, int from, int to) throws NotProven {
        mark(at, HAS_KEY);
        keyFrom[at] = from;
        keyTo[at] = to;
    }

    void modified(int at, long seconds, int nanos) throws NotProven {
        mark(at, HAS_TIME);
        second[at] = seconds;
        nano[at] = nanos;
    }

    void etag(int at, int from, int to) throws NotProven {
        mark(at, HAS_ETAG);
        etagFrom[at] = from;
        etagTo[at] = to;
    }

    void size(int at, long bytes) throws NotProven {
        mark(at, HAS_SIZE);
        size[at] = bytes;
    }

    void archived(int at) {
        flags[at] |= IS_ARCHIVED;
    }

    void restored(int at) {
        flags[at] |= IS_RESTORED;
    }

    private void mark(int at, int field) throws NotProven {
        if ((flags[at] & field) != 0) {
            throw new NotProven("an entry that names a field twice");
        }
        flags[at] |= (byte) field;
    }

    private void grow() {
        int room = count * 2;
        keyFrom = Arrays.copyOf(keyFrom, room);
        keyTo = Arrays.copyOf(keyTo, room);
        etagFrom = Arrays.copyOf(etagFrom, room);
        etagTo = Arrays.copyOf(etagTo, room);
        size = Arrays.copyOf(size, room);
        second = Arrays.copyOf(second, room);
        nano = Arrays.copyOf(nano, room);
        flags = Arrays.copyOf(flags, room);
    }
}
