package dev.replicator.gcs.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.replicator.store.CredentialsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process beside the application that hands out tokens on a loopback address, described as an {@code
 * external_account}. Google's own library exchanges tokens over https only, so these are exchanged by {@link
 * SidecarCredentials}; plain http to any other host stays refused.
 *
 * @param subject where the subject token comes from
 * @param field of the answer that holds it; empty where the answer is the token
 * @param exchange where it is exchanged for an access token
 */
record Sidecar(URI subject, String field, URI exchange, String audience, String subjectTokenType) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> KNOWN = Set.of(
            "authorized_user",
            "service_account",
            "gdch_service_account",
            "external_account",
            "external_account_authorized_user",
            "impersonated_service_account");
    private static final String ENDPOINT = "REPLIT_SIDECAR_ENDPOINT";
    private static final String REPLIT = "http://127.0.0.1:1106";

    /**
     * The sidecar of the platform that this process runs on: Replit's, where its variables are present.
     *
     * @throws CredentialsException when the address that they give for it is none
     */
    static Optional<Sidecar> ofPlatform(Map<String, String> environment) {
        if (!environment.containsKey("REPL_ID") && !environment.containsKey("REPLIT_DEPLOYMENT")) {
            return Optional.empty();
        }
        String root = environment.getOrDefault(ENDPOINT, REPLIT);
        return Optional.of(new Sidecar(
                        below(root, "/credential"), "access_token", below(root, "/token"), "replit", "access_token"))
                .filter(Sidecar::isLocal);
    }

    private static URI below(String root, String path) {
        try {
            URI address = new URI(root + path);
            if (address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new CredentialsException("no credentials: " + ENDPOINT + " is no address such as " + REPLIT, e);
        }
        throw new CredentialsException("no credentials: " + ENDPOINT + " is no address such as " + REPLIT);
    }

    /** The sidecar that a credentials file describes; empty for every other kind of credentials. */
    static Optional<Sidecar> ofFile(byte[] json) {
        try {
            JsonObject file = JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            JsonElement source = file.get("credential_source");
            if (!word(file, "type").equals("external_account") || source == null || !source.isJsonObject()) {
                return Optional.empty();
            }
            JsonElement format = source.getAsJsonObject().get("format");
            String field = format != null && format.isJsonObject()
                    ? word(format.getAsJsonObject(), "subject_token_field_name")
                    : "";
            return Optional.of(new Sidecar(
                            URI.create(word(source.getAsJsonObject(), "url")),
                            field,
                            URI.create(word(file, "token_url")),
                            word(file, "audience"),
                            word(file, "subject_token_type")))
                    .filter(Sidecar::isLocal);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a credentials file says that it holds, unless it is a kind that is known everywhere. */
    static Optional<String> kind(byte[] json) {
        try {
            JsonObject file = JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            return Optional.of(word(file, "type")).filter(kind -> !kind.isEmpty() && !KNOWN.contains(kind));
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private boolean isLocal() {
        return isLocal(subject) && isLocal(exchange);
    }

    private static boolean isLocal(URI uri) {
        return "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    }

    private static String word(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
