package dev.replicator.testkit.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks S3 to a fake with nothing but the JDK's HTTP client and this package's own signer. */
final class Wire {
    private final FakeS3 fake;
    private final TestSigner signer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Wire(FakeS3 fake) {
        this(fake, TestSigner.of(fake.options()));
    }

    Wire(FakeS3 fake, TestSigner signer) {
        this.fake = fake;
        this.signer = signer;
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

        /** The text of the first element of this name. */
        String element(String name) {
            Matcher matcher =
                    Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text());
            return matcher.find() ? matcher.group(1) : "";
        }

        String etag() {
            return header("etag");
        }
    }

    Reply get(String path) {
        return send("GET", path, Map.of(), "");
    }

    Reply put(String path, String body) {
        return send("PUT", path, Map.of(), body);
    }

    Reply send(String method, String path, Map<String, String> headers, String body) {
        return send(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a signed request; the path is as on the wire and may have a query. */
    Reply send(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> signed = signer.sign(method, fake.endpoint().resolve("/"), path, headers, body);
        return unsigned(method, path, signed, body);
    }

    /** Sends exactly these header fields. */
    Reply unsigned(String method, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fake.endpoint() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.length == 0 && !method.equals("PUT") && !method.equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> fields.put(name, values.get(0)));
            return new Reply(response.statusCode(), fields, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The error code of an answer. */
    static String code(Reply reply) {
        return reply.element("Code");
    }
}
