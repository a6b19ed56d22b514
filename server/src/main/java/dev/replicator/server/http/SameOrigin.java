package dev.replicator.server.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells a page's own requests from those that another site makes a browser send. */
public final class SameOrigin {
    /** Can't be sent by another site's page without asking first, which is never allowed. */
    public static final String HEADER = "X-Replicator-Request";

    private static final Set<Integer> DEFAULT_PORTS = Set.of(-1, 80, 443);

    private SameOrigin() {}

    /**
     * Whether the browser says that a page of this server asks.
     *
     * @param origin the {@code Origin} header
     * @param fetchSite the {@code Sec-Fetch-Site} header
     * @param host the {@code Host} header
     */
    public static boolean holds(Optional<String> origin, Optional<String> fetchSite, String host) {
        if (fetchSite.isPresent() && !fetchSite.get().equals("same-origin")) {
            return false;
        }
        return origin.map(given -> sameHost(given, host)).orElse(fetchSite.isPresent());
    }

    /** The scheme is not compared: behind a proxy this server does not know its own. */
    private static boolean sameHost(String origin, String host) {
        try {
            URI page = URI.create(origin);
            URI here = URI.create("http://" + host);
            String name = page.getHost();
            return name != null
                    && here.getHost() != null
                    && ("http".equals(page.getScheme()) || "https".equals(page.getScheme()))
                    && name.toLowerCase(Locale.ROOT).equals(here.getHost().toLowerCase(Locale.ROOT))
                    && samePort(page.getPort(), here.getPort());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean samePort(int one, int other) {
        return one == other || (DEFAULT_PORTS.contains(one) && DEFAULT_PORTS.contains(other));
    }
}
