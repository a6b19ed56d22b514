package dev.replicator.testkit.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Speaks GCS's JSON API to a fake with nothing but the JDK's HTTP client. */
final class GcsWire {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FakeGcs fake;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    GcsWire(FakeGcs fake) {
        this.fake = fake;
    }

    /** An answer, read to its end. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares answers
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(text(), e);
            }
        }

        /** A field of the answer's document as text, empty when it is missing. */
        String field(String name) {
            return json().path(name).asText();
        }

        /** The reason of the error the answer is. */
        String reason() {
            return json().path("error").path("errors").path(0).path("reason").asText();
        }

        /** The names of the listed objects. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            json().path("items").forEach(item -> names.add(item.path("name").asText()));
            return names;
        }

        /** The names of the fields of the answer's document. */
        List<String> fields() {
            List<String> names = new ArrayList<>();
            json().fieldNames().forEachRemaining(names::add);
            return names;
        }
    }

    Reply get(String path) {
        return send("GET", path, Map.of(), "");
    }

    Reply delete(String path) {
        return send("DELETE", path, Map.of(), "");
    }

    Reply send(String method, String path, String body) {
        return send(method, path, Map.of(), body);
    }

    Reply send(String method, String path, Map<String, String> headers, String body) {
        return send(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The path is as on the wire and may have a query; or it is a whole address. */
    Reply send(String method, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(fake.endpoint().resolve(URI.create(path)))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.length == 0 && !method.startsWith("P")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> fields.put(name, String.join(",", values)));
            return new Reply(response.statusCode(), fields, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Uploads in one request, of which the query says the rest. */
    Reply upload(String bucket, String name, String query, String body) {
        return send("POST", media(bucket, name) + query, Map.of("Content-Type", "text/plain"), body);
    }

    /** Uploads with a resource beside the bytes. */
    Reply multipart(String bucket, String query, Map<String, ?> resource, String body) {
        String document = "--edge\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n" + json(resource)
                + "\r\n--edge\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\n" + body
                + "\r\n--edge--\r\n";
        return send(
                "POST",
                "/upload/storage/v1/b/" + bucket + "/o?uploadType=multipart" + query,
                Map.of("Content-Type", "multipart/related; boundary=edge"),
                document);
    }

    /** Starts a resumable upload; the answer's Location is where to go on. */
    Reply start(String bucket, String name, String query, Map<String, ?> resource) {
        return send(
                "POST",
                "/upload/storage/v1/b/" + bucket + "/o?uploadType=resumable&name=" + name + query,
                Map.of("Content-Type", "application/json"),
                json(resource));
    }

    /** Sends bytes to a resumable upload's address. */
    Reply chunk(String session, String contentRange, byte[] body) {
        return send("PUT", session, Map.of("Content-Range", contentRange), body);
    }

    static String media(String bucket, String name) {
        return "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=" + name;
    }

    static String json(Map<String, ?> document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
