package dev.replicator.infra.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.S3Operation;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The denials of a bucket's policy, as S3 would apply them to requests ("Enforce conditional writes on Amazon S3 buckets",
 * "Enforce conditional deletes"): only the actions and condition keys that the modules use are known here.
 */
record BucketRules(AwsPolicy policy) {
    private static final Set<S3Operation> MAKING =
            EnumSet.of(S3Operation.PUT_OBJECT, S3Operation.COPY_OBJECT, S3Operation.COMPLETE_MULTIPART_UPLOAD);
    private static final Set<S3Operation> PARTS =
            EnumSet.of(S3Operation.CREATE_MULTIPART_UPLOAD, S3Operation.UPLOAD_PART, S3Operation.UPLOAD_PART_COPY);

    /** Whether a request of a conditional writer, over TLS, is refused. */
    boolean denies(LoggedRequest request) {
        return policy.statements("Deny").stream().anyMatch(statement -> denies(statement, request));
    }

    private static boolean denies(JsonNode statement, LoggedRequest request) {
        if (!statement
                .path("Condition")
                .path("Bool")
                .path("aws:SecureTransport")
                .isMissingNode()) {
            return false;
        }
        return isOf(statement.path("Action").asText(), request)
                && !isUnder(statement.path("NotResource").asText(), request)
                && areAllNull(
                        statement.path("Condition").path("Null"), request.call().headers())
                && makes(statement.path("Condition").path("Bool"), request);
    }

    private static boolean isOf(String action, LoggedRequest request) {
        return switch (action) {
            case "s3:PutObject" -> MAKING.contains(request.operation()) || PARTS.contains(request.operation());
            case "s3:DeleteObject" -> request.operation() == S3Operation.DELETE_OBJECT && !namesAVersion(request);
            case "s3:DeleteObjectVersion" -> request.operation() == S3Operation.DELETE_OBJECT && namesAVersion(request);
            default -> throw new AssertionError("unknown here: " + action);
        };
    }

    private static boolean namesAVersion(LoggedRequest request) {
        return request.call().query().containsKey("versionId");
    }

    private static boolean isUnder(String pattern, LoggedRequest request) {
        String resource = "arn:aws:s3:::" + request.bucket() + "/" + request.key();
        return pattern.endsWith("*") && resource.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static boolean areAllNull(JsonNode keys, Map<String, String> headers) {
        boolean[] all = {true};
        keys.fieldNames().forEachRemaining(key -> {
            if (!key.startsWith("s3:if-") || !keys.path(key).asText().equals("true")) {
                throw new AssertionError("unknown here: " + key);
            }
            all[0] &= !headers.containsKey(key.substring("s3:".length()));
        });
        return all[0];
    }

    private static boolean makes(JsonNode bool, LoggedRequest request) {
        return bool.isMissingNode()
                || bool.path("s3:ObjectCreationOperation").asText().equals("true")
                        && MAKING.contains(request.operation());
    }
}
