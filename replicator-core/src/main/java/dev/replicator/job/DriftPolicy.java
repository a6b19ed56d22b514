package dev.replicator.job;

/** What a run does about objects that were changed in the destination behind its back; needs a baseline. */
public enum DriftPolicy {
    /** What the comparison says, as without a baseline; named and counted. */
    REPORT,
    /** Nothing: they are neither overwritten nor deleted nor made again. */
    KEEP,
    /** The source's object goes there again; not where the job never overwrites. */
    OVERWRITE
}
