package dev.replicator.testkit.s3.log;

import dev.replicator.testkit.log.Logged;
import dev.replicator.testkit.log.Outcome;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.wire.WireFault;
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
        List<WireFault> faults)
        implements Logged<S3Operation> {
    public LoggedRequest {
        faults = List.copyOf(faults);
    }

    /** Of a call, whose headers are kept without credentials. */
    public static LoggedRequest of(long sequence, S3Call call, Outcome outcome, List<WireFault> faults) {
        S3Call kept = new S3Call(
                call.operation(), call.method(), call.bucket(), call.key(), call.query(), call.loggableHeaders());
        return new LoggedRequest(
                sequence,
                kept,
                outcome.status(),
                outcome.errorCode(),
                outcome.bytesIn(),
                outcome.bytesOut(),
                outcome.changedState(),
                faults);
    }

    @Override
    public S3Operation operation() {
        return call.operation();
    }

    @Override
    public boolean mutating() {
        return call.operation().mutates();
    }

    public String bucket() {
        return call.bucket();
    }

    public String key() {
        return call.key();
    }
}
