package dev.replicator.config.binding;

import dev.replicator.config.text.Suggestions;
import java.util.Set;

/** What is said of a key that no shape knows. */
final class UnknownKeys {
    private static final Set<String> CREDENTIALS = Set.of(
            "access-key",
            "access-key-id",
            "secret-key",
            "secret-access-key",
            "session-token",
            "credentials",
            "password",
            "token",
            "aws-access-key-id",
            "aws-secret-access-key");

    private UnknownKeys() {}

    static String message(String name, Shape shape, Place place) {
        String hint = CREDENTIALS.contains(name) && !isServers(place)
                ? "; credentials are never written here: use the SDK's own chain, profile or role-arn"
                : Suggestions.question(name, shape.names());
        if (name.equals("token") && isServers(place)) {
            hint = "; a token itself is never written here: 'replicator config token NAME' prints its sha256";
        }
        return "unknown key '" + Place.shortened(name) + "' in " + place.name() + hint;
    }

    /** Whether the server's own secrets may stand there. */
    private static boolean isServers(Place place) {
        return place.name().startsWith("server") || place.name().startsWith("notifications");
    }
}
