package dev.replicator.server.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.replicator.server.http.DashboardFiles;
import dev.replicator.server.http.SecurityHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the dashboard's files as the server does, and answers to its questions from a table: for states that are hard to
 * bring about. Thread-safe.
 */
final class CannedServer implements AutoCloseable {
    private static final String TAG = "\"canned\"";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DashboardFiles files = new DashboardFiles(CannedServer.class.getClassLoader());
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private CannedServer(HttpServer server) {
        this.server = server;
    }

    private record Answer(int status, String body) {}

    static CannedServer start() throws IOException {
        CannedServer canned =
                new CannedServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        canned.server.createContext("/", canned::answer);
        canned.server.setExecutor(canned.threads);
        canned.server.start();
        return canned;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /**
     * From now on.
     *
     * @param request method and path below {@code /api/v1/}, with its query or, for whatever query, without
     */
    CannedServer on(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<DashboardFiles.File> file = files.of(path);
            if (file.isPresent()) {
                exchange.getResponseHeaders().set("Content-Type", file.get().type());
                exchange.getResponseHeaders().set("Content-Security-Policy", SecurityHeaders.PAGE);
                send(exchange, 200, file.get().content());
                return;
            }
            Answer answer = of(exchange);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
            exchange.getResponseHeaders().set("ETag", TAG);
            send(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Answer of(HttpExchange exchange) {
        URI asked = exchange.getRequestURI();
        if (!exchange.getRequestMethod().equals("GET") && !sent(exchange, "X-Replicator-Request", "1")) {
            return problem(403, "cross-site", asked);
        }
        if (asked.getPath().contains("/plans/")
                && !exchange.getRequestMethod().equals("GET")
                && !sent(exchange, "If-Match", TAG)) {
            return problem(428, "if-match-missing", asked);
        }
        String bare = exchange.getRequestMethod() + " " + asked.getPath().replaceFirst("^/api/v1/", "");
        Answer exact = answers.get(bare + "?" + asked.getRawQuery());
        if (exact != null) {
            return exact;
        }
        return answers.getOrDefault(bare, problem(404, "not-found", asked));
    }

    private static boolean sent(HttpExchange exchange, String header, String value) {
        return value.equals(exchange.getRequestHeaders().getFirst(header));
    }

    private static Answer problem(int status, String code, URI asked) {
        return new Answer(status, """
                {"type":"urn:replicator:problem:%s","title":"Not answered","status":%d,"code":"%s","detail":"%s","instance":""}""".formatted(code, status, code, asked.getPath()));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
