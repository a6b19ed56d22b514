package dev.replicator.hook.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookHandle;
import dev.replicator.hook.HookResult;
import dev.replicator.hook.ManualSync;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What the shop answers, on the loopback interface; {@code PORT} or a free one. */
final class Routes implements AutoCloseable {
    private final HttpServer server;

    private Routes(HttpServer server) {
        this.server = server;
    }

    static Routes registered(Catalogue catalogue, DeployHook hook, HookHandle replication) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        get(server, "/", catalogue::page);
        get(server, "/replication", () -> hook.status().toJson());
        get(
                server,
                "/replication/latest",
                () -> replication.latest().map(HookResult::toJson).orElse("{}"));
        server.createContext("/replication/sync", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                ManualSync sync = hook.triggerManualSync();
                answer(exchange, sync.success() ? 200 : 500, sync.message());
            } else {
                answer(exchange, 405, "POST starts a sync");
            }
        });
        server.start();
        return new Routes(server);
    }

    private static void get(HttpServer server, String path, Supplier<String> page) {
        server.createContext(path, exchange -> answer(exchange, 200, page.get()));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String address() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(1);
    }
}
