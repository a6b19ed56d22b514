package dev.replicator.gcs.wire;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.api.client.util.StreamingContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One request, sent once. Used by one thread. */
final class WireRequest extends LowLevelHttpRequest {
    private static final Timeout LEASE = Timeout.ofMinutes(1);

    private final CloseableHttpClient client;
    private final HttpUriRequestBase request;
    private final RequestConfig.Builder config =
            RequestConfig.custom().setConnectionRequestTimeout(LEASE).setExpectContinueEnabled(false);

    WireRequest(CloseableHttpClient client, String method, String url) throws IOException {
        this.client = client;
        try {
            request = new HttpUriRequestBase(method, new URI(url));
        } catch (URISyntaxException e) {
            throw new IOException("a request's address is no URL", e);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        request.addHeader(name, value);
    }

    /** Connecting has a limit of its own for the whole pool. */
    @Override
    public void setTimeout(int connectTimeout, int readTimeout) {
        config.setResponseTimeout(Timeout.ofMilliseconds(readTimeout));
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted before the request was sent");
        }
        StreamingContent content = getStreamingContent();
        if (content != null) {
            request.setEntity(new Content(content, getContentLength(), getContentType(), getContentEncoding()));
        }
        request.setConfig(config.build());
        return new WireResponse(request, client.executeOpen(null, request, null));
    }

    /** What is sent; written by its source, held by nobody. */
    private static final class Content extends AbstractHttpEntity {
        private final StreamingContent source;
        private final long length;

        Content(StreamingContent source, long length, @Nullable String type, @Nullable String encoding) {
            super(type, encoding, length < 0);
            this.source = source;
            this.length = length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            source.writeTo(out);
        }

        @Override
        public long getContentLength() {
            return length;
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("content is written, not read");
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public void close() {}
    }
}
