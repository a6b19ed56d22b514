package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Errors;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Makes a large object of parts: starts an upload, has the parts sent, completes it under the precondition. What fails
 * before completing is aborted. Parts and the completion are repeated by the client that sends them, and by nobody above:
 * what is left of it is final. A completion whose outcome is unknown, or whose repetition is refused, is settled by a head
 * that finds our own operation or our own parts: whose bytes are the caller's to prove. An unknown one is not cleaned up,
 * because the object may be there.
 * Thread-safe.
 */
final class Multipart {
    private static final Logger log = LoggerFactory.getLogger(Multipart.class);

    private final S3Settings settings;
    private final S3Clients clients;
    private final OwnWrites ownWrites;
    private final Written written;
    private final PartPool pool;

    Multipart(S3Settings settings, S3Clients clients, ObjectHeads heads, PartPool pool) {
        this.settings = settings;
        this.clients = clients;
        this.ownWrites = new OwnWrites(heads);
        this.written = new Written(heads, clients.time());
        this.pool = pool;
    }

    /** Sends one part and tells its ETag. */
    interface Sender {
        CompletedPart send(String uploadId, int number, long offset, long length);
    }

    /**
     * What is to be made.
     *
     * @param operation id that the upload carries in its metadata, where it does
     * @param inOrder whether the parts go one after the other
     */
    record Target(ObjectKey key, long size, Precondition precondition, Optional<String> operation, boolean inOrder) {
        Target(ObjectKey key, long size, Precondition precondition, Optional<String> operation) {
            this(key, size, precondition, operation, false);
        }
    }

    /**
     * What was made.
     *
     * @param answer of the completion, or of the head that found the object
     * @param found whether a head found it: the completion's own answer was lost
     */
    record Made(ObjectMeta object, S3Response answer, boolean found) {
        /** Of the object where versions are kept. */
        Optional<String> versionId() {
            return ObjectAnswers.versionId(answer);
        }
    }

    Made make(Call call, Target target, CreateMultipartUploadRequest create, Sender sender) {
        String upload = S3Calls.call(call, () -> clients.single().createMultipartUpload(create))
                .uploadId();
        List<CompletedPart> parts;
        try {
            parts = send(call, target, upload, sender);
        } catch (TransientStoreException e) {
            cleanUp(call, create, upload);
            throw lasting(e);
        } catch (RuntimeException e) {
            cleanUp(call, create, upload);
            throw e;
        }
        return complete(call, target, create, upload, parts);
    }

    /** The client of the parts has repeated what can be repeated; an upload that is gone is only cured by another. */
    private static TransientStoreException lasting(TransientStoreException e) {
        return e.trouble() == Trouble.CONFLICT ? e : e.afterRepeats();
    }

    private List<CompletedPart> send(Call call, Target target, String upload, Sender sender) {
        long part = settings.sizes().partOf(target.size());
        int count = Math.toIntExact(Math.max(1, (target.size() + part - 1) / part));
        IntFunction<CompletedPart> one = number -> {
            long offset = (number - 1) * part;
            return sender.send(upload, number, offset, Math.min(part, target.size() - offset));
        };
        try {
            return target.inOrder() ? pool.sendInOrder(count, one) : pool.send(count, one);
        } catch (InterruptedException e) {
            throw S3Errors.interrupted(call, e);
        }
    }

    private Made complete(
            Call call, Target target, CreateMultipartUploadRequest create, String upload, List<CompletedPart> parts) {
        CompleteMultipartUploadRequest.Builder request = new RequestFields()
                .condition(target.precondition(), settings, Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_WRITE)
                .on(CompleteMultipartUploadRequest.builder())
                .bucket(create.bucket())
                .key(create.key())
                .uploadId(upload)
                .checksumType(create.checksumType())
                .multipartUpload(all -> all.parts(parts));
        if (settings.amazon()) {
            request.mpuObjectSize(target.size());
        }
        try {
            CompleteMultipartUploadResponse answer =
                    S3Calls.call(call, () -> clients.parts().completeMultipartUpload(request.build()));
            return new Made(written.of(call, target.key(), target.size(), answer), answer, false);
        } catch (TransientStoreException e) {
            return ours(call, target, create, parts).orElseThrow(() -> lasting(e));
        } catch (StaleObjectException e) {
            Optional<Made> ours = S3Errors.isOfRepeat(e) ? ours(call, target, create, parts) : Optional.empty();
            if (ours.isPresent()) {
                return ours.get();
            }
            abort(call, create, upload);
            throw e;
        } catch (StoreException e) {
            abort(call, create, upload);
            throw e;
        }
    }

    /** What was there before may be of equal parts: only what is described as it was to be is what was to be made. */
    private Optional<Made> ours(
            Call call, Target target, CreateMultipartUploadRequest create, List<CompletedPart> parts) {
        return ownWrites
                .find(call, target.key(), target.operation(), ETags.ofParts(parts))
                .filter(found -> isDescribedAs(create, found.head()))
                .map(found -> new Made(found.object(), found.head(), true));
    }

    /** A content type that nobody asked for is made up by services. */
    private static boolean isDescribedAs(CreateMultipartUploadRequest create, HeadObjectResponse found) {
        return create.metadata().equals(found.metadata())
                && (create.contentType() == null || create.contentType().equals(found.contentType()))
                && Objects.equals(create.cacheControl(), found.cacheControl())
                && Objects.equals(create.contentDisposition(), found.contentDisposition())
                && Objects.equals(create.contentLanguage(), found.contentLanguage());
    }

    /** Aborts at once, or in the background where the caller was told to stop. */
    private void cleanUp(Call call, CreateMultipartUploadRequest create, String upload) {
        if (Thread.currentThread().isInterrupted()) {
            pool.later(() -> abort(call, create, upload));
        } else {
            abort(call, create, upload);
        }
    }

    private void abort(Call call, CreateMultipartUploadRequest create, String upload) {
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(create.bucket())
                .key(create.key())
                .uploadId(upload)
                .build();
        try {
            clients.parts().abortMultipartUpload(request);
        } catch (RuntimeException e) {
            log.warn("{}: could not abort the unfinished upload; a later run sweeps it: {}", call, e.toString());
            log.debug("{}: not aborted", call, e);
        }
    }
}
