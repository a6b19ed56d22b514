package dev.replicator.testkit;

/** The moments of a store at which a {@link FaultyStore} can meddle. */
public enum StoreOperation {
    /** Asking a listing for its next page. */
    LIST_PAGE,
    HEAD,
    /** Opening a stream of a body, or asking a body for its metadata. */
    READ,
    WRITE,
    COPY,
    DELETE,
    /** Reading tags through the role. */
    TAGS,
    /** Changing metadata through the role. */
    UPDATE;

    /** Whether it can change a bucket. */
    public boolean mutates() {
        return this == WRITE || this == COPY || this == DELETE || this == UPDATE;
    }
}
