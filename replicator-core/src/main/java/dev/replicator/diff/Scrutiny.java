package dev.replicator.diff;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;

/**
 * How hard equality is questioned. Immutable and thread-safe.
 *
 * <table>
 * <caption>What becomes of a pair of equal sizes</caption>
 * <tr><th></th><th>times say equal or newer, digests of the listings differ</th><th>nothing proves it equal</th></tr>
 * <tr><td>{@link #TRUSTING} (sync)</td><td>times are believed outside the doubt's window</td><td>copied</td></tr>
 * <tr><td>{@link #NOTING} (sync through this process)</td><td>times are believed there, unless the destination's listing
 * shows that the object was made from another version: then digests and heads are asked</td><td>copied</td></tr>
 * <tr><td>{@link #STRICT} (validate)</td><td>mismatched</td><td>equal by size and time</td></tr>
 * <tr><td>{@link #deep} (validate --deep)</td><td>mismatched</td><td>read, if it falls into the sample</td></tr>
 * </table>
 */
public final class Scrutiny {
    public static final Scrutiny TRUSTING = new Scrutiny(Belief.TIMES, 0, 0);
    /** Where a store copies by itself, objects carry along what their sources were made from: then it says nothing. */
    public static final Scrutiny NOTING = new Scrutiny(Belief.TIMES_UNLESS_NOTED, 0, 0);

    public static final Scrutiny STRICT = new Scrutiny(Belief.DIGESTS, 0, 0);

    private static final double WHOLE = 0x1p64;

    /** What a pair of equal sizes is believed to be equal by. */
    private enum Belief {
        TIMES,
        TIMES_UNLESS_NOTED,
        DIGESTS
    }

    private final Belief belief;
    private final double percent;
    private final long seed;

    private Scrutiny(Belief belief, double percent, long seed) {
        this.belief = belief;
        this.percent = percent;
        this.seed = seed;
    }

    /**
     * Contents are compared wherever no digests prove equality.
     *
     * @param percent of such pairs that are read, above 0 to 100
     * @param seed chooses which: another seed, other pairs
     */
    public static Scrutiny deep(double percent, long seed) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a sample is above 0 and at most 100 percent, not " + percent);
        }
        return new Scrutiny(Belief.DIGESTS, percent, seed);
    }

    /** The share of open pairs that is read, 0 to 100. */
    public double percent() {
        return percent;
    }

    boolean isStrict() {
        return belief == Belief.DIGESTS;
    }

    /** Whether times are not believed where the destination's listing names another version as the one that was copied. */
    public boolean readsNotes() {
        return belief == Belief.TIMES_UNLESS_NOTED;
    }

    /** Whether the content of the entry, if it stays unknown, is read. */
    boolean reads(Page page, int entry) {
        return isSampled(page.keys(), page.keyStart(entry), page.keyEnd(entry));
    }

    boolean reads(ObjectKey key) {
        byte[] bytes = key.bytes();
        return isSampled(bytes, 0, bytes.length);
    }

    private boolean isSampled(byte[] key, int from, int to) {
        if (percent == 0 || percent == 100) {
            return percent == 100;
        }
        long hash = seed * 0x9E3779B97F4A7C15L + 1;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (key[i] & 0xff)) * 0x100000001B3L;
        }
        hash = mixed(hash);
        return (hash >>> 1) * 2.0 + (hash & 1) < percent / 100 * WHOLE;
    }

    /** Spreads over all bits what a multiplicative hash left in the upper ones. */
    private static long mixed(long hash) {
        long value = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        value = (value ^ (value >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return value ^ (value >>> 33);
    }
}
