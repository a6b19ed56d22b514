package dev.replicator.server.http;

import io.javalin.config.JettyConfig;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;

/**
 * How the port behaves: small requests only, whole before a thread takes them. A client that sends its request byte by byte
 * holds a connection, never a thread, and one that stops is let go.
 */
public final class Listening {
    /** Of a body, in bytes. */
    public static final int LARGEST_BODY = 64 * 1024;

    static final int LARGEST_HEADERS = 16 * 1024;
    static final int MOST_CONNECTIONS = 4_000;
    static final Duration IDLE = Duration.ofSeconds(30);
    private static final int BACKLOG = 512;

    private Listening() {}

    /** Makes the port so. */
    public static void configure(JettyConfig jetty, BasePath base) {
        jetty.modifyHttpConfiguration(Listening::configure);
        jetty.modifyServer(server -> configure(server, base));
        jetty.modifyServletContextHandler(context -> context.setErrorHandler(new BareErrors()));
    }

    private static void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(LARGEST_HEADERS);
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setHttpCompliance(HttpCompliance.RFC7230);
    }

    private static void configure(Server server, BasePath base) {
        BasePathHandler outer = new BasePathHandler(base);
        outer.setHandler(new EagerContentHandler(
                new EagerContentHandler.RetainedContentLoaderFactory(LARGEST_BODY + 1024L, 16, true)));
        server.setHandler(outer);
        server.setErrorHandler(new BareErrors());
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    }

    /** A connector as this server wants it. */
    public static ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
        ServerConnector connector =
                new ServerConnector(server, new org.eclipse.jetty.server.HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        return connector;
    }
}
