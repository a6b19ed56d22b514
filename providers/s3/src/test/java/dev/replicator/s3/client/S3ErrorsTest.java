package dev.replicator.s3.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {
    private static final Call READ = Call.of("read", "photos", ObjectKey.of("a\u001Bb"));

    static Stream<Arguments> codes() {
        return Stream.of(
                Arguments.of("NoSuchBucket", 404, BucketNotFoundException.class),
                Arguments.of("NoSuchKey", 404, ObjectNotFoundException.class),
                Arguments.of("", 404, ObjectNotFoundException.class),
                Arguments.of("PreconditionFailed", 412, StaleObjectException.class),
                Arguments.of("PreconditionFailed", 200, StaleObjectException.class),
                Arguments.of("", 412, StaleObjectException.class),
                Arguments.of("InvalidRange", 416, StaleObjectException.class),
                Arguments.of("ExpiredToken", 400, CredentialsException.class),
                Arguments.of("InvalidAccessKeyId", 403, CredentialsException.class),
                Arguments.of("SignatureDoesNotMatch", 403, AccessDeniedException.class),
                Arguments.of("RequestTimeTooSkewed", 403, AccessDeniedException.class),
                Arguments.of("AccessDenied", 403, AccessDeniedException.class),
                Arguments.of("", 403, AccessDeniedException.class),
                Arguments.of("InvalidObjectState", 403, InvalidRequestException.class),
                Arguments.of("EntityTooLarge", 400, InvalidRequestException.class),
                Arguments.of("KeyTooLongError", 400, InvalidRequestException.class),
                Arguments.of("PermanentRedirect", 301, InvalidRequestException.class),
                Arguments.of("NotImplemented", 501, InvalidRequestException.class),
                Arguments.of("QuotaExceeded", 403, NoSpaceException.class),
                Arguments.of("", 507, NoSpaceException.class),
                Arguments.of("BadDigest", 400, CorruptObjectException.class),
                Arguments.of("", 400, InvalidRequestException.class));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("codes")
    void translatesByCodeAndElseByStatus(String code, int status, Class<? extends StoreException> kind) {
        assertThat(S3Errors.translate(READ, error(code, status))).isExactlyInstanceOf(kind);
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of("SlowDown", 503, Trouble.THROTTLED),
                Arguments.of("SlowDown", 200, Trouble.THROTTLED),
                Arguments.of("", 503, Trouble.THROTTLED),
                Arguments.of("", 429, Trouble.THROTTLED),
                Arguments.of("RequestLimitExceeded", 400, Trouble.THROTTLED),
                Arguments.of("InternalError", 500, Trouble.SERVER_ERROR),
                Arguments.of("InternalError", 200, Trouble.SERVER_ERROR),
                Arguments.of("RequestTimeout", 400, Trouble.SERVER_ERROR),
                Arguments.of("", 502, Trouble.SERVER_ERROR),
                Arguments.of("", 504, Trouble.SERVER_ERROR),
                Arguments.of("ConditionalRequestConflict", 409, Trouble.CONFLICT),
                Arguments.of("", 409, Trouble.CONFLICT));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("troubles")
    void tellsTroublesApartThatPass(String code, int status, Trouble trouble) {
        assertThat(S3Errors.translate(READ, error(code, status)))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        translated -> assertThat(translated.trouble()).isEqualTo(trouble));
    }

    private static S3Exception error(String code, int status) {
        SdkHttpResponse response = SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Retry-After", "3")
                .putHeader("x-amz-bucket-region", "eu-west-1")
                .build();
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.isEmpty() ? null : code)
                        .errorMessage("said the server\r\nERROR forged")
                        .sdkHttpResponse(response)
                        .build())
                .build();
    }

    @Test
    void saysVerbBucketAndKeyHarmlessly() {
        assertThat(S3Errors.translate(READ, error("AccessDenied", 403)))
                .hasMessage(
                        "read s3://photos/a\\u001Bb: AccessDenied (403): said the server\\u000D\\u000AERROR forged");
    }

    @Test
    void namesTheRightRegion() {
        assertThat(S3Errors.translate(READ, error("PermanentRedirect", 301))).hasMessageContaining("eu-west-1");
        assertThat(S3Errors.translate(Call.of("list", "photos"), error("", 301)))
                .hasMessageContaining("eu-west-1");
    }

    @Test
    void passesOnHowLongToWait() {
        assertThat(S3Errors.translate(READ, error("SlowDown", 503)).retryAfter())
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void takesAMissingBucketForItWhereNoKeyWasNamed() {
        assertThat(S3Errors.translate(Call.of("list", "photos"), error("", 404)))
                .isInstanceOf(BucketNotFoundException.class);
    }

    @Test
    void saysThatAHostIsUnknown() {
        Throwable unknown = SdkClientException.create("Unable to execute", new UnknownHostException("s3.nowhere"));

        assertThat(S3Errors.translate(READ, unknown)).hasMessageContaining("unknown host s3.nowhere");
    }

    @Test
    void callsWhatTheNetworkDidTransient() {
        for (Throwable cause : new Throwable[] {new IOException("reset"), new UnknownHostException("host")}) {
            assertThat(S3Errors.translate(READ, SdkClientException.create("Unable to execute", cause)))
                    .isInstanceOfSatisfying(
                            TransientStoreException.class,
                            translated -> assertThat(translated.trouble()).isEqualTo(Trouble.NETWORK));
        }
    }

    @Test
    void failsClosedOnACertificateItDoesNotTrust() {
        assertThat(S3Errors.translate(
                        READ, SdkClientException.create("Unable to execute", new SSLHandshakeException("PKIX"))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void keepsAFailureOfTheBodyAsItIs() {
        StaleObjectException stale = new StaleObjectException("the source changed");

        assertThat(S3Errors.translate(READ, SdkClientException.create("x", new IOException(stale))))
                .isSameAs(stale);
    }

    @Test
    void restoresTheFlagOfAnInterrupt() {
        StoreException translated = S3Errors.translate(READ, AbortedException.create("aborted"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(translated).isInstanceOf(TransientStoreException.class);
    }

    @Test
    void cutsWhatAServerSaysAtLength() {
        Refusal refusal = new Refusal(400, "Odd", "x".repeat(100_000), Optional.empty(), Optional.empty());

        assertThat(S3Errors.answered(READ, refusal, new IOException()))
                .message()
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SignatureDoesNotMatch", "RequestTimeTooSkewed"})
    void aRefusedSignatureIsTheSecretsFaultWhereTheWholeBucketWasAskedFor(String code) {
        Refusal refusal = new Refusal(403, code, "no", Optional.empty(), Optional.empty());

        assertThat(S3Errors.answered(Call.of("list", "photos"), refusal, new IOException()))
                .isInstanceOf(CredentialsException.class);
        assertThat(S3Errors.answered(READ, refusal, new IOException())).isInstanceOf(AccessDeniedException.class);
    }
}
