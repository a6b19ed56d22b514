package dev.replicator.testkit.s3.log;

import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import java.util.List;

/**
 * A request as it was served. {@code status} is 0 when no answer was sent; {@code bytesIn} and {@code bytesOut} count
 * bodies, the latter as announced; {@code changedState} says that a change was applied, answered or not. The headers
 * of {@code call} are without credentials.
 */
public record LoggedRequest(
        long sequence,
        S3Call call,
        int status,
        String errorCode,
        long bytesIn,
        long bytesOut,
        boolean changedState,
        List<Fault> faults) {
    public LoggedRequest {
        faults = List.copyOf(faults);
    }

    public S3Operation operation() {
        return call.operation();
    }

    public String bucket() {
        return call.bucket();
    }

    public String key() {
        return call.key();
    }
}
