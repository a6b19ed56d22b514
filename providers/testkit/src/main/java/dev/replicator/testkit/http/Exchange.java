package dev.replicator.testkit.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One request and its one answer. The body may be read once; what is left of it is dropped before the answer. */
public final class Exchange {
    private static final long MOST_BYTES_TO_DROP = 512L << 20;

    private final String scheme;
    private final HttpRequest request;
    private final BodyInput body;
    private final OutputStream out;
    private boolean keepAlive;
    private boolean answered;

    Exchange(String scheme, HttpRequest request, ConnectionInput in, OutputStream out) throws MalformedRequest {
        this.scheme = scheme;
        this.request = request;
        this.out = out;
        this.body = bodyOf(request, in, this::continueIfExpected);
        this.keepAlive = request.headers()
                .first("connection")
                .map(value -> !value.equalsIgnoreCase("close"))
                .orElse(true);
    }

    public HttpRequest request() {
        return request;
    }

    /** The scheme and authority by which the client reached the server, without a path. */
    public String base() {
        return scheme + "://" + request.headers().first("host").orElse("");
    }

    /** The body after transfer decoding; a client that waits for 100 Continue gets it at the first read. */
    public InputStream body() {
        return body;
    }

    /** Sends the answer; {@code tamper} wraps the stream that only the body's bytes go through. */
    public void respond(HttpResponse response, UnaryOperator<OutputStream> tamper) throws IOException {
        settleBody();
        answered = true;
        boolean bodiless = request.method().equals("HEAD") || response.status() == 204 || response.status() == 304;
        BufferedOutputStream buffered = new BufferedOutputStream(out, 32 * 1024);
        buffered.write(head(response).getBytes(StandardCharsets.ISO_8859_1));
        try {
            if (!bodiless) {
                OutputStream sink = tamper.apply(buffered);
                response.body().writeTo(sink);
                sink.flush();
            }
        } finally {
            buffered.flush();
        }
    }

    boolean keepAlive() {
        return keepAlive && answered && body.finished();
    }

    private String head(HttpResponse response) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(response.status()).append(' ').append(Reasons.of(response.status()));
        head.append("\r\n");
        for (Map.Entry<String, String> field : response.headers()) {
            head.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n");
        }
        if (response.status() != 204 && response.status() != 304) {
            head.append("Content-Length: ").append(response.body().length()).append("\r\n");
        }
        if (!keepAlive) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString();
    }

    private void settleBody() throws IOException {
        if (body.finished()) {
            return;
        }
        if (body.untouched() && expectsContinue()) {
            keepAlive = false;
            return;
        }
        byte[] dropped = new byte[64 * 1024];
        long count = 0;
        while (count <= MOST_BYTES_TO_DROP) {
            int read = body.read(dropped);
            if (read < 0) {
                return;
            }
            count += read;
        }
        keepAlive = false;
    }

    private boolean expectsContinue() {
        return request.headers()
                .first("expect")
                .filter("100-continue"::equalsIgnoreCase)
                .isPresent();
    }

    private void continueIfExpected() throws IOException {
        if (expectsContinue()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private static BodyInput bodyOf(HttpRequest request, ConnectionInput in, BodyInput.Request askForBody)
            throws MalformedRequest {
        Headers headers = request.headers();
        if (headers.has("transfer-encoding")) {
            if (!headers.first("transfer-encoding")
                    .filter("chunked"::equalsIgnoreCase)
                    .isPresent()) {
                throw new MalformedRequest("unknown transfer encoding");
            }
            return new BodyInput.Chunked(in, askForBody);
        }
        String length = headers.first("content-length").orElse("0");
        if (!length.matches("[0-9]{1,18}")) {
            throw new MalformedRequest("bad Content-Length");
        }
        return new BodyInput.Sized(in, Long.parseLong(length), askForBody);
    }
}
