package dev.replicator.testkit.gcs.api;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.request.MultipartBody;
import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.http.HttpRequest;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code POST /batch/storage/v1}: up to 100 requests, each answered for itself within a 200. Uploads and reads of
 * media are refused, as GCS does.
 */
final class Batch {
    private static final int MOST_CALLS = 100;
    private static final String BOUNDARY = "batch_fake_boundary";

    private final Service service;

    Batch(Service service) {
        this.service = service;
    }

    HttpResponse answer(GcsRequest request) throws IOException {
        List<MultipartBody.Part> parts =
                MultipartBody.parse(request.header("content-type").orElse(""), request.body());
        if (parts.isEmpty() || parts.size() > MOST_CALLS) {
            throw GcsRefusal.of(
                    Reason.INVALID, "The batch request must have from 1 to 100 calls, not " + parts.size() + ".");
        }
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        for (MultipartBody.Part part : parts) {
            write(answers, part, answer(part, request));
        }
        answers.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
        return HttpResponse.of(200)
                .with("Content-Type", "multipart/mixed; boundary=" + BOUNDARY)
                .withBody(Payload.of(answers.toByteArray()));
    }

    private HttpResponse answer(MultipartBody.Part part, GcsRequest outer) throws IOException {
        Inner inner = inner(part, outer);
        Turn turn = service.begin(Turn.of(inner.request(), () -> inner.body(), outer.base()));
        Result result = service.answer(turn);
        service.log(turn.call(), result.outcome(), turn.plan());
        return result.response();
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Inner(HttpRequest request, byte[] body) {}

    /** A part's request, which takes over the batch's credentials where it has none. */
    private static Inner inner(MultipartBody.Part part, GcsRequest outer) {
        byte[] bytes = part.body();
        int end = endOfHead(bytes);
        String[] lines =
                new String(bytes, 0, end, StandardCharsets.ISO_8859_1).trim().split("\r?\n", -1);
        String[] words = lines[0].trim().split(" ", -1);
        if (words.length < 2) {
            throw GcsRefusal.of(Reason.INVALID, "Failed to parse batch request, a part is no HTTP request.");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim()));
            }
        }
        if (headers.stream().noneMatch(header -> header.getKey().equals("authorization"))) {
            outer.header("authorization").ifPresent(value -> headers.add(Map.entry("authorization", value)));
        }
        String target = words[1].replaceFirst("^https?://[^/]+", "");
        int mark = target.indexOf('?');
        HttpRequest request = new HttpRequest(
                words[0],
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                Headers.of(headers));
        if (!request.path().startsWith("/storage/v1/") || request.query().contains("alt=media")) {
            throw GcsRefusal.of(Reason.INVALID, "Batch requests cannot upload or download.");
        }
        return new Inner(request, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** Behind the empty line that ends the request's head, or at the end where there is none. */
    private static int endOfHead(byte[] bytes) {
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return bytes.length;
    }

    private static void write(ByteArrayOutputStream out, MultipartBody.Part part, HttpResponse answer)
            throws IOException {
        StringBuilder head = new StringBuilder("--" + BOUNDARY + "\r\nContent-Type: application/http\r\n");
        part.header("content-id")
                .ifPresent(id -> head.append("Content-ID: ")
                        .append(id.startsWith("<") ? "<response-" + id.substring(1) : "response-" + id)
                        .append("\r\n"));
        head.append("\r\nHTTP/1.1 ").append(answer.status()).append(" Status\r\n");
        for (Map.Entry<String, String> field : answer.headers()) {
            head.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n");
        }
        head.append("Content-Length: ").append(answer.body().length()).append("\r\n\r\n");
        out.writeBytes(ascii(head.toString()));
        answer.body().writeTo(out);
        out.writeBytes(ascii("\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
