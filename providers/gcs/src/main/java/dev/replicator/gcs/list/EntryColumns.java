package dev.replicator.gcs.list;

import dev.replicator.store.remote.NotProven;
import java.util.Arrays;

/** The entries found so far, as columns of offsets and numbers. */
final class EntryColumns {
    private static final int ROOM = 1_000;
    private static final int NAME = 1;
    private static final int BUCKET = 2;
    private static final int SIZE = 4;
    private static final int GENERATION = 8;
    private static final int TIME = 16;
    private static final int METAGENERATION = 32;
    private static final int CRC32C = 64;
    private static final int MD5 = 128;
    private static final int ALL = NAME | BUCKET | SIZE | GENERATION | TIME;

    private int count;
    private int flags;
    private int[] nameFrom = new int[ROOM];
    private int[] nameTo = new int[ROOM];
    private int[] generationFrom = new int[ROOM];
    private int[] generationTo = new int[ROOM];
    private int[] crc32cFrom = new int[ROOM];
    private int[] md5From = new int[ROOM];
    private final Members members = new Members();
    private int[] membersFrom = new int[ROOM];
    private int[] membersTo = new int[ROOM];
    private long[] size = new long[ROOM];
    private long[] metageneration = new long[ROOM];
    private long[] second = new long[ROOM];
    private int[] nano = new int[ROOM];

    void clear() {
        count = 0;
        members.clear();
    }

    int count() {
        return count;
    }

    int nameFrom(int entry) {
        return nameFrom[entry];
    }

    int nameTo(int entry) {
        return nameTo[entry];
    }

    int generationFrom(int entry) {
        return generationFrom[entry];
    }

    int generationTo(int entry) {
        return generationTo[entry];
    }

    /** Where the 8 characters of Base64 begin; 0 where there are none. */
    int crc32cFrom(int entry) {
        return crc32cFrom[entry];
    }

    /** Where the 24 characters of Base64 begin; 0 where there are none, as of composed objects. */
    int md5From(int entry) {
        return md5From[entry];
    }

    /** Bytes of the members that tell of metadata, of all entries. */
    byte[] members() {
        return members.bytes();
    }

    int membersFrom(int entry) {
        return membersFrom[entry];
    }

    /** Where the entry's members end; where they begin when its metadata were not shown. */
    int membersTo(int entry) {
        return membersTo[entry];
    }

    long size(int entry) {
        return size[entry];
    }

    /** 0 where it was not told. */
    long metageneration(int entry) {
        return metageneration[entry];
    }

    long second(int entry) {
        return second[entry];
    }

    int nano(int entry) {
        return nano[entry];
    }

    void open() {
        if (count == size.length) {
            grow();
        }
        flags = 0;
        members.open();
        crc32cFrom[count] = 0;
        md5From[count] = 0;
        metageneration[count] = 0;
    }

    void close() throws NotProven {
        int has = flags & ALL;
        if (has != ALL) {
            throw new NotProven("an entry without " + missing(has));
        }
        membersFrom[count] = members.from();
        membersTo[count] = members.close();
        count++;
    }

    private static String missing(int has) {
        if ((has & NAME) == 0) {
            return "name";
        }
        if ((has & BUCKET) == 0) {
            return "bucket";
        }
        if ((has & SIZE) == 0) {
            return "size";
        }
        return (has & GENERATION) == 0 ? "generation" : "timeCreated";
    }

    void name(int from, int to) throws NotProven {
        mark(NAME);
        nameFrom[count] = from;
        nameTo[count] = to;
    }

    void bucket() throws NotProven {
        mark(BUCKET);
    }

    void size(long bytes) throws NotProven {
        mark(SIZE);
        size[count] = bytes;
    }

    void generation(int from, int to) throws NotProven {
        mark(GENERATION);
        generationFrom[count] = from;
        generationTo[count] = to;
    }

    void metageneration(long number) throws NotProven {
        mark(METAGENERATION);
        metageneration[count] = number;
    }

    void created(long seconds, int nanos) throws NotProven {
        mark(TIME);
        second[count] = seconds;
        nano[count] = nanos;
    }

    void crc32c(int from) throws NotProven {
        mark(CRC32C);
        crc32cFrom[count] = from;
    }

    void md5(int from) throws NotProven {
        mark(MD5);
        md5From[count] = from;
    }

    /** A member that tells of metadata: {@code source[from, to)}. */
    void member(int number, byte[] source, int from, int to) throws NotProven {
        members.add(number, source, from, to);
    }

    private void mark(int field) throws NotProven {
        if ((flags & field) != 0) {
            throw new NotProven("an entry that names a field twice");
        }
        flags |= field;
    }

    private void grow() {
        int room = count * 2;
        nameFrom = Arrays.copyOf(nameFrom, room);
        nameTo = Arrays.copyOf(nameTo, room);
        generationFrom = Arrays.copyOf(generationFrom, room);
        generationTo = Arrays.copyOf(generationTo, room);
        crc32cFrom = Arrays.copyOf(crc32cFrom, room);
        md5From = Arrays.copyOf(md5From, room);
        membersFrom = Arrays.copyOf(membersFrom, room);
        membersTo = Arrays.copyOf(membersTo, room);
        size = Arrays.copyOf(size, room);
        metageneration = Arrays.copyOf(metageneration, room);
        second = Arrays.copyOf(second, room);
        nano = Arrays.copyOf(nano, room);
    }
}
