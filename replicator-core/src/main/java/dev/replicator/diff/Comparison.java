package dev.replicator.diff;

import dev.replicator.store.Page;

/** Compares two entries of one key by their listing fields alone. Stateless and thread-safe. */
@FunctionalInterface
interface Comparison {
    /** What listing fields can say. */
    enum Verdict {
        SAME_CONTENT,
        SAME,
        DOUBT,
        /** Sizes and times are equal, ETags that may be digests are not. */
        DOUBTFUL_ETAGS,
        SIZE,
        NEWER,
        /** Digests that must agree do not. */
        CONTENT,
        ETAG
    }

    Verdict compare(Page source, int sourceEntry, Page destination, int destinationEntry);
}
