package dev.replicator.testkit.http;

import java.io.IOException;

/** Thrown while answering to end the connection in a given way, with whatever was sent so far. */
public final class ConnectionCut extends IOException {
    private static final long serialVersionUID = 1L;

    private final Ending ending;

    public ConnectionCut(Ending ending) {
        super("cut by " + ending);
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }
}
