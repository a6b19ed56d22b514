package dev.replicator.testkit.gcs.api;

import java.io.EOFException;

/** A request's body that ended before its time, with what came of it. */
final class CutBody extends EOFException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never written
    private final byte[] arrived;

    CutBody(byte[] arrived) {
        super("the connection ended within a body");
        this.arrived = arrived.clone();
    }

    byte[] arrived() {
        return arrived.clone();
    }
}
