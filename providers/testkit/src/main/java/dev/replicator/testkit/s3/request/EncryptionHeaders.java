package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.Encryption;
import dev.replicator.testkit.s3.store.StoredObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Server-side encryption as far as a client sees it; customer keys are accepted without TLS, unlike at S3. */
public final class EncryptionHeaders {
    private static final String SSE = "x-amz-server-side-encryption";
    private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String CUSTOMER = "x-amz-server-side-encryption-customer-";
    private static final String SOURCE_CUSTOMER = "x-amz-copy-source-server-side-encryption-customer-";
    private static final String DEFAULT_KEY = "arn:aws:kms:us-east-1:000000000000:key/default";

    private EncryptionHeaders() {}

    /** What an upload asks for. */
    public static Encryption read(S3Request request, Bucket bucket) {
        Optional<String> customer = customerKey(request, CUSTOMER);
        if (customer.isPresent()) {
            return new Encryption(Encryption.Kind.CUSTOMER, customer.get());
        }
        String asked = request.header(SSE).orElse(bucket.settings().kmsByDefault() ? "aws:kms" : "AES256");
        return switch (asked) {
            case "AES256" -> Encryption.S3;
            case "aws:kms", "aws:kms:dsse" ->
                new Encryption(Encryption.Kind.KMS, request.header(KMS_KEY).orElse(DEFAULT_KEY));
            default -> throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT).with("ArgumentName", SSE);
        };
    }

    /** Refuses who has not the key that a part's or object's encryption needs. */
    public static void checkKey(S3Request request, Encryption encryption) {
        check(encryption, customerKey(request, CUSTOMER));
    }

    /** Refuses a copy whose source needs a key that the request does not bring. */
    public static void checkSourceKey(S3Request request, Encryption encryption) {
        check(encryption, customerKey(request, SOURCE_CUSTOMER));
    }

    /** Refuses to decrypt what the bucket's settings deny. */
    public static void checkKms(Bucket bucket, StoredObject object) {
        boolean kms = object.attributes().encryption().kind() == Encryption.Kind.KMS;
        if (kms && bucket.settings().kmsDenied().test(object.key())) {
            throw S3Refusal.of(
                    ErrorCode.ACCESS_DENIED,
                    "User is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext");
        }
    }

    public static HttpResponse answer(HttpResponse response, Encryption encryption) {
        return switch (encryption.kind()) {
            case S3 -> response.with(SSE, "AES256");
            case KMS -> response.with(SSE, "aws:kms").with(KMS_KEY, encryption.keyId());
            case CUSTOMER ->
                response.with(CUSTOMER + "algorithm", "AES256").with(CUSTOMER + "key-MD5", encryption.keyId());
        };
    }

    private static void check(Encryption encryption, Optional<String> keyMd5) {
        if (encryption.kind() != Encryption.Kind.CUSTOMER) {
            if (keyMd5.isPresent()) {
                throw S3Refusal.of(
                        ErrorCode.INVALID_REQUEST, "The encryption parameters are not applicable to this object.");
            }
            return;
        }
        if (keyMd5.isEmpty()) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_REQUEST,
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be"
                            + " provided to retrieve the object.");
        }
        if (!keyMd5.get().equals(encryption.keyId())) {
            throw S3Refusal.of(ErrorCode.ACCESS_DENIED);
        }
    }

    /** The MD5 of the customer's key, where one is sent in full and rightly. */
    private static Optional<String> customerKey(S3Request request, String prefix) {
        Optional<String> key = request.header(prefix + "key");
        if (key.isEmpty() && request.header(prefix + "algorithm").isEmpty()) {
            return Optional.empty();
        }
        String md5 = request.header(prefix + "key-md5").orElse("");
        boolean algorithm =
                request.header(prefix + "algorithm").filter("AES256"::equals).isPresent();
        byte[] bytes = decoded(key.orElse(""));
        if (!algorithm || bytes.length != 32 || !Arrays.equals(decoded(md5), Digests.md5(bytes))) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "The calculated MD5 hash of the key did not match the hash that was provided.");
        }
        return Optional.of(md5);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
