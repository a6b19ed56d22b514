package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.UploadSweep;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/** Finds and aborts unfinished uploads of one key. Thread-safe. */
public final class LeftUploads implements UploadSweep {
    private static final int MAX_PAGES = 100;

    private final S3Settings settings;
    private final S3Clients clients;

    public LeftUploads(S3Settings settings, S3Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** S3 tells of an unfinished upload no more than its key and when it was started. */
    @Override
    public int sweep(ObjectKey key, Optional<String> operation, Instant notBefore, Instant before) {
        Call call = Call.of("sweep uploads of", settings.bucket(), key);
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(settings.bucket())
                .prefix(Keys.required(call, key))
                .encodingType(EncodingType.URL)
                .build();
        int aborted = 0;
        for (int page = 0; page < MAX_PAGES; page++) {
            ListMultipartUploadsRequest asked = request;
            ListMultipartUploadsResponse answer =
                    S3Calls.call(call, () -> clients.single().listMultipartUploads(asked));
            for (MultipartUpload upload : answer.uploads()) {
                if (isMeant(upload, key.text(), notBefore, before) && abort(call, upload)) {
                    aborted++;
                }
            }
            if (!Boolean.TRUE.equals(answer.isTruncated()) || answer.nextKeyMarker() == null) {
                break;
            }
            request = request.toBuilder()
                    .keyMarker(answer.nextKeyMarker())
                    .uploadIdMarker(answer.nextUploadIdMarker())
                    .build();
        }
        return aborted;
    }

    private static boolean isMeant(MultipartUpload upload, String key, Instant notBefore, Instant before) {
        Instant started = upload.initiated();
        return key.equals(upload.key()) && started != null && !started.isBefore(notBefore) && started.isBefore(before);
    }

    private boolean abort(Call call, MultipartUpload upload) {
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(settings.bucket())
                .key(upload.key())
                .uploadId(upload.uploadId())
                .build();
        return S3Calls.call(call, () -> {
            try {
                clients.single().abortMultipartUpload(request);
                return true;
            } catch (NoSuchUploadException e) {
                return false;
            }
        });
    }
}
