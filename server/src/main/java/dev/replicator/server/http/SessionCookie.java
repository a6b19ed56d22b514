package dev.replicator.server.http;

import java.time.Duration;

/**
 * The cookie of the dashboard's session. Scripts can't read it, other sites' pages don't send it. It is for HTTPS only
 * unless the browser is on this very machine and came without a proxy that speaks HTTPS.
 *
 * @param secure whether browsers are to send it over HTTPS only
 */
public record SessionCookie(String name, String path, boolean secure) {
    private static final String NAME = "replicator-session";

    /** The one for requests with that {@code Host} and {@code X-Forwarded-Proto}. */
    public static SessionCookie of(BasePath base, String host, String scheme, String forwardedProto) {
        boolean secure = !HostNames.isLoopback(host)
                || scheme.equalsIgnoreCase("https")
                || forwardedProto.equalsIgnoreCase("https");
        boolean prefixed = secure && base.prefix().isEmpty();
        return new SessionCookie(prefixed ? "__Host-" + NAME : NAME, base.value(), secure);
    }

    /** The header that sets it. */
    public String set(String value, Duration longest) {
        return name + "=" + value + "; Path=" + path + "; Max-Age=" + longest.toSeconds() + attributes();
    }

    /** The header that takes it away. */
    public String removed() {
        return name + "=; Path=" + path + "; Max-Age=0" + attributes();
    }

    private String attributes() {
        return "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}
