package dev.replicator.config.legacy;

import dev.replicator.config.text.Suggestions;
import dev.replicator.store.StoreUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Turns a bucket variable's value into a location.
 *
 * <table>
 * <caption>Values</caption>
 * <tr><td>{@code s3://…}, {@code gs://…}, {@code file:///…}</td><td>as it is, whatever STORAGE_PROVIDER says</td></tr>
 * <tr><td>with STORAGE_PROVIDER=file</td><td>a directory, relative to the working directory</td></tr>
 * <tr><td>with STORAGE_PROVIDER=s3 or gcs</td><td>{@code bucket} or {@code /bucket/prefix} there</td></tr>
 * <tr><td>{@code ./dir}, {@code ../dir}</td><td>a directory</td></tr>
 * <tr><td>{@code /…} without STORAGE_PROVIDER</td><td>refused: a directory, or a bucket in Replit's style</td></tr>
 * <tr><td>{@code bucket}</td><td>{@code gs://} where Replit's or Google's own variables are present, else {@code
 * s3://}; assumed with a warning</td></tr>
 * </table>
 */
final class LegacyLocations {
    private static final List<String> PROVIDERS = List.of("s3", "gcs", "file");
    private static final Set<String> GOOGLES = Set.of(
            "REPL_ID",
            "REPL_SLUG",
            "REPL_OWNER",
            "DEFAULT_OBJECT_STORAGE_BUCKET_ID",
            "GOOGLE_CLOUD_PROJECT",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GCLOUD_PROJECT",
            "GCP_PROJECT");
    private static final String REPLIT = "REPLIT_";
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,221}");

    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final List<String> warnings;
    private final Optional<String> provider;

    LegacyLocations(Path workingDirectory, Map<String, String> environment, List<String> warnings) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
        this.warnings = warnings;
        provider =
                LegacyVariables.variable(environment, LegacyVariables.PROVIDER).map(LegacyLocations::known);
    }

    private static String known(String provider) {
        String name = provider.toLowerCase(Locale.ROOT);
        if (!PROVIDERS.contains(name)) {
            throw new Ambiguous(
                    LegacyVariables.PROVIDER + " must be s3, gcs or file" + Suggestions.question(name, PROVIDERS));
        }
        return name;
    }

    StoreUri location(String variable, String text) {
        if (text.contains("://")) {
            return parsed(variable, text);
        }
        if (provider.isPresent()) {
            return provider.get().equals("file")
                    ? parsed(variable, directory(text))
                    : inBucket(variable, scheme(provider.get()), text.replaceFirst("^/+", ""));
        }
        if (text.startsWith(".")) {
            warnings.add(variable + " is taken for a directory; " + LegacyVariables.PROVIDER + "=file says so");
            return parsed(variable, text);
        }
        if (text.startsWith("/")) {
            throw new Ambiguous(variable + " begins with '/': set " + LegacyVariables.PROVIDER
                    + "=file for a directory, or give the bucket's bare name or its s3:// or gs:// location");
        }
        return assumed(variable, text);
    }

    private StoreUri assumed(String variable, String text) {
        Set<String> signs = new TreeSet<>();
        for (String name : environment.keySet()) {
            if ((GOOGLES.contains(name) || name.startsWith(REPLIT))
                    && LegacyVariables.variable(environment, name).isPresent()) {
                signs.add(name);
            }
        }
        String assumed = signs.isEmpty() ? "s3" : "gcs";
        StoreUri location = inBucket(variable, scheme(assumed), text);
        String because = signs.isEmpty() ? "" : " because " + signs.iterator().next() + " is set";
        warnings.add(variable + " is a bare bucket name: " + scheme(assumed) + " is assumed" + because + "; "
                + LegacyVariables.PROVIDER + "=" + assumed + " says so");
        return location;
    }

    private StoreUri inBucket(String variable, String scheme, String text) {
        int slash = text.indexOf('/');
        if (!BUCKET.matcher(slash < 0 ? text : text.substring(0, slash)).matches()) {
            throw new Ambiguous(variable + " holds no bucket's name: letters, digits, '.', '_' and '-'");
        }
        return parsed(variable, scheme + text);
    }

    private static String scheme(String provider) {
        return provider.equals("gcs") ? "gs://" : "s3://";
    }

    private static String directory(String text) {
        return text.startsWith("/") || text.startsWith(".") ? text : "./" + text;
    }

    private StoreUri parsed(String variable, String text) {
        try {
            return StoreUri.parse(text, workingDirectory);
        } catch (IllegalArgumentException e) {
            // Not its message: it may quote the value.
            throw new Ambiguous(
                    variable + " holds no location: a bucket's name, s3://bucket, gs://bucket or file:///dir");
        }
    }
}
