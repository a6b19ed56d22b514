package dev.replicator.testkit.http;

import java.io.IOException;

/** Bytes that are no HTTP/1.1 request, or one beyond the server's limits. */
public final class MalformedRequest extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedRequest(String message) {
        super(message);
    }
}
