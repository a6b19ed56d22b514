package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.store.Bucket;
import java.util.Optional;

/** What a request must say of a bucket to be let in: its owner, if it names one, and that it pays where it must. */
public final class Access {
    private Access() {}

    /** For the bucket a request is sent to. */
    public static void check(S3Request request, Bucket bucket, ServiceSettings settings) {
        check(request, bucket, settings, "x-amz-expected-bucket-owner");
    }

    /** For the bucket a copy reads from. */
    public static void checkSource(S3Request request, Bucket bucket, ServiceSettings settings) {
        check(request, bucket, settings, "x-amz-source-expected-bucket-owner");
    }

    private static void check(S3Request request, Bucket bucket, ServiceSettings settings, String ownerHeader) {
        Optional<String> owner = request.header(ownerHeader);
        if (owner.filter(expected -> !expected.equals(settings.ownerId())).isPresent()) {
            throw S3Refusal.of(ErrorCode.ACCESS_DENIED);
        }
        boolean pays = request.header("x-amz-request-payer")
                .filter("requester"::equals)
                .isPresent();
        if (bucket.settings().requesterPays() && !pays) {
            throw S3Refusal.of(ErrorCode.ACCESS_DENIED);
        }
    }
}
