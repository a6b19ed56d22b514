package dev.replicator.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bucket is: {@code s3://bucket/prefix}, {@code gs://bucket/prefix}, {@code file:///dir}, {@code
 * memory://bucket/prefix} or a directory's path.
 *
 * @param bucket bucket name; for {@code file} the absolute, normalised path of the directory
 * @param prefix keys live under it; ends in {@code /} or is empty; for {@code file} always empty
 */
public record StoreUri(String scheme, String bucket, KeyPrefix prefix) {
    private static final Pattern LOCATED = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);
    /** What was meant to have a scheme: {@code s3:/bucket}, {@code ://bucket}; a single letter may be a drive's. */
    private static final Pattern ALMOST = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)?:|[^/]*://");

    private static final String ARN = "arn:";

    /**
     * Parses what a user typed. Text without a scheme is a directory, relative to {@code workingDirectory}; a misspelt
     * scheme ({@code s3:/bucket}) is refused, so that it makes no directory of that name.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static StoreUri parse(String text, Path workingDirectory) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty location; write s3://bucket/prefix, file:///dir or ./dir");
        }
        Matcher located = LOCATED.matcher(text);
        if (located.matches()) {
            return located(located.group(1).toLowerCase(Locale.ROOT), located.group(2), workingDirectory);
        }
        if (!text.startsWith(".")
                && !text.startsWith("/")
                && ALMOST.matcher(text).lookingAt()) {
            throw new IllegalArgumentException(
                    "'" + Displays.escaped(text.substring(0, text.indexOf(':') + 1))
                            + "…' is no location; write s3://bucket/prefix or file:///dir, or ./dir for a directory with a colon");
        }
        return directory(text, workingDirectory);
    }

    private static StoreUri located(String scheme, String rest, Path workingDirectory) {
        if (scheme.equals("file")) {
            if (!rest.startsWith("/")) {
                throw new IllegalArgumentException("'file://" + Displays.escaped(rest)
                        + "': write file:///absolute/dir, or ./dir for a relative one");
            }
            return directory(rest, workingDirectory);
        }
        int end = bucketEnd(rest);
        String bucket = rest.substring(0, end);
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("'" + scheme + "://" + Displays.escaped(rest) + "' names no bucket");
        }
        if (bucket.contains("@") || bucket.contains("?") || bucket.contains(":") && !bucket.startsWith(ARN)) {
            throw new IllegalArgumentException(
                    "'" + scheme + "://…': a location holds no credentials or query, only bucket and prefix");
        }
        return new StoreUri(scheme, bucket, KeyPrefix.ofFolder(rest.substring(Math.min(end + 1, rest.length()))));
    }

    /** Where the bucket's name ends; the ARN of an access point has a slash of its own. */
    private static int bucketEnd(String rest) {
        int slash = rest.indexOf('/');
        if (slash >= 0 && rest.startsWith(ARN) && rest.substring(0, slash).endsWith(":accesspoint")) {
            slash = rest.indexOf('/', slash + 1);
        }
        return slash < 0 ? rest.length() : slash;
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
