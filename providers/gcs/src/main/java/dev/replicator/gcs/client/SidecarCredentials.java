package dev.replicator.gcs.client;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.UrlEncodedContent;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens of a {@link Sidecar}, by OAuth 2.0 token exchange (RFC 8693). Thread-safe. */
final class SidecarCredentials extends GoogleCredentials {
    private static final long serialVersionUID = 1L;
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.full_control";
    private static final long DEFAULT_LIFE_SECONDS = Duration.ofMinutes(10).toSeconds();
    /** The longest that Google's tokens live, by default one hour. */
    private static final long LONGEST_LIFE_SECONDS = Duration.ofHours(12).toSeconds();

    private static final int TIMEOUT_MILLIS = 20_000;

    private final transient Sidecar sidecar;
    private final transient HttpTransportFactory http;

    SidecarCredentials(Sidecar sidecar, HttpTransportFactory http) {
        this.sidecar = sidecar;
        this.http = http;
    }

    /** The sidecar knows what its tokens are for. */
    @Override
    public GoogleCredentials createScoped(Collection<String> scopes) {
        return this;
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
        HttpRequestFactory requests = http.create().createRequestFactory(this::prepare);
        String subject = text(requests.buildGetRequest(new GenericUrl(sidecar.subject())));
        String token = sidecar.field().isEmpty() ? subject.strip() : word(parsed(subject), sidecar.field());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", EXCHANGE);
        form.put("audience", sidecar.audience());
        form.put("scope", SCOPE);
        form.put("requested_token_type", ACCESS_TOKEN);
        form.put("subject_token_type", sidecar.subjectTokenType());
        form.put("subject_token", token);
        HttpRequest exchange =
                requests.buildPostRequest(new GenericUrl(sidecar.exchange()), new UrlEncodedContent(form));
        JsonObject answer = parsed(text(exchange));
        long seconds = answer.has("expires_in") ? seconds(answer) : DEFAULT_LIFE_SECONDS;
        return new AccessToken(
                word(answer, "access_token"), Date.from(Instant.now().plusSeconds(seconds)));
    }

    private void prepare(HttpRequest request) {
        request.setNumberOfRetries(0);
        request.setFollowRedirects(false);
        request.setReadTimeout(TIMEOUT_MILLIS);
        request.setLoggingEnabled(false);
        request.setCurlLoggingEnabled(false);
    }

    private static String text(HttpRequest request) throws IOException {
        HttpResponse answer = request.setThrowExceptionOnExecuteError(false).execute();
        try {
            String text = answer.parseAsString();
            if (!answer.isSuccessStatusCode()) {
                throw new IOException("the sidecar at " + host(request) + " answers " + answer.getStatusCode());
            }
            return text;
        } finally {
            answer.disconnect();
        }
    }

    private static String host(HttpRequest request) {
        URI target = request.getUrl().toURI();
        return target.getAuthority() + target.getPath();
    }

    /** Names nothing of the answer: it holds a token. */
    private static JsonObject parsed(String text) throws IOException {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("the sidecar's answer is no JSON object");
        }
    }

    private static String word(JsonObject object, String name) throws IOException {
        JsonElement value = object.get(name);
        if (value == null || !value.isJsonPrimitive() || value.getAsString().isEmpty()) {
            throw new IOException("the sidecar's answer has no " + name);
        }
        return value.getAsString();
    }

    /** A lifetime that can't be is none to go by. */
    private static long seconds(JsonObject answer) throws IOException {
        try {
            long seconds = Long.parseLong(word(answer, "expires_in"));
            return seconds > 0 ? Math.min(seconds, LONGEST_LIFE_SECONDS) : DEFAULT_LIFE_SECONDS;
        } catch (NumberFormatException e) {
            throw new IOException("the sidecar's answer has no lifetime");
        }
    }
}
