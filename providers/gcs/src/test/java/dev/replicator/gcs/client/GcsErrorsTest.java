package dev.replicator.gcs.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpHeaders;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.InvalidRequestException.Why;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GcsErrorsTest {
    private static final Call READ = Call.of("read", "photos", ObjectKey.of("a\u001Bb"));

    private static StoreException answered(int status, String reason, String message) {
        String json = "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"errors\":[{\"reason\":\""
                + reason + "\",\"message\":\"" + message + "\"}]}}";
        return GcsErrors.answered(READ, Refusal.of(status, json, new HttpHeaders()), new IOException("status"));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(400, "invalid", "whatever", InvalidRequestException.class),
                Arguments.of(
                        400,
                        "invalid",
                        "Provided CRC32C \\\"AAAAAA==\\\" doesn't match calculated CRC32C \\\"xyz\\\".",
                        CorruptObjectException.class),
                Arguments.of(401, "authError", "Invalid Credentials", CredentialsException.class),
                Arguments.of(403, "forbidden", "no access", AccessDeniedException.class),
                Arguments.of(403, "accountDisabled", "billing", AccessDeniedException.class),
                Arguments.of(403, "retentionPolicyNotMet", "kept", AccessDeniedException.class),
                Arguments.of(404, "notFound", "No such object: photos/a", ObjectNotFoundException.class),
                Arguments.of(404, "notFound", "The specified bucket does not exist.", BucketNotFoundException.class),
                Arguments.of(405, "methodNotAllowed", "no", InvalidRequestException.class),
                Arguments.of(412, "conditionNotMet", "changed", StaleObjectException.class),
                Arguments.of(412, "orgPolicyConstraintFailed", "policy", AccessDeniedException.class),
                Arguments.of(413, "uploadTooLarge", "large", InvalidRequestException.class),
                Arguments.of(416, "requestedRangeNotSatisfiable", "range", StaleObjectException.class),
                Arguments.of(501, "notImplemented", "no", InvalidRequestException.class),
                Arguments.of(301, "", "moved", InvalidRequestException.class));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("answers")
    void translatesAnswers(int status, String reason, String message, Class<? extends StoreException> kind) {
        assertThat(answered(status, reason, message)).isExactlyInstanceOf(kind);
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(403, "rateLimitExceeded", Trouble.THROTTLED),
                Arguments.of(403, "userRateLimitExceeded", Trouble.THROTTLED),
                Arguments.of(403, "quotaExceeded", Trouble.THROTTLED),
                Arguments.of(429, "rateLimitExceeded", Trouble.THROTTLED),
                Arguments.of(408, "requestTimeout", Trouble.SERVER_ERROR),
                Arguments.of(409, "conflict", Trouble.CONFLICT),
                Arguments.of(500, "internalError", Trouble.SERVER_ERROR),
                Arguments.of(502, "badGateway", Trouble.SERVER_ERROR),
                Arguments.of(503, "backendError", Trouble.SERVER_ERROR),
                Arguments.of(504, "gatewayTimeout", Trouble.SERVER_ERROR));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("troubles")
    void saysWhatKindOfTroubleIsWorthARetry(int status, String reason, Trouble trouble) {
        assertThat(answered(status, reason, "later"))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.trouble()).isEqualTo(trouble));
    }

    /** Emulators say no more than "Not Found". */
    @Test
    void saysThatItIsTheBucketThatIsMissing() {
        assertThat(GcsErrors.answered(
                        Call.of("list", "photos"),
                        new Refusal(404, "notFound", "Not Found", Optional.empty()),
                        new IOException()))
                .isExactlyInstanceOf(BucketNotFoundException.class)
                .hasMessageContaining("list gs://photos: the bucket is not there");
    }

    @Test
    void saysWhatToSetWhereTheRequesterPays() {
        assertThat(answered(400, "userProjectMissing", "Bucket is requester pays"))
                .hasMessageContaining("requester-pays and project");
        assertThat(answered(400, "required", "Bucket is a requester pays bucket but no user project provided."))
                .hasMessageContaining("requester-pays and project");
    }

    @Test
    void tellsCustomersKeysNamesAndSizesApart() {
        assertThat(why(answered(400, "resourceIsEncryptedWithCustomerEncryptionKey", "key")))
                .isEqualTo(Why.CUSTOMER_KEY);
        assertThat(why(answered(400, "", "The target object is encrypted by a customer-supplied encryption key.")))
                .isEqualTo(Why.CUSTOMER_KEY);
        assertThat(why(answered(400, "invalid", "The object name is too long: a maximum of 1024 bytes")))
                .isEqualTo(Why.UNSAFE_KEY);
        assertThat(why(answered(413, "uploadTooLarge", "large"))).isEqualTo(Why.TOO_LARGE);
        assertThat(why(answered(400, "invalid", "else"))).isEqualTo(Why.OTHER);
    }

    private static Why why(StoreException e) {
        return ((InvalidRequestException) e).why();
    }

    @Test
    void readsPlainTextAndForeignDocuments() {
        assertThat(Refusal.of(404, "No such object: photos/a", null).message()).isEqualTo("No such object: photos/a");
        assertThat(Refusal.of(502, "<html><title>Bad Gateway</title></html>", null)
                        .message())
                .isEmpty();
        assertThat(Refusal.of(500, "{\"error\":", null).status()).isEqualTo(500);
        assertThat(Refusal.of(500, "{\"error\":\"text\"}", null).reason()).isEmpty();
        assertThat(Refusal.of(200, "{\"error\":{\"code\":412,\"message\":\"m\"}}", null)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void readsHowLongToWait() {
        HttpHeaders headers = new HttpHeaders();
        headers.setRetryAfter("12");
        assertThat(Refusal.of(429, "", headers).retryAfter()).contains(Duration.ofSeconds(12));
        headers.setRetryAfter("tomorrow");
        assertThat(Refusal.of(429, "", headers).retryAfter()).isEmpty();
    }

    @Test
    void keepsOurOwnFailuresWhereverTheyStand() {
        StaleObjectException stale = new StaleObjectException("the source");

        assertThat(GcsErrors.translate(READ, new IOException("while writing", new RuntimeException(stale))))
                .isSameAs(stale);
    }

    @Test
    void saysThatAHostIsUnknown() {
        assertThat(GcsErrors.translate(READ, new UnknownHostException("gcs.nowhere")))
                .hasMessageContaining("unknown host gcs.nowhere");
    }

    @Test
    void callsTroubleOfTheNetworkTransient() {
        for (Exception trouble : new Exception[] {
            new UnknownHostException("storage.googleapis.com"),
            new SocketTimeoutException("Read timed out"),
            new UncheckedIOException(new IOException("reset"))
        }) {
            assertThat(GcsErrors.translate(READ, trouble))
                    .isInstanceOfSatisfying(
                            TransientStoreException.class,
                            e -> assertThat(e.trouble()).isEqualTo(Trouble.NETWORK));
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void keepsTheFlagOfAnInterrupt() {
        StoreException failure = GcsErrors.translate(READ, new InterruptedIOException("stop"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(TransientStoreException.class).hasMessageContaining("interrupted");
    }

    @Test
    void doesNotRetryAnUntrustedCertificate() {
        assertThat(GcsErrors.translate(READ, new SSLHandshakeException("PKIX")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void namesWhatWasTriedHarmlessly() {
        StoreException failure = answered(403, "forbidden", "no\\u001b[31m");

        assertThat(failure).hasMessageStartingWith("read gs://photos/").hasMessageContaining("forbidden (403)");
        assertThat(String.valueOf(failure.getMessage())).doesNotContain("\u001B");
        assertThat(String.valueOf(answered(400, "invalid", "x".repeat(10_000)).getMessage()))
                .hasSizeLessThan(500);
    }
}
