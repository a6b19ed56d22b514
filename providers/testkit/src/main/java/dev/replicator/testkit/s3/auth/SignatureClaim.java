package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request says about its own signature, in the Authorization header or (presigned) in the query. */
record SignatureClaim(
        Scope scope,
        List<String> signedHeaders,
        String signature,
        String timestamp,
        String payloadHash,
        Optional<String> sessionToken,
        Optional<Duration> lifetime) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    /** Who signed, for which day and region. */
    record Scope(String accessKey, String day, String region) {
        static Scope parse(String credential, ErrorCode whenMalformed) {
            String[] parts = credential.split("/", -1);
            if (parts.length != 5 || !parts[3].equals("s3") || !parts[4].equals("aws4_request")) {
                throw S3Refusal.of(
                        whenMalformed,
                        "The Credential is malformed; expecting" + " \"<YOUR-AKID>/YYYYMMDD/REGION/s3/aws4_request\".");
            }
            return new Scope(parts[0], parts[1], parts[2]);
        }

        String text() {
            return day + "/" + region + "/s3/aws4_request";
        }
    }

    static SignatureClaim ofHeader(HttpRequest request, String authorization) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT, "Unsupported Authorization Type");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : authorization.substring(ALGORITHM.length() + 1).split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals).trim(),
                        field.substring(equals + 1).trim());
            }
        }
        if (fields.size() != 3 || !fields.keySet().equals(Set.of("Credential", "SignedHeaders", "Signature"))) {
            throw S3Refusal.of(ErrorCode.AUTHORIZATION_HEADER_MALFORMED);
        }
        String payloadHash = request.headers()
                .first("x-amz-content-sha256")
                .orElseThrow(() -> S3Refusal.of(
                        ErrorCode.INVALID_REQUEST, "Missing required header for this request: x-amz-content-sha256"));
        return new SignatureClaim(
                Scope.parse(fields.getOrDefault("Credential", ""), ErrorCode.AUTHORIZATION_HEADER_MALFORMED),
                List.of(fields.getOrDefault("SignedHeaders", "").split(";", -1)),
                fields.getOrDefault("Signature", ""),
                request.headers().first("x-amz-date").orElse(""),
                payloadHash,
                request.headers().first("x-amz-security-token"),
                Optional.empty());
    }

    static SignatureClaim ofQuery(Query query) {
        if (!query.first("X-Amz-Algorithm").filter(ALGORITHM::equals).isPresent()) {
            throw S3Refusal.of(ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
        }
        String expires = required(query, "X-Amz-Expires");
        if (!expires.matches("[0-9]{1,6}") || Integer.parseInt(expires) > 604_800) {
            throw S3Refusal.of(
                    ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less"
                            + " than 604800 seconds");
        }
        return new SignatureClaim(
                Scope.parse(required(query, "X-Amz-Credential"), ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR),
                List.of(required(query, "X-Amz-SignedHeaders").split(";", -1)),
                required(query, "X-Amz-Signature"),
                required(query, "X-Amz-Date"),
                query.first("X-Amz-Content-Sha256").orElse("UNSIGNED-PAYLOAD"),
                query.first("X-Amz-Security-Token"),
                Optional.of(Duration.ofSeconds(Long.parseLong(expires))));
    }

    /** When the request was signed. */
    Instant signedAt() {
        try {
            Instant instant = LocalDateTime.parse(timestamp, BASIC).toInstant(ZoneOffset.UTC);
            if (timestamp.startsWith(scope.day())) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw noDate();
        }
        throw S3Refusal.of(
                ErrorCode.AUTHORIZATION_HEADER_MALFORMED, "The day of the credential is not the day of the request");
    }

    private static S3Refusal noDate() {
        return S3Refusal.of(ErrorCode.ACCESS_DENIED, "AWS authentication requires a valid Date or x-amz-date header");
    }

    private static String required(Query query, String name) {
        return query.first(name)
                .orElseThrow(() -> S3Refusal.of(
                        ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
                        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                                + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."));
    }
}
