package dev.replicator.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The API of one server. Follows no redirects, which would carry the token elsewhere. For one thread. */
public final class ServerClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int LARGEST = 32 << 20;
    /** A plan is not, or no longer, to be carried out or decided about. */
    private static final Set<String> DECIDED = Set.of("not-approved", "already-decided", "plan-taken", "another-plan");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String base;
    private final Optional<String> token;

    public ServerClient(URI server, Optional<String> token) {
        String text = server.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.token = token;
    }

    /** Without a slash at its end. */
    public String address() {
        return base;
    }

    /** A name as it stands in a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Reads a resource.
     *
     * @param path behind {@code /api/v1/}
     * @throws CliException when it is not answered with one
     */
    public JsonNode get(String path) {
        return sent(request(path).GET().build());
    }

    /**
     * Asks for something to be done.
     *
     * @throws CliException when it is refused
     */
    public JsonNode post(String path, ObjectNode body) {
        return sent(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    /**
     * Asks for what needs no words.
     *
     * @throws CliException when it is refused
     */
    public JsonNode post(String path) {
        return sent(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    /**
     * Asks for something to be done to a resource in the state that was read.
     *
     * @param tag of {@link #tagged}
     * @throws CliException when it is refused, or the resource is in another state
     */
    public JsonNode post(String path, ObjectNode body, String tag) {
        return sent(request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    /**
     * Reads a resource with what names its state.
     *
     * @throws CliException when it is not answered with one
     */
    public Tagged tagged(String path) {
        Answered answer = answered(request(path).GET().build());
        return new Tagged(
                accepted(answer), answer.response().headers().firstValue("ETag").orElse(""));
    }

    /**
     * A resource in one state.
     *
     * @param tag its ETag; empty where it has none
     */
    public record Tagged(JsonNode body, String tag) {}

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1/" + path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private JsonNode sent(HttpRequest request) {
        return accepted(answered(request));
    }

    private JsonNode accepted(Answered answer) {
        if (answer.response().statusCode() / 100 == 2) {
            return parsed(answer.text()).orElseThrow(() -> stranger(answer.response()));
        }
        throw refused(answer.response(), parsed(answer.text()));
    }

    private record Answered(HttpResponse<?> response, String text) {}

    private Answered answered(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Answered(response, new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.INTERRUPTED, "stopped while waiting for " + base);
        } catch (HttpTimeoutException e) {
            throw new CliException(ExitCode.FAILED, base + " does not answer in time; is it a Replicator server?");
        } catch (ConnectException e) {
            throw new CliException(
                    ExitCode.FAILED,
                    "can't reach " + base + ": nobody listens there, or its name is unknown.\nStart 'replicator serve',"
                            + " or give --server the address that it printed.");
        } catch (IOException e) {
            String why = e.getMessage();
            throw new CliException(
                    ExitCode.FAILED, "the talk with " + base + " broke off: " + (why == null ? e.toString() : why));
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private CliException stranger(HttpResponse<?> response) {
        return new CliException(
                ExitCode.FAILED,
                base + " is no Replicator server, or not at that path: it answered " + response.statusCode()
                        + " without JSON.");
    }

    /** A problem document as our own error: what, why, what to do. */
    private CliException refused(HttpResponse<?> response, Optional<JsonNode> body) {
        int status = response.statusCode();
        if (status / 100 == 3) {
            return new CliException(
                    ExitCode.FAILED,
                    base + " sends elsewhere (" + status
                            + "), and the token doesn't go along: give --server the address" + " that it leads to");
        }
        Optional<JsonNode> problem = body.filter(json -> json.path("code").isTextual());
        if (problem.isEmpty()) {
            return status == 401 || status == 403
                    ? new CliException(ExitCode.ACCESS, base + " refuses (" + status + "), maybe a proxy before it")
                    : stranger(response);
        }
        String title = problem.get().path("title").asText();
        String detail = problem.get().path("detail").asText();
        String said = title.toLowerCase(Locale.ROOT).equals(detail.toLowerCase(Locale.ROOT)) || detail.isEmpty()
                ? title
                : title + ": " + detail;
        return new CliException(
                code(status, problem.get()), base + " says: " + said + hint(status, problem.get(), response));
    }

    private static ExitCode code(int status, JsonNode problem) {
        if (DECIDED.contains(problem.path("code").asText())) {
            return ExitCode.REFUSED;
        }
        return switch (status) {
            case 400, 404, 405, 410, 413, 415, 422 -> ExitCode.USAGE;
            case 401, 403 -> ExitCode.ACCESS;
            case 409 -> ExitCode.LOCKED;
            default -> ExitCode.FAILED;
        };
    }

    private String hint(int status, JsonNode problem, HttpResponse<?> response) {
        if (status == 401) {
            return token.isPresent()
                    ? "\nThe token that was sent is not one of its tokens."
                    : "\nGive it a token: --token-file FILE, or REPLICATOR_TOKEN.";
        }
        if (status == 403) {
            return "\nAsk for a token with a role that may do this.";
        }
        if (problem.path("runId").isTextual()) {
            return "\n'replicator show " + problem.path("runId").asText() + " --server " + base
                    + "' tells how it goes.";
        }
        return response.headers()
                .firstValue("Retry-After")
                .map(seconds -> "\nTry again in " + seconds + " s.")
                .orElse("");
    }
}
