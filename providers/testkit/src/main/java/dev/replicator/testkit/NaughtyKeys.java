package dev.replicator.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys that break software: over 500 distinct, non-empty texts, each of at most 1,024 UTF-8 bytes, always the same in
 * the same order. Good as keys, prefixes, configuration values and texts to show.
 *
 * <p>None has a {@code .replicator} segment, since such keys are the engine's own.
 */
public final class NaughtyKeys {
    private static final int LONGEST_SEGMENT = 255;
    private static final List<String> ALL = collect();
    private static final List<String> SAFE_AS_PATHS = withoutAncestors(ALL);

    private NaughtyKeys() {}

    /** The whole corpus. */
    public static List<String> all() {
        return ALL;
    }

    /**
     * Those that can all be files of one directory together, under a file system that keeps names byte by byte and tells
     * upper from lower case: relative, no empty, {@code .} or {@code ..} segment, none longer than 255 bytes, no NUL, none
     * the directory of another.
     */
    public static List<String> safeAsPaths() {
        return SAFE_AS_PATHS;
    }

    /** Whether a POSIX file system can hold the key as a relative path, alone. */
    public static boolean isSafeAsPath(String key) {
        if (key.indexOf('\0') >= 0) {
            return false;
        }
        for (String segment : key.split("/", -1)) {
            boolean unusable = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (unusable || segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT) {
                return false;
            }
        }
        return true;
    }

    private static List<String> collect() {
        Set<String> keys = new LinkedHashSet<>();
        NaughtyPaths.addTo(keys);
        NaughtyCharacters.addTo(keys);
        NaughtyTexts.addTo(keys);
        return List.copyOf(keys);
    }

    private static List<String> withoutAncestors(List<String> keys) {
        Set<String> directories = new TreeSet<>();
        List<String> paths = keys.stream().filter(NaughtyKeys::isSafeAsPath).toList();
        for (String path : paths) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                directories.add(path.substring(0, slash));
            }
        }
        List<String> files = new ArrayList<>(paths);
        files.removeIf(directories::contains);
        return List.copyOf(files);
    }
}
