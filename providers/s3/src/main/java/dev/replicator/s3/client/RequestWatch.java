package dev.replicator.s3.client;

import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.remote.ServerTime;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Stands at the wire of the SDK's clients: counts every attempt, notes the Date of every answer, and puts the headers of
 * requester-pays and of the expected owner on every request to the bucket. Thread-safe.
 */
final class RequestWatch implements ExecutionInterceptor {
    private static final ExecutionAttribute<Instant> SENT = new ExecutionAttribute<>("replicator.sent");

    private final RequestMeter meter;
    private final ServerTime time;
    private final S3Settings settings;

    RequestWatch(RequestMeter meter, ServerTime time, S3Settings settings) {
        this.meter = meter;
        this.time = time;
        this.settings = settings;
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest.Builder request = context.httpRequest().toBuilder();
        if (settings.requesterPays()) {
            request.putHeader(S3Settings.REQUEST_PAYER, S3Settings.REQUESTER);
        }
        Optional<String> bucket = context.request().getValueForField("Bucket", String.class);
        if (bucket.isPresent() && bucket.get().equals(settings.bucket())) {
            settings.expectedBucketOwner().ifPresent(owner -> request.putHeader(S3Settings.EXPECTED_OWNER, owner));
        }
        return request.build();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        meter.count(kind(context.request()));
        attributes.putAttribute(SENT, time.sent());
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Instant sent = attributes.getAttribute(SENT);
        if (sent != null) {
            time.saw(sent, context.httpResponse().firstMatchingHeader("Date"));
        }
    }

    private static RequestKind kind(SdkRequest request) {
        if (request instanceof HeadObjectRequest || request instanceof HeadBucketRequest) {
            return RequestKind.HEAD;
        }
        if (request instanceof GetObjectRequest) {
            return RequestKind.GET;
        }
        if (request instanceof PutObjectRequest || request instanceof UploadPartRequest) {
            return RequestKind.PUT;
        }
        if (request instanceof CopyObjectRequest || request instanceof UploadPartCopyRequest) {
            return RequestKind.COPY;
        }
        if (request instanceof DeleteObjectRequest) {
            return RequestKind.DELETE;
        }
        if (request instanceof GetObjectTaggingRequest) {
            return RequestKind.TAGS;
        }
        return isMultipart(request) ? RequestKind.MULTIPART : RequestKind.OTHER;
    }

    private static boolean isMultipart(SdkRequest request) {
        return request instanceof CreateMultipartUploadRequest
                || request instanceof CompleteMultipartUploadRequest
                || request instanceof AbortMultipartUploadRequest
                || request instanceof ListMultipartUploadsRequest;
    }
}
