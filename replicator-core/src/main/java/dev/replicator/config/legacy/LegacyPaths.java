package dev.replicator.config.legacy;

import dev.replicator.job.PrefixPair;
import dev.replicator.store.Displays;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreUri;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns path variables into prefixes, the same in both buckets. A path is {@code /<bucket>/<prefix>}, as Replit writes
 * them, or a mere prefix.
 *
 * <table>
 * <caption>Paths</caption>
 * <tr><td>{@code /dev-bucket/public}, {@code /prod-bucket/public}</td><td>{@code public/}</td></tr>
 * <tr><td>{@code dev-bucket/public}</td><td>{@code public/}</td></tr>
 * <tr><td>{@code /other/public}</td><td>{@code public/} in both buckets, with a warning</td></tr>
 * <tr><td>{@code public}, {@code a/b}</td><td>itself: no leading slash, no bucket</td></tr>
 * <tr><td>{@code /dev-bucket}</td><td>the whole bucket, with a warning</td></tr>
 * <tr><td>{@code /public}</td><td>refused: a bucket, or a prefix</td></tr>
 * </table>
 */
final class LegacyPaths {
    private static final String REPLIT_BUCKET = "replit-objstore-";

    private final StoreUri source;
    private final StoreUri destination;
    private final List<String> warnings;

    LegacyPaths(StoreUri source, StoreUri destination, List<String> warnings) {
        this.source = source;
        this.destination = destination;
        this.warnings = warnings;
    }

    /**
     * The pairs to replicate; everything where no path is given.
     *
     * @throws IllegalArgumentException when the private directory lies under a public path
     */
    List<PrefixPair> pairs(Optional<String> publicPaths, Optional<String> privateDir) {
        Set<KeyPrefix> publics = new LinkedHashSet<>();
        for (String path : publicPaths.orElse("").split(",")) {
            if (!path.isBlank()) {
                publics.add(prefix(LegacyVariables.PUBLIC_PATHS, path.strip()));
            }
        }
        Set<KeyPrefix> all = new LinkedHashSet<>(publics);
        privateDir.ifPresent(path -> {
            KeyPrefix secret = prefix(LegacyVariables.PRIVATE_DIR, path);
            checkPrivate(secret, publics);
            all.add(secret);
        });
        if (all.isEmpty()) {
            warnings.add("neither " + LegacyVariables.PUBLIC_PATHS + " nor " + LegacyVariables.PRIVATE_DIR
                    + " is set: everything in the bucket is replicated");
            return List.of(PrefixPair.EVERYTHING);
        }
        return outermost(all);
    }

    private static void checkPrivate(KeyPrefix secret, Set<KeyPrefix> publics) {
        for (KeyPrefix open : publics) {
            if (open.covers(secret)) {
                throw new IllegalArgumentException(
                        LegacyVariables.PRIVATE_DIR + " '" + secret + "' lies under the public"
                                + " path '" + open + "' of " + LegacyVariables.PUBLIC_PATHS
                                + ": a private path never lands under a public one");
            }
        }
    }

    /** Without those that another covers: they go along with it. */
    private static List<PrefixPair> outermost(Set<KeyPrefix> prefixes) {
        List<PrefixPair> pairs = new ArrayList<>();
        for (KeyPrefix prefix : prefixes) {
            if (prefixes.stream().noneMatch(other -> !other.equals(prefix) && other.covers(prefix))) {
                pairs.add(new PrefixPair(prefix, prefix));
            }
        }
        return pairs;
    }

    private KeyPrefix prefix(String variable, String path) {
        Optional<String> inDirectory = inDirectory(path);
        if (inDirectory.isPresent()) {
            return whole(variable, KeyPrefix.ofFolder(inDirectory.get()));
        }
        boolean absolute = path.startsWith("/");
        String plain = path.replaceFirst("^/+", "");
        int slash = plain.indexOf('/');
        String first = slash < 0 ? plain : plain.substring(0, slash);
        String rest = slash < 0 ? "" : plain.substring(slash + 1);
        if (isBucket(source, first) || isBucket(destination, first)) {
            return whole(variable, relative(variable, KeyPrefix.ofFolder(rest)));
        }
        if (!absolute) {
            return relative(variable, KeyPrefix.ofFolder(plain));
        }
        if (rest.isEmpty() && !first.startsWith(REPLIT_BUCKET)) {
            throw new Ambiguous(variable + ": '" + Displays.escaped(path)
                    + "' is neither of the two buckets; write /bucket/" + "prefix, or a prefix without a leading '/'");
        }
        warnings.add(variable + " names '" + Displays.escaped(first) + "', which is neither of the two buckets: '"
                + Displays.escaped(rest) + "' is replicated from one to the other");
        return whole(variable, relative(variable, KeyPrefix.ofFolder(rest)));
    }

    private KeyPrefix whole(String variable, KeyPrefix prefix) {
        if (prefix.isEmpty()) {
            warnings.add(variable + " names a whole bucket: everything in it is replicated");
        }
        return prefix;
    }

    /** Paths name a bucket, locations may name a folder in it: the prefix is wanted below that folder. */
    private KeyPrefix relative(String variable, KeyPrefix inBucket) {
        if (source.prefix().isEmpty() && destination.prefix().isEmpty()) {
            return inBucket;
        }
        for (KeyPrefix folder : List.of(source.prefix(), destination.prefix())) {
            if (!folder.isEmpty() && folder.covers(inBucket)) {
                return KeyPrefix.of(inBucket.text().substring(folder.text().length()));
            }
        }
        warnings.add(variable + ": '" + inBucket + "' is taken as a prefix below the buckets' own locations");
        return inBucket;
    }

    private static boolean isBucket(StoreUri location, String name) {
        return location.scheme().equals("file")
                ? Path.of(location.bucket()).endsWith(name)
                : location.bucket().equals(name);
    }

    /** What is left of a directory's path below the source's or the destination's directory. */
    private Optional<String> inDirectory(String path) {
        for (StoreUri location : List.of(source, destination)) {
            try {
                if (location.scheme().equals("file") && Path.of(path).startsWith(location.bucket())) {
                    return Optional.of(
                            Path.of(location.bucket()).relativize(Path.of(path)).toString());
                }
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
