package dev.replicator.server.http;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Connections of clients. */
public final class Connections {
    private Connections() {}

    /** Ends the one that a request came by, whoever reads from it or writes to it: that fails. Waits for nothing. */
    public static void end(HttpServletRequest request) {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
