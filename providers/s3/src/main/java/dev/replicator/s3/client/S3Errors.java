package dev.replicator.s3.client;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Displays;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.InvalidRequestException.Why;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Translates the SDK's failures and S3's answers into the store's, by error code first and by status where there is no
 * code (an answer to a HEAD has no body; S3 also sends errors with status 200).
 *
 * <p>Codes are those of the S3 API reference, "Error responses", and of compatible servers.
 */
public final class S3Errors {
    private static final int SHOWN = 300;
    private static final int MAX_CAUSES = 20;
    /** How S3 says that an object can only be read with the key its owner encrypted it with (SSE-C). */
    private static final String CUSTOMER_KEY_NEEDED = "stored using a form of Server Side Encryption";

    private S3Errors() {}

    /** What {@code error}, thrown by a client while it tried {@code call}, means. */
    public static StoreException translate(Call call, Throwable error) {
        List<Throwable> causes = causes(error);
        for (Throwable cause : causes) {
            if (cause instanceof StoreException already) {
                return already;
            }
        }
        for (Throwable cause : causes) {
            Optional<StoreException> known = known(call, cause, error);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return unanswered(call, error);
    }

    /** The error and what caused it, outermost first. */
    private static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static Optional<StoreException> known(Call call, Throwable cause, Throwable error) {
        if (cause instanceof AwsServiceException answer) {
            return Optional.of(answered(call, refusal(answer), error));
        }
        if (cause instanceof AbortedException || cause instanceof InterruptedException) {
            return Optional.of(interrupted(call, error));
        }
        if (cause instanceof SSLHandshakeException) {
            return Optional.of(new InvalidRequestException(
                    call + ": the server's certificate is not trusted: " + shown(cause), error));
        }
        if (cause instanceof IOException) {
            return Optional.of(
                    new TransientStoreException(Trouble.NETWORK, call + ": " + shown(cause), Optional.empty(), error));
        }
        return Optional.empty();
    }

    private static StoreException unanswered(Call call, Throwable error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("different checksum")) {
            return new CorruptObjectException(call + ": the bytes are not those of the object's checksum", error);
        }
        if (error instanceof IllegalArgumentException) {
            return new InvalidRequestException(call + ": " + shown(error), error);
        }
        return new TransientStoreException(Trouble.NETWORK, call + ": " + shown(error), Optional.empty(), error);
    }

    /** Whether a client had sent the request before, so that it may have met its own work. */
    public static boolean isOfRepeat(StoreException error) {
        return causes(error).stream()
                .filter(SdkServiceException.class::isInstance)
                .map(cause -> ((SdkServiceException) cause).numAttempts())
                .anyMatch(attempts -> attempts != null && attempts > 1);
    }

    /** Whether the server refused because it has no ACLs, or they are off in this bucket; a 403 is none of that. */
    public static boolean isWithoutAcls(StoreException error) {
        return causes(error).stream()
                .filter(AwsServiceException.class::isInstance)
                .map(cause -> refusal((AwsServiceException) cause))
                .anyMatch(refusal -> refusal.status() == 501
                        || refusal.status() == 405
                        || refusal.code().equals("AccessControlListNotSupported"));
    }

    /** An interrupt ended {@code call}; sets the thread's flag again. */
    public static StoreException interrupted(Call call, Throwable error) {
        Thread.currentThread().interrupt();
        return new TransientStoreException(Trouble.NETWORK, call + ": interrupted", Optional.empty(), error);
    }

    private static Refusal refusal(AwsServiceException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        if (details == null) {
            return new Refusal(error.statusCode(), "", "", Optional.empty(), Optional.empty());
        }
        SdkHttpResponse response = details.sdkHttpResponse();
        return new Refusal(
                error.statusCode(),
                Optional.ofNullable(details.errorCode()).orElse(""),
                Optional.ofNullable(details.errorMessage()).orElse(""),
                Optional.ofNullable(response).flatMap(Refusal::retryAfter),
                Optional.ofNullable(response).flatMap(known -> known.firstMatchingHeader("x-amz-bucket-region")));
    }

