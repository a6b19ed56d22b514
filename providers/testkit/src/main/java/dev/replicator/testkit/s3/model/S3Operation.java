package dev.replicator.testkit.s3.model;

/** Every operation the fake serves; {@link #UNKNOWN} stands for a request that no operation claims. */
public enum S3Operation {
    LIST_BUCKETS,
    CREATE_BUCKET(true),
    DELETE_BUCKET(true),
    HEAD_BUCKET,
    GET_BUCKET_LOCATION,
    GET_BUCKET_VERSIONING,
    PUT_BUCKET_VERSIONING(true),
    LIST_OBJECTS,
    LIST_OBJECTS_V2,
    LIST_OBJECT_VERSIONS,
    LIST_MULTIPART_UPLOADS,
    GET_OBJECT,
    HEAD_OBJECT,
    GET_OBJECT_ATTRIBUTES,
    PUT_OBJECT(true),
    COPY_OBJECT(true),
    DELETE_OBJECT(true),
    DELETE_OBJECTS(true),
    CREATE_MULTIPART_UPLOAD(true),
    UPLOAD_PART(true),
    UPLOAD_PART_COPY(true),
    LIST_PARTS,
    COMPLETE_MULTIPART_UPLOAD(true),
    ABORT_MULTIPART_UPLOAD(true),
    GET_OBJECT_TAGGING,
    PUT_OBJECT_TAGGING(true),
    DELETE_OBJECT_TAGGING(true),
    GET_OBJECT_ACL,
    PUT_OBJECT_ACL(true),
    UNKNOWN;

    private final boolean mutating;

    S3Operation() {
        this(false);
    }

    S3Operation(boolean mutating) {
        this.mutating = mutating;
    }

    /** Whether the operation asks for a change of what the server holds, unfinished uploads included. */
    public boolean mutates() {
        return mutating;
    }
}
