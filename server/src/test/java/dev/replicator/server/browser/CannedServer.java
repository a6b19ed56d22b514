package dev.replicator.server.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.replicator.server.DescribedExchange;
import dev.replicator.server.http.DashboardFiles;
import dev.replicator.server.http.ProblemCode;
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
     * From now on. Only what the API's description says that the server may answer: else the test fails that wants it.
     *
     * @param request method and path below {@code /api/v1/}, with its query or, for whatever query, without
     */
    CannedServer on(String request, int status, String body) {
        String[] parts = request.split(" ", 2);
        DescribedExchange.checkContent(parts[0], "/api/v1/" + parts[1], status, type(status), body);
        answers.put(request, new Answer(status, body));
        return this;
    }

    private static String type(int status) {
        return status < 400 ? "application/json" : "application/problem+json";
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
            exchange.getResponseHeaders().set("Content-Type", type(answer.status()));
            exchange.getResponseHeaders().set("ETag", TAG);
            send(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Answer of(HttpExchange exchange) {
        URI asked = exchange.getRequestURI();
        if (!exchange.getRequestMethod().equals("GET") && !sent(exchange, "X-Replicator-Request", "1")) {
            return problem(ProblemCode.CROSS_SITE, asked.getPath());
        }
        if (asked.getPath().contains("/plans/")
                && !exchange.getRequestMethod().equals("GET")
                && !sent(exchange, "If-Match", TAG)) {
            return problem(ProblemCode.IF_MATCH_MISSING, asked.getPath());
        }
        String bare = exchange.getRequestMethod() + " " + asked.getPath().replaceFirst("^/api/v1/", "");
        Answer exact = answers.get(bare + "?" + asked.getRawQuery());
        if (exact != null) {
            return exact;
        }
        return answers.getOrDefault(bare, problem(ProblemCode.NOT_FOUND, asked.getPath()));
    }

    private static boolean sent(HttpExchange exchange, String header, String value) {
        return value.equals(exchange.getRequestHeaders().getFirst(header));
    }

    /** As {@link #on(String, int, String)}: that problem. */
    CannedServer on(String request, ProblemCode problem, String detail) {
        return on(request, problem.status(), problem(problem, detail).body());
    }

    private static Answer problem(ProblemCode problem, String detail) {
        return new Answer(problem.status(), """
                {"type":"%s","title":"%s","status":%d,"code":"%s","detail":"%s","instance":""}""".formatted(
                        problem.type(), problem.title(), problem.status(), problem.code(), detail));
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
