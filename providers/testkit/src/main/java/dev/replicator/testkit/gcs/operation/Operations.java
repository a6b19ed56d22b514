package dev.replicator.testkit.gcs.operation;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.http.HttpResponse;

/** Sends each operation to the code that does it. */
public final class Operations {
    private final BucketApi onBuckets;
    private final ListingApi listings;
    private final ObjectApi objects;
    private final MediaApi media;
    private final InsertApi inserts;
    private final ResumableApi uploads;
    private final RewriteApi rewrites;
    private final ComposeApi composes;

    public Operations(World world) {
        this.onBuckets = new BucketApi(world);
        this.listings = new ListingApi(world);
        this.objects = new ObjectApi(world);
        this.media = new MediaApi(world);
        this.inserts = new InsertApi(world);
        this.uploads = new ResumableApi(world);
        this.rewrites = new RewriteApi(world);
        this.composes = new ComposeApi(world);
    }

    /** Does what is asked; a refusal means that no object was changed. */
    public HttpResponse perform(GcsRequest request) {
        return switch (request.operation()) {
            case BUCKET_LIST -> onBuckets.list(request);
            case BUCKET_INSERT -> onBuckets.insert(request);
            case BUCKET_GET -> onBuckets.get(request);
            case BUCKET_PATCH -> onBuckets.patch(request);
            case BUCKET_DELETE -> onBuckets.delete(request);
            case TEST_PERMISSIONS -> onBuckets.testPermissions(request);
            case LIST -> listings.list(request);
            case GET -> objects.get(request);
            case MEDIA -> media.get(request);
            case INSERT -> inserts.insert(request);
            case RESUMABLE_START -> uploads.start(request);
            case RESUMABLE_CHUNK -> uploads.chunk(request);
            case RESUMABLE_QUERY -> uploads.query(request);
            case RESUMABLE_CANCEL -> uploads.cancel(request);
            case REWRITE -> rewrites.rewrite(request);
            case COPY -> rewrites.copy(request);
            case COMPOSE -> composes.compose(request);
            case PATCH -> objects.patch(request);
            case UPDATE -> objects.update(request);
            case DELETE -> objects.delete(request);
            case ACL_LIST -> objects.accessList(request);
            case BATCH, UNKNOWN -> throw GcsRefusal.of(Reason.NOT_FOUND);
        };
    }

    /** Keeps what can be kept of an upload's request that broke off. */
    public void salvage(GcsRequest request) {
        uploads.salvage(request);
    }
}
