package dev.replicator.testkit.wire;

import dev.replicator.testkit.http.Pause;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The faults of one request, asked for by kind at the moment each belongs to. */
public record FaultPlan(List<WireFault> faults) {
    public static final FaultPlan NONE = new FaultPlan(List.of());

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /** The first fault of a kind. */
    public <F extends WireFault> Optional<F> first(Class<F> kind) {
        return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Wraps the stream that a body is sent through in the faults that befall bodies. */
    public OutputStream tamper(OutputStream out, Pause pause) {
        OutputStream tampered = out;
        for (WireFault fault : faults) {
            tampered = TamperedOutput.wrap(fault, tampered, pause);
        }
        return tampered;
    }
}
