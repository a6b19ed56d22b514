package dev.replicator.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a server, and holds every exchange against the API's description ({@link DescribedExchange}): a status, content type
 * or body that is not in it fails the test that asked. Immutable: {@code with} gives another client.
 */
public final class ApiClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI root;
    private final Map<String, String> headers;

    public ApiClient(URI root) {
        this(root, Map.of());
    }

    private ApiClient(URI root, Map<String, String> headers) {
        this.root = root;
        this.headers = headers;
    }

    /** An answer that is as described. */
    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The problem's code; empty where it is none. */
        public String code() {
            return status < 400 ? "" : json().path("code").asText();
        }
    }

    /** With a header on every request; one without a value is taken away. */
    public ApiClient with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        more.values().removeIf(String::isEmpty);
        return new ApiClient(root, more);
    }

    public Answer get(String path) {
        return send("GET", path, Optional.empty());
    }

    public Answer delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    public Answer post(String path) {
        return send("POST", path, Optional.empty());
    }

    /** Sends JSON. */
    public Answer post(String path, String body) {
        return send("POST", path, Optional.of(body));
    }

    public Answer send(String method, String path, Optional<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(root.getScheme() + "://" + root.getAuthority() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        if (body.isPresent() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            DescribedExchange.check(method, path, response);
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
