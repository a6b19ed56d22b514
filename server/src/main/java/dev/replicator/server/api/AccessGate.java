package dev.replicator.server.api;

import dev.replicator.config.AccessToken;
import dev.replicator.config.Role;
import dev.replicator.server.access.AccessTokens;
import dev.replicator.server.access.FailedAttempts;
import dev.replicator.server.access.Sessions;
import dev.replicator.server.http.BasePath;
import dev.replicator.server.http.ClientAddress;
import dev.replicator.server.http.ProblemCode;
import dev.replicator.server.http.SameOrigin;
import dev.replicator.server.http.SessionCookie;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those through who bear a token of the configuration, or a session that was begun with one. Thread-safe.
 *
 * <p>An address that guessed too often is shut out with whatever token it brings, so that a right guess tells nothing;
 * sessions, which can't be guessed, go on.
 */
final class AccessGate implements Gate {
    private static final String SCHEME = "bearer ";
    private static final String BOTH_NEEDED =
            "with a session, changes need the header " + SameOrigin.HEADER + ": 1 and a page of this server";
    private static final Logger log = LoggerFactory.getLogger(AccessGate.class);

    private final AccessTokens tokens;
    private final Sessions sessions;
    private final FailedAttempts attempts;
    private final BasePath base;

    AccessGate(AccessTokens tokens, Sessions sessions, FailedAttempts attempts, BasePath base) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.attempts = attempts;
        this.base = base;
    }

    /** Finds out who asks, or throws what the request is answered with. */
    void identify(Context context) {
        Optional<String> header = header(context, "Authorization");
        if (header.isPresent()) {
            AccessToken token = bearerOf(context, bearer(header.get()));
            remember(context, token, () -> true);
            return;
        }
        Optional<String> session = sessionOf(context);
        AccessToken token = session.flatMap(sessions::bearerOf)
                .orElseThrow(() -> unauthenticated(
                        context, "send one as Authorization: Bearer TOKEN, or log in to the dashboard"));
        if (changes(context)) {
            refuseOtherSites(context);
        }
        String id = session.orElseThrow();
        remember(context, token, () -> sessions.isOpen(id));
    }

    @Override
    public void admit(Context context, Role least) {
        Caller caller = Gate.callerOf(context);
        if (!caller.role().covers(least)) {
            String needed = least.name().toLowerCase(Locale.ROOT);
            throw Problem.of(
                            ProblemCode.FORBIDDEN,
                            "this needs the role " + needed + ", and yours is "
                                    + caller.role().name().toLowerCase(Locale.ROOT))
                    .thrown();
        }
    }

    /** Whose token this is, guesses being counted. */
    AccessToken bearerOf(Context context, String token) {
        String address = ClientAddress.network(Gate.addressOf(context));
        Optional<AccessToken> bearer = tokens.bearerOf(token);
        long waiting = attempts.waitingSeconds(address);
        if (waiting > 0) {
            throw Problem.of(ProblemCode.TOO_MANY_ATTEMPTS, "try again in " + waiting + " s")
                    .retryAfter(waiting)
                    .thrown();
        }
        if (bearer.isEmpty()) {
            attempts.failed(address);
            log.warn("a wrong token came from {}", Gate.addressOf(context));
        }
        return bearer.orElseThrow(
                () -> unauthenticated(
                        context,
                        "the one that came is not one of this server's; 'replicator config token' makes one for its configuration"));
    }

    /** The session that a request brings, whether there is one of that name or not. */
    Optional<String> sessionOf(Context context) {
        return Optional.ofNullable(context.cookie(cookie(context).name())).filter(id -> !id.isEmpty());
    }

    SessionCookie cookie(Context context) {
        return SessionCookie.of(
                base,
                header(context, "Host").orElse(""),
                context.scheme(),
                header(context, "X-Forwarded-Proto").orElse(""));
    }

    private static void refuseOtherSites(Context context) {
        boolean asked = header(context, SameOrigin.HEADER).filter("1"::equals).isPresent();
        if (!asked || !cameFromHere(context)) {
            throw Problem.of(ProblemCode.CROSS_SITE, BOTH_NEEDED).thrown();
        }
    }

    static boolean cameFromHere(Context context) {
        return SameOrigin.holds(
                header(context, "Origin"),
                header(context, "Sec-Fetch-Site"),
                header(context, "Host").orElse(""));
    }

    static void remember(Context context, AccessToken token, Standing standing) {
        context.attribute(CALLER, new Caller(token.name(), token.role()));
        context.attribute(STANDING, standing);
    }

    private static boolean changes(Context context) {
        return !context.method().equals(io.javalin.http.HandlerType.GET)
                && !context.method().equals(io.javalin.http.HandlerType.HEAD);
    }

    private static String bearer(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    private static Problem.ProblemException unauthenticated(Context context, String why) {
        context.header("WWW-Authenticate", "Bearer realm=\"replicator\"");
        return Problem.of(ProblemCode.UNAUTHENTICATED, why).thrown();
    }

    static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name)).filter(Objects::nonNull);
    }
}
