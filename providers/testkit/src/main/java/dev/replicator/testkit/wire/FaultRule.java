package dev.replicator.testkit.wire;

/** A rule of a script: which calls it is for, what it does to them, and how often it did. */
public final class FaultRule<C extends ServerCall<?>> {
    private final FaultMatch<?, C> match;
    private final Deed<C> deed;
    private long seen;
    private long hits;

    FaultRule(FaultMatch<?, C> match, Deed<C> deed) {
        this.match = match;
        this.deed = deed;
    }

    /** How many calls the rule was applied to. */
    public synchronized long hits() {
        return hits;
    }

    Deed<C> deed() {
        return deed;
    }

    /** Whether the rule applies to this call, which then counts. */
    synchronized boolean claims(C call) {
        if (!match.covers(call)) {
            return false;
        }
        seen++;
        if (seen <= match.skipped() || hits >= match.most() || !match.drawn()) {
            return false;
        }
        hits++;
        return true;
    }
}
