package dev.replicator.testkit.http;

/** How a connection is ended by the server. */
public enum Ending {
    /** An orderly close: the client reads end of stream. */
    FIN,
    /** A reset: the client's next read fails. */
    RST
}
