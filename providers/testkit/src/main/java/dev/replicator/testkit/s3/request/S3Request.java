package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.s3.auth.ReceivedBody;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.S3Refusal;
import dev.replicator.testkit.wire.FaultPlan;
import java.util.Optional;

/** An admitted request with its whole body, and the faults that the operation itself has to know of. */
public record S3Request(Route route, Headers headers, ReceivedBody body, FaultPlan plan) {
    public S3Operation operation() {
        return route.operation();
    }

    public String bucket() {
        return route.bucket();
    }

    public String key() {
        return route.key();
    }

    public Query query() {
        return route.query();
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The version asked for. */
    public Optional<String> versionId() {
        Optional<String> id = query().first("versionId");
        if (id.filter(String::isEmpty).isPresent()) {
            throw S3Refusal.of(ErrorCode.INVALID_ARGUMENT, "Version id cannot be the empty string");
        }
        return id;
    }

    public String requiredQuery(String name) {
        return query().first(name)
                .orElseThrow(() -> S3Refusal.of(ErrorCode.INVALID_ARGUMENT).with("ArgumentName", name));
    }
}
