package dev.replicator.testkit.gcs.log;

import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.log.Logged;
import dev.replicator.testkit.log.Outcome;
import dev.replicator.testkit.wire.WireFault;
import java.util.List;

/** A request as it was served; the headers of {@code call} are without credentials. */
public record LoggedRequest(long sequence, GcsCall call, Outcome outcome, List<WireFault> faults)
        implements Logged<GcsOperation> {
    public LoggedRequest {
        call = call.loggable();
        faults = List.copyOf(faults);
    }

    @Override
    public GcsOperation operation() {
        return call.operation();
    }

    @Override
    public boolean mutating() {
        return call.operation().mutates();
    }

    public String bucket() {
        return call.bucket();
    }

    /** The object's name. */
    public String key() {
        return call.key();
    }

    /** 0 when no answer was sent. */
    public int status() {
        return outcome.status();
    }

    /** The {@code reason} of an error, else empty. */
    public String reason() {
        return outcome.errorCode();
    }

    /** Bytes of the request's body. */
    public long bytesIn() {
        return outcome.bytesIn();
    }

    /** Bytes of the answer's body, as announced. */
    public long bytesOut() {
        return outcome.bytesOut();
    }

    /** Whether a change was applied, answered or not. */
    public boolean changedState() {
        return outcome.changedState();
    }
}
