package dev.replicator.server.http;

import java.util.Map;

/** What browsers are told with every answer. */
public final class SecurityHeaders {
    /** Every answer has these. */
    public static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    /** For what is no page: nothing may run in it. */
    public static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    /** For pages: their own files, and this server. */
    public static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}
}
