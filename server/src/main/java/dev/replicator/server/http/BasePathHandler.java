package dev.replicator.server.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes the base path off, and sends who asks for it without a slash at its end there with one. */
final class BasePathHandler extends Handler.Wrapper {
    private final BasePath base;

    BasePathHandler(BasePath base) {
        this.base = base;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        if (path == null) {
            return super.handle(request, response, callback);
        }
        if (path.equals(base.value()) && !base.prefix().isEmpty()) {
            response.setStatus(308);
            response.getHeaders().put(HttpHeader.LOCATION, base.value() + "/");
            callback.succeeded();
            return true;
        }
        String stripped = base.stripped(path);
        if (stripped.equals(path)) {
            return super.handle(request, response, callback);
        }
        HttpURI inner = HttpURI.build(uri).path(stripped).query(uri.getQuery()).asImmutable();
        return super.handle(Request.serveAs(request, inner), response, callback);
    }
}
