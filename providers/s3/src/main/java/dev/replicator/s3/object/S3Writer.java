package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteOptions;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Writes objects from bodies, without holding them: small ones in one request, large ones in parts of which several are
 * on their way at once. Every stream is counted: a source that ends early or runs over fails the request, it stores
 * nothing. Checksums are CRC32C, over the full object also where that is made of parts, so they compare with other
 * services' (of native uploads, and of the one that asks whether the server checks those, CRC64NVME, the one that is never a
 * checksum of checksums). What the answers say of the bytes is compared with those that were sent ({@link WrittenBytes}),
 * except of native uploads ({@link NativeUploads}). Thread-safe.
 *
 * <table>
 * <caption>How a body goes up</caption>
 * <tr><td>up to the multipart threshold</td><td>PutObject</td></tr>
 * <tr><td>above, a local file, to be created or written whatever is there, no guard to ask, and the server is known to
 * check what it is sent</td><td>Transfer Manager: its native client completes under {@code If-None-Match}</td></tr>
 * <tr><td>above, otherwise</td><td>our own parts, one after the other where the body can only be checked so; the native
 * client would send {@code If-Match} with the start and with every part too, where it has no meaning, and asks no guard
 * before any of its requests</td></tr>
 * </table>
 *
 * <p>A local file too is read through the body's streams, which fail when it is not the version that was seen; they do so
 * before the last byte is handed out, so a file that changed meanwhile is never completed. The guard is asked right before
 * each attempt of each request: what it can't see is one request that is on its way when the right is lost, of which the
 * completion is the only one that shows.
 */
public final class S3Writer {
    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private final MetadataRules rules;
    private final Multipart multipart;
    private final NativeUploads uploads;
    private final Written written;
    private final WrittenBytes bytes;

    public S3Writer(S3Settings settings, S3Clients clients, ObjectHeads heads, PartPool pool) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
        this.rules = new S3MetadataRules(settings);
        this.multipart = new Multipart(settings, clients, heads, pool);
        this.written = new Written(heads, clients.time());
        this.bytes = new WrittenBytes(settings, clients, heads);
        this.uploads = new NativeUploads(settings, clients, heads, bytes);
    }

    /** Writes as {@link dev.replicator.store.ObjectStore#write} says. */
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        Call call = Call.of("write", settings.bucket(), key);
        String name = Keys.required(call, key);
        ObjectMetadata metadata = rules.withOperation(options.metadata(), options.operation());
        try {
            return write(call, key, name, body, options, metadata);
        } catch (ObjectNotFoundException e) {
            if (options.precondition() instanceof Precondition.Unchanged) {
                throw new StaleObjectException(call + ": what was to be replaced is gone", e);
            }
            throw new InvalidRequestException(call + ": the server has no place for this key", e);
        }
    }

    private ObjectMeta write(
            Call call, ObjectKey key, String name, ObjectBody body, WriteOptions options, ObjectMetadata metadata) {
        if (body.size() <= Math.min(settings.sizes().multipartUpload(), TransferSizes.MAX_COPY)) {
            return put(call, key, body, putRequest(call, name, metadata, options.precondition()));
        }
        boolean unguarded = !clients.isGuarded() && !(options.precondition() instanceof Precondition.Unchanged);
        boolean mayBeNative = unguarded && usesChecksums() && body.file().isPresent();
        if (mayBeNative && uploads.areChecked()) {
            return uploads.upload(call, key, body, options, putRequest(call, name, metadata, options.precondition()));
        }
        if (mayBeNative && uploads.asks()) {
            try {
                return parts(call, key, body, options, metadata, ChecksumAlgorithm.CRC64_NVME);
            } catch (InvalidRequestException e) {
                uploads.refused(call, e);
            }
        }
        return parts(call, key, body, options, metadata, ChecksumAlgorithm.CRC32_C);
    }

    private PutObjectRequest putRequest(Call call, String name, ObjectMetadata metadata, Precondition precondition) {
        RequestFields fields = new RequestFields()
                .settings(settings.write())
                .metadata(metadata, settings)
                .condition(precondition, settings, Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_WRITE);
        PutObjectRequest.Builder request =
                fields.on(PutObjectRequest.builder()).bucket(settings.bucket()).key(name);
        fields.override().ifPresent(request::overrideConfiguration);
        if (usesChecksums()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        }
        return request.build();
    }

    private boolean usesChecksums() {
        return settings.checksums() == Checksums.WHEN_SUPPORTED;
    }

    private ObjectMeta put(Call call, ObjectKey key, ObjectBody body, PutObjectRequest request) {
        try (OpenStreams streams = new OpenStreams(call, body::open, body.size(), bytes.digests())) {
            RequestBody sent = streams.asRequestBody();
            PutObjectRequest framed = body.size() == 0 ? EmptyBodies.unframed(request) : request;
            PutObjectResponse answer = S3Calls.call(call, () -> clients.single().putObject(framed, sent));
            ObjectMeta made = bytes.seen(call, () -> written.of(call, key, body.size(), answer));
            bytes.check(call, streams.sent(), answer, made, ObjectAnswers.versionId(answer));
            return made;
        } catch (CorruptObjectException e) {
            throw usesChecksums() && !settings.amazon() ? hinting(e) : e;
        }
    }

    /** Servers that don't know checksum trailers (Ceph 16, old MinIO) take them for bytes of the object. */
    private static CorruptObjectException hinting(CorruptObjectException e) {
        return new CorruptObjectException(
                e.getMessage() + "; if this server does not know checksum trailers, set its checksums to when-required",
                e);
    }

    private ObjectMeta parts(
            Call call,
            ObjectKey key,
            ObjectBody body,
            WriteOptions options,
            ObjectMetadata metadata,
            ChecksumAlgorithm algorithm) {
        RequestFields fields = new RequestFields().settings(settings.write()).metadata(metadata, settings);
        CreateMultipartUploadRequest.Builder create = fields.on(CreateMultipartUploadRequest.builder())
                .bucket(settings.bucket())
                .key(Keys.required(call, key));
        fields.override().ifPresent(create::overrideConfiguration);
        if (usesChecksums()) {
            create.checksumAlgorithm(algorithm).checksumType(ChecksumType.FULL_OBJECT);
        }
        CreateMultipartUploadRequest request = create.build();
        Multipart.Target target = new Multipart.Target(
                key, body.size(), options.precondition(), options.operation(), body.isCheckedInOrder());
        SentParts parts = new SentParts(call, clients, uploads, bytes, body, request);
        Multipart.Made made = multipart.make(call, target, request, parts);
        parts.check(made);
        return made.object();
    }

    /** Proves as {@link dev.replicator.store.WriteProof#verify} says. */
    public void verify(ObjectMeta found, ObjectBody body) {
        Call call = Call.of("verify", settings.bucket(), found.key());
        try {
            HeadObjectResponse head = heads.pinned(call, found);
            bytes.prove(call, heads.meta(call, found.key(), head), head, List.of(), body);
        } catch (ObjectNotFoundException e) {
            throw new StaleObjectException(call + ": it is gone", e);
        }
    }
}
