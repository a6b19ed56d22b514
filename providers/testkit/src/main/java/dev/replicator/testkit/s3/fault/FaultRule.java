package dev.replicator.testkit.s3.fault;

import dev.replicator.testkit.s3.model.S3Call;

/** A rule of a script: which calls it is for, what it does to them, and how often it did. */
public final class FaultRule {
    private final FaultMatch match;
    private final Deed deed;
    private long seen;
    private long hits;

    FaultRule(FaultMatch match, Deed deed) {
        this.match = match;
        this.deed = deed;
    }

    /** How many calls the rule was applied to. */
    public synchronized long hits() {
        return hits;
    }

    Deed deed() {
        return deed;
    }

    /** Whether the rule applies to this call, which then counts. */
    synchronized boolean claims(S3Call call) {
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
