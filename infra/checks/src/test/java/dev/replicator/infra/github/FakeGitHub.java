package dev.replicator.infra.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Comments of one pull request, number 7, as GitHub's API keeps them. */
final class FakeGitHub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMMENTS = "/repos/acme/shop/issues/7/comments";

    /** A comment. */
    record Comment(int id, String author, String body) {}

    private final HttpServer server;
    private final List<Comment> comments = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger(100);
    private final String token;

    FakeGitHub(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Comment> comments() {
        return List.copyOf(comments);
    }

    void commentBy(String type, String body) {
        comments.add(new Comment(ids.incrementAndGet(), type, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 403, "{}");
        } else if (exchange.getRequestMethod().equals("GET") && path.equals(COMMENTS)) {
            send(exchange, 200, page(exchange.getRequestURI().getQuery()));
        } else if (exchange.getRequestMethod().equals("POST") && path.equals(COMMENTS)) {
            commentBy("Bot", JSON.readTree(body).path("body").asText());
            send(exchange, 201, "{}");
        } else if (exchange.getRequestMethod().equals("PATCH")
                && path.startsWith("/repos/acme/shop/issues/comments/")) {
            int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            String changed = JSON.readTree(body).path("body").asText();
            comments.replaceAll(comment -> comment.id() == id ? new Comment(id, comment.author(), changed) : comment);
            send(exchange, 200, "{}");
        } else {
            send(exchange, 404, "{}");
        }
    }

    private String page(String query) throws IOException {
        int page = Integer.parseInt(query.replaceAll(".*\\bpage=", ""));
        ArrayNode found = JSON.createArrayNode();
        List<Comment> all = new ArrayList<>(comments);
        for (Comment comment : all.subList(Math.min(all.size(), (page - 1) * 100), Math.min(all.size(), page * 100))) {
            ObjectNode json = found.addObject().put("id", comment.id()).put("body", comment.body());
            json.putObject("user").put("type", comment.author());
        }
        return JSON.writeValueAsString(found);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
