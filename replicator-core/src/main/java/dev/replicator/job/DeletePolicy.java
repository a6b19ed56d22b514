package dev.replicator.job;

/**
 * Whether objects that the source lacks are deleted, and how many at most.
 *
 * @param maxObjects most deletes of a run over all its prefix pairs
 * @param maxPercent most deletes in percent of the destination's objects in scope; 0 to 100
 * @param judgedFrom below so many objects in scope the percentage says nothing
 */
public record DeletePolicy(Mode mode, long maxObjects, double maxPercent, long judgedFrom) {
    public static final long DEFAULT_MAX_OBJECTS = 1_000;
    public static final double DEFAULT_MAX_PERCENT = 10;
    public static final long DEFAULT_JUDGED_FROM = 20;
    public static final DeletePolicy NEVER = new DeletePolicy(Mode.NEVER, DEFAULT_MAX_OBJECTS, DEFAULT_MAX_PERCENT);

    /** Additive or mirror. */
    public enum Mode {
        NEVER,
        MIRROR
    }

    /** Judged from 20 objects up. */
    public DeletePolicy(Mode mode, long maxObjects, double maxPercent) {
        this(mode, maxObjects, maxPercent, DEFAULT_JUDGED_FROM);
    }

    public DeletePolicy {
        if (maxObjects < 0 || !(maxPercent >= 0 && maxPercent <= 100)) {
            throw new IllegalArgumentException("delete limits: max-objects 0 or more, max-percent 0 to 100");
        }
    }

    /** The same for a part of a job: what is few there may be much of the whole. */
    public DeletePolicy judgedFromTheFirst() {
        return new DeletePolicy(mode, maxObjects, maxPercent, 0);
    }

    public boolean deletes() {
        return mode == Mode.MIRROR;
    }
}