    /** What an answer that is an error means. */
    public static StoreException answered(Call call, Refusal refusal, Throwable cause) {
        String message = call + ": " + words(refusal);
        return switch (refusal.code()) {
            case "NoSuchBucket" -> new BucketNotFoundException(message, cause);
            case "NoSuchKey", "NoSuchVersion" -> new ObjectNotFoundException(message, cause);
            case "PreconditionFailed", "InvalidRange" -> new StaleObjectException(message, cause);
            case "ConditionalRequestConflict", "OperationAborted", "NoSuchUpload" ->
                new TransientStoreException(Trouble.CONFLICT, message, refusal.retryAfter(), cause);
            case "ExpiredToken",
                    "ExpiredTokenException",
                    "TokenRefreshRequired",
                    "InvalidToken",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "InvalidSecurity",
                    "NotSignedUp",
                    "UnrecognizedClientException" -> new CredentialsException(message, cause);
            case "SignatureDoesNotMatch" -> unsigned(call, message, cause);
            case "RequestTimeTooSkewed" ->
                unsigned(
                        call,
                        message + "; this machine's clock and the store's differ by over 15 minutes: set it right",
                        cause);
            case "AccessDenied", "AccessDeniedException", "AllAccessDisabled", "AccountProblem" ->
                new AccessDeniedException(message, cause);
            case "SlowDown",
                    "ServiceUnavailable",
                    "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "TooManyRequests",
                    "TooManyRequestsException",
                    "BandwidthLimitExceeded" ->
                new TransientStoreException(Trouble.THROTTLED, message, refusal.retryAfter(), cause);
            case "InternalError", "RequestTimeout", "RequestTimeoutException", "IncompleteBody" ->
                new TransientStoreException(Trouble.SERVER_ERROR, message, refusal.retryAfter(), cause);
            case "BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch" ->
                new CorruptObjectException(message, cause);
            case "InvalidObjectState" ->
                new InvalidRequestException(
                        Why.ARCHIVED,
                        message + "; the object is archived and must be restored before it can be read",
                        cause);
            case "EntityTooLarge" -> new InvalidRequestException(Why.TOO_LARGE, message, cause);
            case "KeyTooLongError", "KeyTooLong" -> new InvalidRequestException(Why.UNSAFE_KEY, message, cause);
            case "QuotaExceeded",
                    "QuotaExceededException",
                    "StorageFull",
                    "InsufficientCapacity",
                    "XMinioStorageFull",
                    "XMinioAdminBucketQuotaExceeded" -> new NoSpaceException(message, cause);
            case "NotImplemented" ->
                new InvalidRequestException(
                        message + "; the server lacks something this request asks for: declare what it can do in the"
                                + " store's capabilities",
                        cause);
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "Redirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" -> wrongRegion(message, refusal, cause);
            default -> byStatus(call, message, refusal, cause);
        };
    }

    /**
     * A signature that is refused. A wrong secret or clock shows at the bucket's listing and ends the run; where that went
     * well, it is this object's own trouble: a key that something on the way respells, a request that was held up.
     */
    private static StoreException unsigned(Call call, String message, Throwable cause) {
        return call.key().isPresent()
                ? new AccessDeniedException(message, cause)
                : new CredentialsException(message, cause);
    }

    private static StoreException byStatus(Call call, String message, Refusal refusal, Throwable cause) {
        int status = refusal.status();
        if (status == 400 && refusal.message().contains(CUSTOMER_KEY_NEEDED)) {
            return new InvalidRequestException(Why.CUSTOMER_KEY, message, cause);
        }
        return switch (status) {
            case 301, 307, 308 -> wrongRegion(message, refusal, cause);
            case 401 -> new CredentialsException(message, cause);
            case 403 -> new AccessDeniedException(message, cause);
            case 404 ->
                call.key().isPresent()
                        ? new ObjectNotFoundException(message, cause)
                        : new BucketNotFoundException(message, cause);
            case 408 -> new TransientStoreException(Trouble.SERVER_ERROR, message, refusal.retryAfter(), cause);
            case 409 -> new TransientStoreException(Trouble.CONFLICT, message, refusal.retryAfter(), cause);
            case 412, 416 -> new StaleObjectException(message, cause);
            case 429, 503 -> new TransientStoreException(Trouble.THROTTLED, message, refusal.retryAfter(), cause);
            case 501 -> new InvalidRequestException(message, cause);
            case 507 -> new NoSpaceException(message, cause);
            default ->
                status >= 500
                        ? new TransientStoreException(Trouble.SERVER_ERROR, message, refusal.retryAfter(), cause)
                        : new InvalidRequestException(message, cause);
        };
    }

    private static StoreException wrongRegion(String message, Refusal refusal, Throwable cause) {
        String hint = refusal.region()
                .map(region ->
                        "; the bucket is in region " + Displays.escaped(region) + ": set the store's region to it")
                .orElse("; the bucket is in another region or behind another endpoint");
        return new InvalidRequestException(message + hint, cause);
    }

    private static String words(Refusal refusal) {
        String code = refusal.code().isEmpty() ? "" : Displays.escaped(cut(refusal.code())) + " ";
        String said = refusal.message().isEmpty() ? "" : ": " + Displays.escaped(cut(refusal.message()));
        return code + "(" + refusal.status() + ")" + said;
    }

    private static String shown(Throwable error) {
        String message = error.getMessage();
        String unknown = error instanceof UnknownHostException ? "unknown host " : "";
        return Displays.escaped(
                cut(unknown + (message == null ? error.getClass().getSimpleName() : message)));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
