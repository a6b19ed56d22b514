package dev.replicator.gcs.client;

import com.google.api.client.http.HttpResponseException;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.Displays;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.InvalidRequestException.Why;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Translates the client's failures and the service's answers into the store's.
 *
 * <table>
 * <caption>Answers (Cloud Storage JSON API, "HTTP status and error codes"), the first row that fits</caption>
 * <tr><td>400 whose words say that a checksum "doesn't match"</td><td>corrupt</td></tr>
 * <tr><td>400 {@code userProjectMissing}, and others about the project that pays</td><td>invalid, with what to set</td></tr>
 * <tr><td>400 {@code resourceIsEncryptedWithCustomerEncryptionKey} and kin, or in words where bytes were asked for</td>
 * <td>invalid, a customer's key</td></tr>
 * <tr><td>400 about an object's name</td><td>invalid, unsafe key</td></tr>
 * <tr><td>400 about an ACL under uniform bucket-level access</td><td>invalid, with what to leave out</td></tr>
 * <tr><td>401</td><td>credentials</td></tr>
 * <tr><td>403 {@code rateLimitExceeded}, {@code userRateLimitExceeded}, {@code quotaExceeded}, {@code dailyLimitExceeded}
 * </td><td>transient, throttled</td></tr>
 * <tr><td>403 {@code accountDisabled}, {@code accessNotConfigured}, billing</td><td>denied, with what to look at</td></tr>
 * <tr><td>403</td><td>denied</td></tr>
 * <tr><td>404 that speaks of the bucket, or answers a call without key</td><td>bucket not found</td></tr>
 * <tr><td>404</td><td>object not found</td></tr>
 * <tr><td>408, 5xx, an error within a success</td><td>transient, a server error: a write may have happened</td></tr>
 * <tr><td>409</td><td>transient, a conflict</td></tr>
 * <tr><td>412 {@code orgPolicyConstraintFailed}</td><td>denied</td></tr>
 * <tr><td>412, 416</td><td>stale</td></tr>
 * <tr><td>413, 400 {@code uploadTooLarge}</td><td>invalid, too large</td></tr>
 * <tr><td>429</td><td>transient, throttled</td></tr>
 * <tr><td>501</td><td>invalid, with what to declare</td></tr>
 * <tr><td>any other</td><td>invalid</td></tr>
 * </table>
 *
 * <p>A 503 is a server error too, not throttling: the service's retry strategy leaves open what became of the request.
 */
public final class GcsErrors {
    /** How the service says that it lacks the object and not its bucket. */
    static final String NO_OBJECT = "No such object";

    private static final int SHOWN = 300;
    private static final int MAX_CAUSES = 20;

    private GcsErrors() {}

