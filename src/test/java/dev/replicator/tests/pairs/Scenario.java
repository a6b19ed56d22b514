package dev.replicator.tests.pairs;

/** What has happened to one object before a run. */
enum Scenario {
    /** Only the source has it. */
    NEW,
    /** The destination has an older one of another size. */
    GROWN,
    /** The destination has an older one of the same size. */
    EDITED,
    /** The destination has had the same for some time, from elsewhere. */
    SAME,
    /** Only the destination has it, and the job mirrors. */
    DELETED,
    /** Its metadata changed since it was copied, and the job compares metadata. */
    REDESCRIBED,
    /** Its metadata changed since it was copied, and the job doesn't ask. */
    REDESCRIBED_UNASKED,
    EMPTY,
    ONE_BYTE,
    /** One byte less than fits in one part. */
    BELOW_A_PART,
    A_PART,
    ABOVE_A_PART,
    /** Several parts and a piece. */
    LARGE
}
