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

    /** Objects that {@code actions} make which come one behind the other, at once. */
    static long objects(long actions) {
        long objects = 0;
        for (long left = actions; left > 0; left -= size(objects - 1)) {
            objects++;
        }
        return objects;
    }
}
