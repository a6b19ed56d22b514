package dev.replicator.baseline;

/** How many intents go into one object: few at first, so that the first copy starts soon. */
public final class IntentBatches {
    private static final int FIRST = 16;
    private static final int MOST = 4_096;

    private IntentBatches() {}

    /** Of object number {@code written}, from 0. */
    public static int size(long written) {
        return (int) Math.min(MOST, (long) FIRST << 2 * Math.min(written, 4));
    }

    /** Objects that so many copies and updates make, and then so many deletes, where each kind comes at once. */
    static long objects(long writes, long deletes) {
        return after(after(0, writes), deletes);
    }

    private static long after(long written, long actions) {
        long objects = written;
        for (long left = actions; left > 0; left -= size(objects - 1)) {
            objects++;
        }
        return objects;
    }
}
