package dev.replicator.job;

import dev.replicator.store.Displays;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules a job must obey before anything is contacted. */
final class JobRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private JobRules() {}

    static void check(
            Optional<String> name,
            StoreSettings source,
            StoreSettings destination,
            List<PrefixPair> paths,
            CompareMode compare,
            Optional<KeyPrefix> control) {
        name.ifPresent(JobRules::checkName);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a job has at least one path");
        }
        for (PrefixPair pair : paths) {
            checkPlace(source.uri(), pair.from());
            checkPlace(destination.uri(), pair.to());
        }
        checkNoControlPaths(source, destination, paths);
        checkApart(source, destination, paths);
        checkDestinationsApart(destination.uri(), paths);
        control.ifPresent(prefix -> checkControl(prefix, source, destination, paths));
        if (compare == CompareMode.ETAG
                && !source.uri().scheme().equals(destination.uri().scheme())) {
            throw new IllegalArgumentException("compare: etag works between stores of one kind only, not "
                    + source.uri().scheme() + " and " + destination.uri().scheme() + "; use checksum");
        }
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "job name '" + Displays.escaped(name) + "' may have letters, digits, '.', '_', '-', 63 at most");
        }
    }

    /** A directory's paths stay below it; a bucket's are mere characters. */
    private static void checkPlace(StoreUri uri, KeyPrefix prefix) {
        if (!uri.scheme().equals("file") || prefix.isEmpty()) {
            return;
        }
        for (String segment :
                prefix.text().substring(0, prefix.text().length() - 1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("path '" + prefix + "' is no place below the directory " + uri);
            }
        }
    }

    private static void checkNoControlPaths(StoreSettings source, StoreSettings destination, List<PrefixPair> paths) {
        for (PrefixPair pair : paths) {
            for (KeyPrefix prefix : List.of(
                    source.uri().prefix().append(pair.from()),
                    destination.uri().prefix().append(pair.to()))) {
                byte[] bytes = prefix.text().getBytes(StandardCharsets.UTF_8);
                if (ControlKeys.isControl(bytes, 0, bytes.length)) {
                    throw new IllegalArgumentException(
                            "path '" + prefix + "' is under " + ControlKeys.SEGMENT + "/, which is Replicator's own");
                }
            }
        }
    }

    private static void checkApart(StoreSettings source, StoreSettings destination, List<PrefixPair> paths) {
        for (PrefixPair one : paths) {
            for (PrefixPair other : paths) {
                checkApart(source, one.from(), destination, other.to());
            }
        }
    }

    private static void checkApart(StoreSettings source, KeyPrefix from, StoreSettings destination, KeyPrefix to) {
        boolean directories = source.uri().scheme().equals("file")
                && destination.uri().scheme().equals("file");
        boolean overlap = directories
                ? nested(directory(source.uri(), from), directory(destination.uri(), to))
                : sameBucket(source, destination)
                        && nested(
                                source.uri().prefix().append(from),
                                destination.uri().prefix().append(to));
        if (overlap) {
            throw new IllegalArgumentException("source " + source.uri() + " and destination " + destination.uri()
                    + " are the same or one lies inside the other");
        }
    }

    private static boolean sameBucket(StoreSettings source, StoreSettings destination) {
        return source.uri().scheme().equals(destination.uri().scheme())
                && source.uri().bucket().equals(destination.uri().bucket())
                && source.endpoint().equals(destination.endpoint());
    }

    private static Path directory(StoreUri uri, KeyPrefix prefix) {
        return Path.of(uri.bucket()).resolve(prefix.text()).normalize();
    }

    private static boolean nested(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static boolean nested(KeyPrefix one, KeyPrefix other) {
        return one.covers(other) || other.covers(one);
    }

    private static void checkDestinationsApart(StoreUri destination, List<PrefixPair> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) {
                if (nested(paths.get(i).to(), paths.get(j).to())) {
                    throw new IllegalArgumentException("two paths go to the same place in " + destination + ": '"
                            + paths.get(i).to() + "' and '" + paths.get(j).to() + "'");
                }
            }
        }
    }

    private static void checkControl(
            KeyPrefix control, StoreSettings source, StoreSettings destination, List<PrefixPair> paths) {
        checkPlace(destination.uri(), control);
        byte[] bytes = control.text().getBytes(StandardCharsets.UTF_8);
        if (ControlKeys.isControl(bytes, 0, bytes.length)) {
            return;
        }
        for (PrefixPair pair : paths) {
            boolean published = nested(control, destination.uri().prefix().append(pair.to()));
            boolean read = sameBucket(source, destination)
                    && nested(control, source.uri().prefix().append(pair.from()));
            if (published || read) {
                throw new IllegalArgumentException(
                        "control '" + control + "' lies under a path that the job publishes");
            }
        }
    }
}
