package dev.replicator.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never becomes a request of the API, because it is malformed, too large or ambiguous: with a problem
 * document, which says nothing of what the client sent or what the server is made of. The connection ends with it, and the
 * client is told so, or it would send its next request there in vain.
 */
final class BareErrors extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        response.setStatus(status);
        SecurityHeaders.ALWAYS.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders()
                .put("Content-Security-Policy", SecurityHeaders.NO_PAGE)
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                .put(HttpHeader.CONNECTION, "close")
                .put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        byte[] body = BareProblem.of(status).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }
}
