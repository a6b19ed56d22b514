package dev.replicator.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The dashboard's files, from the class path. Thread-safe. Files under {@code assets/} have a digest of their content in
 * their names and may be kept for ever, all others are asked for again. Where the jar has no dashboard, a page says so.
 */
public final class DashboardFiles {
    private static final String ROOT = "META-INF/resources/replicator/";
    private static final Pattern SAFE = Pattern.compile("/|(/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,6}");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"));
    private static final String MISSING = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Replicator</title></head>
        <body>
        <h1>Replicator</h1>
        <p>This build has no dashboard: it was made without Node.js. The API is at <a href="api/v1/openapi.json">
        api/v1/openapi.json</a> and asks for a token.</p>
        </body>
        </html>
        """;

    private final ClassLoader classes;
    private final Map<String, File> known = new ConcurrentHashMap<>();

    public DashboardFiles(ClassLoader classes) {
        this.classes = classes;
    }

    /**
     * A file.
     *
     * @param content not to be changed
     * @param cacheControl how long it may be kept
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record File(byte[] content, String type, String cacheControl) {}

    /** The file of that path, where there is one; {@code /} is the page. */
    public Optional<File> of(String path) {
        if (!SAFE.matcher(path).matches() || path.contains("..")) {
            return Optional.empty();
        }
        String name = path.equals("/") ? "index.html" : path.substring(1);
        File before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<File> file = read(name);
        file.ifPresent(read -> known.put(name, read));
        return file;
    }

    private Optional<File> read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream resource = classes.getResourceAsStream(ROOT + name)) {
            if (resource == null) {
                return name.equals("index.html") ? Optional.of(missing()) : Optional.empty();
            }
            String cache = name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
            return Optional.of(new File(resource.readAllBytes(), type, cache));
        } catch (IOException e) {
            throw new UncheckedIOException("the dashboard's " + name + " can't be read", e);
        }
    }

    private static File missing() {
        return new File(MISSING.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8", "no-cache");
    }
}
