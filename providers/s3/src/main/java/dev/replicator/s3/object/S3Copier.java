package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Lets the service copy. One CopyObject carries metadata and tags by itself; above the threshold parts are copied and
 * metadata and tags, which a head of the source tells, are set by hand. Source and destination are both conditional,
 * where the store can. Thread-safe.
 */
public final class S3Copier {
    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private final Multipart multipart;

    public S3Copier(S3Settings settings, S3Clients clients, ObjectHeads heads, PartPool pool) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
        this.multipart = new Multipart(settings, clients, heads, pool);
    }

    /** Copies as {@link dev.replicator.store.ObjectStore#copyFrom} says. */
    public ObjectMeta copy(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        Call call = Call.of("copy " + Call.of("from", source.bucket(), object.key()) + " to", settings.bucket(), key);
        try {
            return object.size() <= settings.sizes().multipartCopy()
                    ? whole(call, source, object, key, options)
                    : parts(call, source, object, key, options);
        } catch (ObjectNotFoundException e) {
            throw missing(call, key, options, e);
        }
    }

    /** "No such key" may mean the source, or the destination that was to be replaced. */
    private StoreException missing(Call call, ObjectKey key, WriteOptions options, ObjectNotFoundException e) {
        boolean isDestination = options.precondition() instanceof Precondition.Unchanged
                && heads.head(call, key).isEmpty();
        return isDestination ? new StaleObjectException(call + ": what was to be replaced is gone", e) : e;
    }

    private ObjectMeta whole(Call call, BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        CopyObjectRequest.Builder request = new RequestFields()
                .settings(settings.write())
                .condition(options.precondition(), settings, Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY)
                .on(CopyObjectRequest.builder())
                .sourceBucket(source.bucket())
                .sourceKey(Keys.required(call, object.key()))
                .destinationBucket(settings.bucket())
                .destinationKey(Keys.required(call, key));
        sourceCondition(object).ifPresent(request::copySourceIfMatch);
        CopyObjectResult result = S3Calls.call(call, () -> clients.single().copyObject(request.build()))
                .copyObjectResult();
        return ETags.version(result == null ? "" : result.eTag())
                .map(version -> new ObjectMeta(
                        key,
                        object.size(),
                        Optional.ofNullable(result.lastModified())
                                .orElseGet(() -> clients.time().now()),
                        version,
                        List.of(new Fingerprint(Algorithm.ETAG, version.token())),
                        EntryNote.NONE,
                        Optional.empty()))
                .orElseThrow(() -> new CorruptObjectException(call + ": the answer names no ETag"));
    }

    private Optional<String> sourceCondition(ObjectMeta object) {
        return settings.capabilities().contains(Capability.PINNED_READ)
                ? Optional.of(ETags.quoted(object.version()))
                : Optional.empty();
    }

    private ObjectMeta parts(Call call, BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        S3Client reader = clients.singleIn(source.region());
        HeadObjectResponse head = heads.pinned(call, reader, source.bucket(), object);
        ObjectMetadata metadata = heads.withTags(call, reader, source.bucket(), object.key(), head);
        RequestFields fields = new RequestFields().settings(settings.write()).metadata(metadata, settings);
        CreateMultipartUploadRequest.Builder create = fields.on(CreateMultipartUploadRequest.builder())
                .bucket(settings.bucket())
                .key(Keys.required(call, key));
        fields.override().ifPresent(create::overrideConfiguration);
        CreateMultipartUploadRequest request = create.build();
        Multipart.Target target = new Multipart.Target(key, object.size(), options.precondition(), Optional.empty());
        return multipart
                .make(
                        call,
                        target,
                        request,
                        (upload, number, offset, length) ->
                                part(call, source, object, request, upload, number, offset, length))
                .object();
    }

    private CompletedPart part(
            Call call,
            BucketRef source,
            ObjectMeta object,
            CreateMultipartUploadRequest create,
            String upload,
            int number,
            long offset,
            long length) {
        UploadPartCopyRequest.Builder request = UploadPartCopyRequest.builder()
                .sourceBucket(source.bucket())
                .sourceKey(Keys.required(call, object.key()))
                .destinationBucket(create.bucket())
                .destinationKey(create.key())
                .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
                .uploadId(upload)
                .partNumber(number);
        sourceCondition(object).ifPresent(request::copySourceIfMatch);
        String etag = S3Calls.call(call, () -> clients.parts().uploadPartCopy(request.build()))
                .copyPartResult()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }
}
