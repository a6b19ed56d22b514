package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.model.Weakness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and verifies what a request claims about its body's bytes, in header or trailer. */
public final class ChecksumHeaders {
    private final ServiceSettings settings;

    public ChecksumHeaders(ServiceSettings settings) {
        this.settings = settings;
    }

    /** The one checksum claimed, verified; refuses wrong, broken and doubled ones, and a wrong Content-MD5. */
    public Optional<ObjectChecksum> verified(S3Request request) {
        if (settings.has(Weakness.CHECKSUMS_IGNORED)) {
            return Optional.empty();
        }
        byte[] bytes = request.body().bytes();
        verifyMd5(request, bytes);
        Optional<ObjectChecksum> claimed = claimed(request);
        if (claimed.isPresent()) {
            ChecksumAlgorithm algorithm = claimed.get().algorithm();
            if (!ObjectChecksum.full(algorithm, algorithm.digest(bytes)).equals(claimed.get())) {
                throw wrong(algorithm);
            }
        }
        return claimed;
    }

    public static S3Refusal wrong(ChecksumAlgorithm algorithm) {
        return S3Refusal.of(
                ErrorCode.BAD_DIGEST, "The " + algorithm + " you specified did not match the calculated checksum.");
    }

    /** Whether the request vouches for its body at all. */
    public static boolean vouched(S3Request request) {
        return request.header("content-md5").isPresent() || !values(request).isEmpty();
    }

    /** The one full-object checksum among headers and trailers. */
    public static Optional<ObjectChecksum> claimed(S3Request request) {
        List<Map.Entry<ChecksumAlgorithm, String>> values = values(request);
        if (values.size() > 1) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        Optional<String> announced = request.header("x-amz-sdk-checksum-algorithm");
        if (values.isEmpty()) {
            if (announced.isPresent()) {
                throw S3Refusal.of(
                        ErrorCode.INVALID_REQUEST,
                        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
                                + " x-amz-trailer headers were found.");
            }
            return Optional.empty();
        }
        ChecksumAlgorithm algorithm = values.get(0).getKey();
        if (announced.filter(name -> !name.equalsIgnoreCase(algorithm.name())).isPresent()) {
            throw S3Refusal.of(ErrorCode.INVALID_REQUEST, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
        byte[] digest = decoded(values.get(0).getValue());
        if (digest.length != algorithm.length()) {
            throw S3Refusal.of(ErrorCode.INVALID_REQUEST, "Value for " + algorithm.header() + " header is invalid.");
        }
        return Optional.of(ObjectChecksum.full(algorithm, digest));
    }

    private static List<Map.Entry<ChecksumAlgorithm, String>> values(S3Request request) {
        List<Map.Entry<ChecksumAlgorithm, String>> values = new ArrayList<>(1);
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            request.header(algorithm.header()).ifPresent(value -> values.add(Map.entry(algorithm, value)));
            Optional.ofNullable(request.body().trailers().get(algorithm.header()))
                    .ifPresent(value -> values.add(Map.entry(algorithm, value)));
        }
        return values;
    }

    private static void verifyMd5(S3Request request, byte[] bytes) {
        Optional<String> claimed = request.header("content-md5");
        if (claimed.isEmpty()) {
            return;
        }
        byte[] md5 = decoded(claimed.get());
        if (md5.length != 16) {
            throw S3Refusal.of(ErrorCode.INVALID_DIGEST).with("Content-MD5", claimed.get());
        }
        if (!Arrays.equals(md5, Digests.md5(bytes))) {
            throw S3Refusal.of(ErrorCode.BAD_DIGEST).with("ExpectedDigest", Digests.hex(md5));
        }
    }

    /** Empty where the text is no base64: no digest is. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
