package dev.replicator.server.access;

import dev.replicator.config.AccessToken;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that the server takes. Immutable. Every question costs the same: one digest, and one comparison in constant
 * time with each token, whether and wherever one fits.
 */
public final class AccessTokens {
    private final List<AccessToken> tokens;

    public AccessTokens(List<AccessToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** Whose this token is. */
    public Optional<AccessToken> bearerOf(String token) {
        return withDigest(Secrets.sha256(token));
    }

    private Optional<AccessToken> withDigest(String digest) {
        Optional<AccessToken> found = Optional.empty();
        for (AccessToken token : tokens) {
            if (Secrets.same(token.sha256(), digest)) {
                found = Optional.of(token);
            }
        }
        return found;
    }

    /** The token of that name, as it is configured now. */
    public Optional<AccessToken> named(String name) {
        return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
    }
}