    /** What {@code error}, thrown by the client while it tried {@code call}, means. */
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
        return new TransientStoreException(Trouble.SERVER_ERROR, call + ": " + shown(error), Optional.empty(), error);
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
        if (cause instanceof HttpResponseException answer) {
            return Optional.of(answered(call, Refusal.of(answer), error));
        }
        boolean timeout = cause instanceof SocketTimeoutException;
        if (cause instanceof InterruptedException || (cause instanceof InterruptedIOException && !timeout)) {
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

    /** An interrupt ended {@code call}; sets the thread's flag again. */
    public static StoreException interrupted(Call call, Throwable error) {
        Thread.currentThread().interrupt();
        return new TransientStoreException(Trouble.NETWORK, call + ": interrupted", Optional.empty(), error);
    }

    /** What an answer that is an error means. */
    public static StoreException answered(Call call, Refusal refusal, Throwable cause) {
        String message = call + ": " + words(refusal);
        return switch (refusal.status()) {
            case 400 -> invalid(message, refusal, cause);
            case 401 -> new CredentialsException(message, cause);
            case 403 -> forbidden(message, refusal, cause);
            case 404 ->
                isAboutTheBucket(call, refusal)
                        ? new BucketNotFoundException(call + ": the bucket is not there: " + words(refusal), cause)
                        : new ObjectNotFoundException(message, cause);
            case 409 -> new TransientStoreException(Trouble.CONFLICT, message, refusal.retryAfter(), cause);
            case 412 ->
                refusal.reason().equals("orgPolicyConstraintFailed")
                        ? new AccessDeniedException(message, cause)
                        : new StaleObjectException(message, cause);
            case 413 -> new InvalidRequestException(Why.TOO_LARGE, message, cause);
            case 416 -> new StaleObjectException(message, cause);
            case 429 -> new TransientStoreException(Trouble.THROTTLED, message, refusal.retryAfter(), cause);
            case 501 ->
                new InvalidRequestException(
                        message + "; the server lacks something this request asks for: declare what it can do in the"
                                + " store's capabilities",
                        cause);
            default ->
                refusal.status() == 408 || refusal.status() >= 500 || refusal.status() < 300
                        ? new TransientStoreException(Trouble.SERVER_ERROR, message, refusal.retryAfter(), cause)
                        : new InvalidRequestException(message, cause);
        };
    }

    private static StoreException invalid(String message, Refusal refusal, Throwable cause) {
        String reason = refusal.reason();
        String said = refusal.message().toLowerCase(Locale.ROOT);
        if (said.contains("doesn't match") && (said.contains("crc32c") || said.contains("md5"))) {
            return new CorruptObjectException(message, cause);
        }
        if (reason.startsWith("userProject") || said.contains("requester pays")) {
            return new InvalidRequestException(
                    message + "; the bucket's requester pays: set the store's requester-pays and project", cause);
        }
        if (reason.toLowerCase(Locale.ROOT).contains("customerencryptionkey")
                || said.contains("customer-supplied encryption key")) {
            return new InvalidRequestException(Why.CUSTOMER_KEY, message, cause);
        }
        if (reason.equals("uploadTooLarge") || said.contains("too large")) {
            return new InvalidRequestException(Why.TOO_LARGE, message, cause);
        }
        if (said.contains("object name") || said.contains("object id")) {
            return new InvalidRequestException(Why.UNSAFE_KEY, message, cause);
        }
        if (said.contains("uniform bucket-level access")) {
            return new InvalidRequestException(
                    message + "; leave out the store's acl: this bucket's access is uniform", cause);
        }
        return new InvalidRequestException(message, cause);
    }

    private static StoreException forbidden(String message, Refusal refusal, Throwable cause) {
        return switch (refusal.reason()) {
            case "rateLimitExceeded",
                    "userRateLimitExceeded",
                    "quotaExceeded",
                    "dailyLimitExceeded",
                    "variableTermLimitExceeded" ->
                new TransientStoreException(Trouble.THROTTLED, message, refusal.retryAfter(), cause);
            case "accountDisabled", "UserProjectAccountProblem" ->
                new AccessDeniedException(message + "; look at the billing account of the bucket's project", cause);
            case "accessNotConfigured", "UserProjectAccessDenied" ->
                new AccessDeniedException(
                        message + "; is this the right project, with Cloud Storage and its billing enabled?", cause);
            default -> new AccessDeniedException(message, cause);
        };
    }

    private static boolean isAboutTheBucket(Call call, Refusal refusal) {
        String said = refusal.message().toLowerCase(Locale.ROOT);
        return call.key().isEmpty() || said.contains("bucket does not exist") || said.contains("bucket not found");
    }

    private static String words(Refusal refusal) {
        String reason = refusal.reason().isEmpty() ? "" : Displays.escaped(cut(refusal.reason())) + " ";
        String said = refusal.message().isEmpty() ? "" : ": " + Displays.escaped(cut(refusal.message()));
        return reason + "(" + refusal.status() + ")" + said;
    }

    static String shown(Throwable error) {
        String message = error.getMessage();
        String unknown = error instanceof UnknownHostException ? "unknown host " : "";
        return Displays.escaped(
                cut(unknown + (message == null ? error.getClass().getSimpleName() : message)));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
