package dev.replicator.diff;

import dev.replicator.store.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The default rule, first match decides:
 *
 * <table>
 * <caption>Size and modified</caption>
 * <tr><th>sizes</th><th>destination keeps times</th><th>destination.modified − source.modified</th><th>verdict</th></tr>
 * <tr><td>differ</td><td>any</td><td>any</td><td>SIZE</td></tr>
 * <tr><td>equal</td><td>yes</td><td>0 or more</td><td>SAME</td></tr>
 * <tr><td>equal</td><td>yes</td><td>below 0, destination.modified is the last time it can keep</td><td>SAME</td></tr>
 * <tr><td>equal</td><td>yes</td><td>below 0, but not in the coarser granularity</td><td>DOUBT</td></tr>
 * <tr><td>equal</td><td>yes</td><td>below 0, else</td><td>NEWER</td></tr>
 * <tr><td>equal</td><td>no</td><td>source lies in the future of our clock</td><td>DOUBT</td></tr>
 * <tr><td>equal</td><td>no</td><td>above w</td><td>SAME</td></tr>
 * <tr><td>equal</td><td>no</td><td>one clock: below 0, in the coarser granularity; two clocks: below −w</td><td>NEWER</td></tr>
 * <tr><td>equal</td><td>no</td><td>else, digests of both listings equal</td><td>SAME_CONTENT</td></tr>
 * <tr><td>equal</td><td>no</td><td>else, digests of both listings that must agree differ</td><td>CONTENT</td></tr>
 * <tr><td>equal</td><td>no</td><td>else</td><td>DOUBT</td></tr>
 * </table>
 *
 * <p>w is the coarser granularity of both times (the largest of second, milli-, micro- and nanosecond that divides the
 * fraction: tenths would take one time in ten for coarser than it is) plus, where two
 * services' clocks gave the times, what measuring them may be off: a change right after a copy must not hide in it.
 *
 * <p>The last times that files can keep: what 31 and 32 bits of seconds hold (2038 and 2106, by filesystem), and what 63
 * bits of nanoseconds hold (2262, the JDK's limit for setting one). A later time is cut to it, so the copy would look
 * older for ever. Times before the first that can be kept are raised to it, which makes the copy newer.
 */
final class SizeAndModified implements Comparison {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final Set<Long> LAST_SECONDS =
            Set.of((1L << 31) - 1, (1L << 32) - 1, TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE));

    private final Clocks clocks;
    private final Instant now;

    SizeAndModified(Clocks clocks, Instant now) {
        this.clocks = clocks;
        this.now = now;
    }

    @Override
    public Verdict compare(Page source, int i, Page destination, int j) {
        if (source.size(i) != destination.size(j)) {
            return Verdict.SIZE;
        }
        long granularity = Math.max(granularity(source.modifiedNano(i)), granularity(destination.modifiedNano(j)));
        if (clocks.keepsModified()) {
            return byKeptTime(source, i, destination, j, granularity);
        }
        if (source.modifiedSecond(i) > now.plus(clocks.source()).plusSeconds(1).getEpochSecond()) {
            return byDigests(source, i, destination, j);
        }
        long lead = leadNanos(source, i, destination, j);
        long window = granularity + clocks.error().toNanos();
        if (lead > window) {
            return Verdict.SAME;
        }
        if (clocks.oneClock() ? compareFloored(source, i, destination, j, granularity) > 0 : lead < -window) {
            return Verdict.NEWER;
        }
        return byDigests(source, i, destination, j);
    }

    /** A copy of ours is never older than its source; one that another program made may have its time cut. */
    private static Verdict byKeptTime(Page source, int i, Page destination, int j, long granularity) {
        boolean older = compareFloored(source, i, destination, j, 1) > 0;
        if (!older || LAST_SECONDS.contains(destination.modifiedSecond(j))) {
            return Verdict.SAME;
        }
        return compareFloored(source, i, destination, j, granularity) > 0
                ? Verdict.NEWER
                : byDigests(source, i, destination, j);
    }

    static Verdict byDigests(Page source, int i, Page destination, int j) {
        return switch (source.compareDigests(i, destination, j)) {
            case EQUAL -> Verdict.SAME_CONTENT;
            case DIFFERENT -> Verdict.CONTENT;
            case UNKNOWN -> Verdict.DOUBT;
        };
    }

    /** Source against destination, both floored to {@code granularity} nanoseconds (a second or a part of one). */
    private static int compareFloored(Page source, int i, Page destination, int j, long granularity) {
        int seconds = Long.compare(source.modifiedSecond(i), destination.modifiedSecond(j));
        return seconds != 0
                ? seconds
                : Long.compare(source.modifiedNano(i) / granularity, destination.modifiedNano(j) / granularity);
    }

    /** Destination minus source in one clock; saturates at about 292 years. */
    private long leadNanos(Page source, int i, Page destination, int j) {
        Duration skew = clocks.source().minus(clocks.destination());
        long seconds = Math.addExact(destination.modifiedSecond(j) - source.modifiedSecond(i), skew.getSeconds());
        if (Math.abs(seconds) > Long.MAX_VALUE / SECOND - 2) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return seconds * SECOND + destination.modifiedNano(j) - source.modifiedNano(i) + skew.getNano();
    }

    private static long granularity(int nano) {
        for (long unit = SECOND; unit > 1; unit /= 1_000) {
            if (nano % unit == 0) {
                return unit;
            }
        }
        return 1;
    }
}
