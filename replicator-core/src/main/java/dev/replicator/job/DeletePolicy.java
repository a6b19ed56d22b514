package dev.replicator.job;

/**
 * Whether objects that the source lacks are deleted, and how many at most.
 *
 * @param maxObjects most deletes of a run over all its prefix pairs
 * @param maxPercent most deletes in percent of the destination's objects in scope, judged from 20 objects up; 0 to 100
 */
public record DeletePolicy(Mode mode, long maxObjects, double maxPercent) {
    public static final long DEFAULT_MAX_OBJECTS = 1_000;
    public static final double DEFAULT_MAX_PERCENT = 10;
    public static final DeletePolicy NEVER = new DeletePolicy(Mode.NEVER, DEFAULT_MAX_OBJECTS, DEFAULT_MAX_PERCENT);

    /** Additive or mirror. */
    public enum Mode {
        NEVER,
        MIRROR
    }

    public DeletePolicy {
        if (maxObjects < 0 || !(maxPercent >= 0 && maxPercent <= 100)) {
            throw new IllegalArgumentException("delete limits: max-objects 0 or more, max-percent 0 to 100");
        }
    }

    public boolean deletes() {
        return mode == Mode.MIRROR;
    }
}
