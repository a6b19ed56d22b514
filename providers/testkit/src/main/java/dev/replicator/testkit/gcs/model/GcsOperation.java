package dev.replicator.testkit.gcs.model;

/** Every operation the fake serves; {@link #UNKNOWN} stands for a request that no operation claims. */
public enum GcsOperation {
    BUCKET_LIST,
    BUCKET_INSERT(true),
    BUCKET_GET,
    BUCKET_PATCH(true),
    BUCKET_DELETE(true),
    /** Which of some permissions the caller has on a bucket. */
    TEST_PERMISSIONS,
    LIST,
    /** An object's resource, without its bytes. */
    GET,
    /** An object's bytes. */
    MEDIA,
    /** An upload in one request, simple or multipart. */
    INSERT(true),
    RESUMABLE_START(true),
    /** Bytes for a session, or its end. */
    RESUMABLE_CHUNK(true),
    /** How far a session is. */
    RESUMABLE_QUERY,
    RESUMABLE_CANCEL(true),
    REWRITE(true),
    COPY(true),
    COMPOSE(true),
    PATCH(true),
    /** PUT of an object's resource. */
    UPDATE(true),
    DELETE(true),
    ACL_LIST,
    /** Several requests in one; each of them also counts as what it is, and only they change anything. */
    BATCH,
    UNKNOWN;

    private final boolean mutating;

    GcsOperation() {
        this(false);
    }

    GcsOperation(boolean mutating) {
        this.mutating = mutating;
    }

    /** Whether the operation asks for a change of what the server holds, unfinished uploads included. */
    public boolean mutates() {
        return mutating;
    }
}
