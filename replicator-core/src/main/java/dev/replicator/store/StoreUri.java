package dev.replicator.store;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a bucket is: {@code s3://bucket/prefix}, {@code gs://bucket/prefix}, {@code file:///dir}, {@code
 * memory://bucket/prefix} or a directory's path.
 *
 * @param bucket bucket name; for {@code file} the absolute, normalised path of the directory
 * @param prefix keys live under it; ends in {@code /} or is empty; for {@code file} always empty
 */
public record StoreUri(String scheme, String bucket, KeyPrefix prefix) {

    /**
     * Parses what a user typed. Text without {@code scheme://} is a directory, relative to {@code workingDirectory}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static StoreUri parse(String text, Path workingDirectory) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty location; write s3://bucket/prefix, file:///dir or ./dir");
        }
        int colon = text.indexOf("://");
        if (colon < 0) {
            return directory(text, workingDirectory);
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 3);
        if (scheme.equals("file")) {
            if (!rest.startsWith("/")) {
                throw new IllegalArgumentException(
                        "'" + Displays.escaped(text) + "': write file:///absolute/dir, or ./dir for a relative one");
            }
            return directory(rest, workingDirectory);
        }
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("'" + Displays.escaped(text) + "' names no bucket");
        }
        if (bucket.contains("@") || rest.contains("?") && !prefix.contains("?")) {
            throw new IllegalArgumentException(
                    "'" + scheme + "://…': a location holds no credentials or query, only bucket and prefix");
        }
        return new StoreUri(scheme, bucket, KeyPrefix.ofFolder(prefix));
    }

    private static StoreUri directory(String path, Path workingDirectory) {
        Path absolute = workingDirectory.resolve(path).toAbsolutePath().normalize();
        return new StoreUri("file", absolute.toString(), KeyPrefix.NONE);
    }

    /** The location as a user would write it. */
    @Override
    public String toString() {
        return scheme + "://" + Displays.escaped(bucket) + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
