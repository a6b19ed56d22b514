package dev.replicator.diff;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.StoreClock;
import java.time.Duration;
import java.time.Instant;

/**
 * How two stores' modification times relate.
 *
 * @param source source's clock minus ours; only offsets that can't be measuring error are kept
 * @param destination destination's clock minus ours
 * @param keepsModified the destination's objects carry their source's times, so these compare as they are
 * @param oneClock one service's clock gave both times, so that nothing between them has to be measured
 */
public record Clocks(Duration source, Duration destination, boolean keepsModified, boolean oneClock) {
    public static final Clocks SAME = new Clocks(Duration.ZERO, Duration.ZERO, false, true);

    /** A Date header has whole seconds, and the answer took its time. */
    private static final Duration MEASURING_ERROR = Duration.ofSeconds(3);

    /** What the stores' latest answers showed; to be asked after both have answered once. */
    public static Clocks of(ObjectStore source, ObjectStore destination) {
        boolean oneClock = source.bucket().scheme().equals(destination.bucket().scheme())
                && source.bucket().endpoint().equals(destination.bucket().endpoint());
        boolean keeps = destination.capabilities().contains(Capability.KEEPS_MODIFIED);
        Duration offset = offset(source);
        return oneClock
                ? new Clocks(offset, offset, keeps, true)
                : new Clocks(offset, offset(destination), keeps, false);
    }

    private static Duration offset(ObjectStore store) {
        Duration offset = store.role(StoreClock.class).map(StoreClock::offset).orElse(Duration.ZERO);
        return offset.abs().compareTo(MEASURING_ERROR) < 0 ? Duration.ZERO : offset;
    }

    /**
     * Whether the destination's object may be the later one. What can't be told speaks for it: within the error of
     * measuring, and, where times are kept, by the times as they are or by the clocks that wrote them.
     */
    boolean mayBeLater(Page destinationPage, int destinationEntry, Page sourcePage, int sourceEntry) {
        Instant theirs = modified(destinationPage, destinationEntry);
        Instant ours = modified(sourcePage, sourceEntry);
        boolean byTheClocks = theirs.minus(destination).plus(error()).isAfter(ours.minus(source));
        return byTheClocks || keepsModified && theirs.isAfter(ours);
    }

    /** Whether the source's object was changed after the destination's: by right clocks, or as they are where times are kept. */
    public boolean isLater(ObjectMeta from, ObjectMeta to) {
        return keepsModified
                ? from.modified().isAfter(to.modified())
                : from.modified().minus(source).isAfter(to.modified().minus(destination));
    }

    private static Instant modified(Page page, int entry) {
        return Instant.ofEpochSecond(page.modifiedSecond(entry), page.modifiedNano(entry));
    }

    /** How far the difference of two times may be off, beyond their granularity. */
    public Duration error() {
        return oneClock ? Duration.ZERO : MEASURING_ERROR;
    }
}
