package dev.replicator.server.http;

import dev.replicator.config.ConfigException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a proxy puts the server: {@code /}, or {@code /some/path}. A proxy may strip it or not: the server answers under it
 * and without it.
 */
public record BasePath(String value) {
    private static final Pattern SAFE = Pattern.compile("/|(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final Pattern DOTS = Pattern.compile("/(\\.|%2e)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OURS = Pattern.compile("/(api|health|metrics|assets)(/.*)?");

    public BasePath {
        if (!SAFE.matcher(value).matches() || OURS.matcher(value).matches()) {
            throw new ConfigException(List.of("server.base-path " + value
                    + " can't be used: it begins with a slash, ends without one, has letters, digits, '-', '_' and '.',"
                    + " and is not /api, /health, /metrics or /assets"));
        }
    }

    /** What stands before an absolute path of the server's own. */
    public String prefix() {
        return value.equals("/") ? "" : value;
    }

    /** A path as a client is to ask for it. */
    public String of(String path) {
        return prefix() + path;
    }

    /** A path as it was asked for, without the base path where it has it; one with dots for segments stays as it is. */
    String stripped(String path) {
        if (value.equals("/") || !path.startsWith(value) || DOTS.matcher(path).find()) {
            return path;
        }
        String rest = path.substring(value.length());
        return rest.startsWith("/") ? rest : path;
    }
}
