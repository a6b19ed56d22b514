package dev.replicator;

import dev.replicator.store.ObjectStore;

/** How many objects go at once when nobody said. */
final class Concurrency {
    /** Requests beside the workers': the two listings and a settled doubt or two. */
    static final int LISTERS = 8;

    private static final int SERVER_SIDE = 64;
    private static final int STREAMED = 24;

    private Concurrency() {}

    /**
     * Server-side copies only wait, so many may; streams share a link; directories on one machine share its disks and
     * cores.
     */
    static int automatic(ObjectStore source, ObjectStore destination) {
        boolean local = isLocal(source) && isLocal(destination);
        if (local) {
            return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        }
        return destination.copiesFrom(source.bucket()) ? SERVER_SIDE : STREAMED;
    }

    private static boolean isLocal(ObjectStore store) {
        return store.bucket().scheme().equals("file") || store.bucket().scheme().equals("memory");
    }
}
