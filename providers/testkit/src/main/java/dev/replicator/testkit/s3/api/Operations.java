package dev.replicator.testkit.s3.api;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.request.S3Request;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Buckets;

/** Sends each operation to the code that does it. */
final class Operations {
    private final BucketApi onBuckets;
    private final ListingApi listings;
    private final ReadApi reads;
    private final WriteApi writes;
    private final CopyApi copies;
    private final MultipartApi uploads;
    private final PartApi parts;
    private final CompletionApi completions;
    private final MetadataApi metadata;

    Operations(Buckets buckets, ServiceSettings settings) {
        this.onBuckets = new BucketApi(buckets, settings);
        this.listings = new ListingApi(buckets, settings);
        this.reads = new ReadApi(buckets, settings);
        this.writes = new WriteApi(buckets, settings);
        this.copies = new CopyApi(buckets, settings);
        this.uploads = new MultipartApi(buckets, settings);
        this.parts = new PartApi(buckets, settings);
        this.completions = new CompletionApi(buckets, settings);
        this.metadata = new MetadataApi(buckets, settings);
    }

    /** Does what is asked; a refusal means that nothing was changed. */
    HttpResponse perform(S3Request request) {
        return switch (request.operation()) {
            case LIST_BUCKETS -> onBuckets.list();
            case CREATE_BUCKET -> onBuckets.create(request);
            case DELETE_BUCKET -> onBuckets.delete(request);
            case HEAD_BUCKET -> onBuckets.head(request);
            case GET_BUCKET_LOCATION -> onBuckets.location(request);
            case GET_BUCKET_VERSIONING -> onBuckets.versioning(request);
            case PUT_BUCKET_VERSIONING -> onBuckets.changeVersioning(request);
            case LIST_OBJECTS -> listings.first(request);
            case LIST_OBJECTS_V2 -> listings.second(request);
            case LIST_OBJECT_VERSIONS -> listings.versions(request);
            case LIST_MULTIPART_UPLOADS -> listings.uploads(request);
            case GET_OBJECT -> reads.get(request);
            case HEAD_OBJECT -> reads.head(request);
            case GET_OBJECT_ATTRIBUTES -> reads.attributes(request);
            case PUT_OBJECT -> writes.put(request);
            case COPY_OBJECT -> copies.copy(request);
            case DELETE_OBJECT -> writes.delete(request);
            case DELETE_OBJECTS -> writes.deleteMany(request);
            case CREATE_MULTIPART_UPLOAD -> uploads.create(request);
            case UPLOAD_PART -> parts.upload(request);
            case UPLOAD_PART_COPY -> parts.copy(request);
            case LIST_PARTS -> uploads.parts(request);
            case COMPLETE_MULTIPART_UPLOAD -> completions.complete(request);
            case ABORT_MULTIPART_UPLOAD -> uploads.abort(request);
            case GET_OBJECT_TAGGING -> metadata.tags(request);
            case PUT_OBJECT_TAGGING -> metadata.changeTags(request);
            case DELETE_OBJECT_TAGGING -> metadata.deleteTags(request);
            case GET_OBJECT_ACL -> metadata.acl(request);
            case PUT_OBJECT_ACL -> metadata.changeAcl(request);
            case UNKNOWN -> throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED);
        };
    }
}
