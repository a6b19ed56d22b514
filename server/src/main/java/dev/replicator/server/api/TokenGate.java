package dev.replicator.server.api;

import dev.replicator.config.AccessToken;
import dev.replicator.config.Role;
import dev.replicator.server.access.AccessTokens;
import io.javalin.http.Context;
import java.util.Locale;

/** Lets those through who bear a token of the configuration. Thread-safe. */
final class TokenGate implements Gate {
    private static final String SCHEME = "bearer ";

    private final AccessTokens tokens;

    TokenGate(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void admit(Context context, Role least) {
        String given = context.header("Authorization");
        if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw unauthenticated();
        }
        AccessToken token = tokens.bearerOf(given.substring(SCHEME.length()).strip())
                .orElseThrow(TokenGate::unauthenticated);
        if (!token.role().covers(least)) {
            throw new Problem(403, "forbidden", "Your role does not allow this", "")
                    .thrown();
        }
        context.attribute(CALLER, new Caller(token.name(), token.role()));
    }

    private static Problem.ProblemException unauthenticated() {
        return new Problem(401, "unauthenticated", "A token is needed", "").thrown();
    }
}
