package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Changes an object's metadata, which S3 can only do by copying the object onto itself: in the version that was seen, by
 * a copy that is conditional on both ends where the store can. A head tells first what such a copy would reset (storage
 * class, encryption, lock, redirect) and {@link Grants} the grants; tags stay. The object gets a new modification time,
 * in a versioned bucket a new version, and another ETag when it was made of parts. Thread-safe.
 */
public final class S3Updater {
    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private final Grants grants;
    private final Multipart multipart;

    public S3Updater(S3Settings settings, S3Clients clients, ObjectHeads heads, PartPool pool) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
        this.grants = new Grants(settings, clients);
        this.multipart = new Multipart(settings, clients, heads, pool);
    }

    /** Updates as {@link dev.replicator.store.MetadataUpdate#update} says. */
    public ObjectMeta update(ObjectMeta seen, ObjectMetadata metadata, Precondition precondition) {
        Call call = Call.of("update the metadata of", settings.bucket(), seen.key());
        try {
            HeadObjectResponse head = heads.pinned(call, seen);
            boolean inParts = ObjectAnswers.size(call, head) > settings.sizes().multipartCopy();
            return inParts
                    ? parts(call, seen, head, metadata, precondition)
                    : whole(call, seen, head, metadata, precondition);
        } catch (ObjectNotFoundException e) {
            throw new StaleObjectException(call + ": it is gone", e);
        }
    }

    private ObjectMeta whole(
            Call call, ObjectMeta seen, HeadObjectResponse head, ObjectMetadata metadata, Precondition precondition) {
        String key = Keys.required(call, seen.key());
        RequestFields fields = new RequestFields()
                .keeping(head)
                .with(grants.of(call, key))
                .metadata(metadata.withTags(Map.of()), settings)
                .condition(precondition, settings, Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY);
        CopyObjectRequest.Builder request = fields.on(CopyObjectRequest.builder())
                .sourceBucket(settings.bucket())
                .sourceKey(key)
                .destinationBucket(settings.bucket())
                .destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE);
        fields.override().ifPresent(request::overrideConfiguration);
        sourceCondition(seen).ifPresent(request::copySourceIfMatch);
        CopyObjectResult result = S3Calls.call(call, () -> clients.single().copyObject(request.build()))
                .copyObjectResult();
        Version version = ETags.version(result == null ? "" : result.eTag())
                .orElseThrow(() -> new CorruptObjectException(call + ": the answer names no ETag"));
        return new ObjectMeta(
                seen.key(),
                ObjectAnswers.size(call, head),
                Optional.ofNullable(result.lastModified())
                        .orElseGet(() -> clients.time().now()),
                version,
                List.of(new Fingerprint(Fingerprint.Algorithm.ETAG, version.token())),
                EntryNote.NONE,
                Optional.empty());
    }

    private Optional<String> sourceCondition(ObjectMeta seen) {
        return settings.capabilities().contains(Capability.PINNED_READ)
                ? Optional.of(ETags.quoted(seen.version()))
                : Optional.empty();
    }

    private ObjectMeta parts(
            Call call, ObjectMeta seen, HeadObjectResponse head, ObjectMetadata metadata, Precondition precondition) {
        ObjectKey key = seen.key();
        ObjectMetadata tagged =
                metadata.withTags(heads.withTags(call, key, head).tags());
        RequestFields fields = new RequestFields()
                .keeping(head)
                .with(grants.of(call, Keys.required(call, key)))
                .metadata(tagged, settings);
        CreateMultipartUploadRequest.Builder create = fields.on(CreateMultipartUploadRequest.builder())
                .bucket(settings.bucket())
                .key(Keys.required(call, key));
        fields.override().ifPresent(create::overrideConfiguration);
        Multipart.Target target =
                new Multipart.Target(key, ObjectAnswers.size(call, head), precondition, Optional.empty());
        return multipart
                .make(
                        call,
                        target,
                        create.build(),
                        (upload, number, offset, length) -> part(call, seen, upload, number, offset, length))
                .object();
    }

    private CompletedPart part(Call call, ObjectMeta seen, String upload, int number, long offset, long length) {
        String key = Keys.required(call, seen.key());
        UploadPartCopyRequest.Builder request = UploadPartCopyRequest.builder()
                .sourceBucket(settings.bucket())
                .sourceKey(key)
                .destinationBucket(settings.bucket())
                .destinationKey(key)
                .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
                .uploadId(upload)
                .partNumber(number);
        sourceCondition(seen).ifPresent(request::copySourceIfMatch);
        String etag = S3Calls.call(call, () -> clients.parts().uploadPartCopy(request.build()))
                .copyPartResult()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }
}
