package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * The bytes of one object in one version. Every read is pinned to the version by {@code If-Match} and checked against
 * the answer's ETag besides; whole reads are checked against the object's checksum where it has one of its full content.
 * A small object's metadata come with its first read, which {@link #open()} then hands out; a large one's with a head.
 * Thread-safe.
 */
public final class S3Body implements ObjectBody {
    private final S3Settings settings;
    private final S3Clients clients;
    private final ObjectHeads heads;
    private final ObjectMeta object;
    private final Call call;
    private Optional<ObjectMetadata> metadata = Optional.empty();
    private Optional<S3Response> description = Optional.empty();
    private Optional<ResponseInputStream<GetObjectResponse>> waiting = Optional.empty();

    /** Sends nothing. */
    public S3Body(S3Settings settings, S3Clients clients, ObjectHeads heads, ObjectMeta object) {
        this.settings = settings;
        this.clients = clients;
        this.heads = heads;
        this.object = object;
        call = Call.of("read", settings.bucket(), object.key());
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public synchronized ObjectMetadata metadata() {
        if (metadata.isEmpty()) {
            metadata = Optional.of(heads.withTags(call, object.key(), description()));
        }
        return metadata.get();
    }

    @Override
    public synchronized List<Fingerprint> fingerprints() {
        return hasTrustedChecksum() ? ObjectAnswers.fingerprints(description()) : List.of();
    }

    private S3Response description() {
        if (description.isEmpty()) {
            description = Optional.of(isLarge() ? heads.pinned(call, object) : firstRead());
        }
        return description.get();
    }

    private GetObjectResponse firstRead() {
        ResponseInputStream<GetObjectResponse> answer = get(Optional.empty());
        waiting = Optional.of(answer);
        return answer.response();
    }

    @Override
    public synchronized InputStream open() {
        ResponseInputStream<GetObjectResponse> answer = waiting.orElseGet(() -> get(Optional.empty()));
        waiting = Optional.empty();
        return new BodyStream(call, answer, object.size());
    }

    @Override
    public InputStream open(long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > object.size()) {
            throw new IllegalArgumentException("bytes " + offset + "+" + length + " of an object of " + object.size());
        }
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        if (length == object.size()) {
            return open();
        }
        ResponseInputStream<GetObjectResponse> answer =
                get(Optional.of("bytes=" + offset + "-" + (offset + length - 1)));
        return new BodyStream(call, answer, length);
    }

    private ResponseInputStream<GetObjectResponse> get(Optional<String> range) {
        GetObjectRequest.Builder request = request();
        range.ifPresent(request::range);
        if (range.isEmpty() && settings.checksums() == Checksums.WHEN_SUPPORTED && hasTrustedChecksum()) {
            request.checksumMode(ChecksumMode.ENABLED);
        }
        ResponseInputStream<GetObjectResponse> answer =
                S3Calls.call(call, () -> clients.single().getObject(request.build()));
        try {
            requireVersion(answer.response());
            requireRange(answer.response(), range);
            return answer;
        } catch (RuntimeException e) {
            answer.abort();
            throw e;
        }
    }

    /** Of objects made of parts some servers (moto) give out a checksum of the parts' checksums as the object's. */
    private boolean hasTrustedChecksum() {
        boolean madeOfParts = object.version().token().contains("-");
        return settings.amazon() || !madeOfParts;
    }

    private GetObjectRequest.Builder request() {
        String key = Keys.text(object.key())
                .orElseThrow(() -> new ObjectNotFoundException(call + ": such a key is in no bucket of S3"));
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(settings.bucket()).key(key);
        if (settings.capabilities().contains(Capability.PINNED_READ)) {
            request.ifMatch(ETags.quoted(object.version()));
        }
        return request;
    }

    private void requireVersion(S3Response answer) {
        if (!ObjectAnswers.version(call, answer).equals(object.version())) {
            throw new StaleObjectException(call + ": it is no longer the version that was seen");
        }
    }

    private void requireRange(GetObjectResponse answer, Optional<String> range) {
        if (range.isEmpty() && answer.contentLength() != null && answer.contentLength() != object.size()) {
            throw new CorruptObjectException(
                    call + ": the server offers " + answer.contentLength() + " of " + object.size() + " bytes");
        }
        if (range.isPresent()
                && !String.valueOf(answer.contentRange()).equals(range.get().replace('=', ' ') + "/" + object.size())) {
            throw new CorruptObjectException(call + ": the server answers a range with other bytes");
        }
    }

    @Override
    public boolean saveTo(Path file) {
        if (!isLarge() || !settings.capabilities().contains(Capability.PINNED_READ)) {
            return false;
        }
        GetObjectRequest.Builder request = request();
        if (settings.requesterPays()) {
            request.requestPayer(S3Settings.REQUESTER);
        }
        settings.expectedBucketOwner().ifPresent(request::expectedBucketOwner);
        GetObjectResponse answer = clients.transfers().download(call, request.build(), file, object.size());
        requireVersion(answer);
        requireSize(file);
        return true;
    }

    private void requireSize(Path file) {
        try {
            long size = Files.size(file);
            if (size != object.size()) {
                throw new CorruptObjectException(call + ": " + size + " of " + object.size() + " bytes came down");
            }
        } catch (IOException e) {
            throw new CorruptObjectException(call + ": what came down can't be read", e);
        }
    }

    private boolean isLarge() {
        return object.size() > settings.sizes().multipartUpload();
    }

    @Override
    public synchronized void close() {
        waiting.ifPresent(ResponseInputStream::abort);
        waiting = Optional.empty();
    }
}
