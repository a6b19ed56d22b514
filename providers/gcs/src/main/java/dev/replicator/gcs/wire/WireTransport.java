package dev.replicator.gcs.wire;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * One pool of connections. Sends each request once, follows no redirect and leaves bodies as they travel; proxies and
 * trust stores are those of the system properties. Thread-safe.
 */
public final class WireTransport extends HttpTransport implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 512;
    private static final int CONNECT_SECONDS = 10;
    /** The service closes idle connections after some minutes; a request on such a one would fail. */
    private static final int LIFE_MINUTES = 3;

    private static final int VALIDATE_MILLIS = 1_000;

    private final CloseableHttpClient client;
    private volatile boolean closed;

    /** Sends nothing. */
    public WireTransport() {
        ConnectionConfig connections = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.ofSeconds(CONNECT_SECONDS))
                .setTimeToLive(TimeValue.of(LIFE_MINUTES, TimeUnit.MINUTES))
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(VALIDATE_MILLIS))
                .build();
        PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                .useSystemProperties()
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(connections)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .build();
        client = HttpClients.custom()
                .useSystemProperties()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return new WireRequest(client, method, url);
    }

    @Override
    public void shutdown() throws IOException {
        closed = true;
        client.close();
    }

    @Override
    public void close() throws IOException {
        shutdown();
    }
}
