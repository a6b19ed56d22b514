package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.json.FieldsMask;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.http.Query;
import dev.replicator.testkit.wire.FaultPlan;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that was let in.
 *
 * @param body after the transfer's encoding was undone
 * @param mask of the answer
 * @param base the server's address as the client wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares requests
public record GcsRequest(Route route, Headers headers, byte[] body, FieldsMask mask, FaultPlan plan, String base) {
    public GcsOperation operation() {
        return route.operation();
    }

    public String bucket() {
        return route.bucket();
    }

    public String name() {
        return route.name();
    }

    public Query query() {
        return route.query();
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** A parameter that must be a whole number from 0. */
    public OptionalLong number(String parameter) {
        Optional<String> text = query().first(parameter);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw GcsRefusal.ofParameter(Reason.INVALID_PARAMETER, "Invalid value '" + text.get() + "'.", parameter);
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /** A parameter that is true or false, the latter when it is absent. */
    public boolean flag(String parameter) {
        return query().first(parameter).filter("true"::equals).isPresent();
    }
}
