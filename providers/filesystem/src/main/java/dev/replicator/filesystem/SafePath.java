package dev.replicator.filesystem;

import dev.replicator.store.Displays;
import dev.replicator.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key as names below the root: the only way from keys to files. What the names lead to is {@link Tree}'s to check.
 *
 * @param parents names of the directories above, outermost first
 * @param name last name
 * @param isFolder whether the key ends in {@code /}: then the object is a directory's marker, not a file
 */
record SafePath(ObjectKey key, List<Path> parents, Path name, boolean isFolder) {
    /** Linux and macOS alike: {@code NAME_MAX}. */
    private static final int LONGEST_NAME = 255;
    /** {@code PATH_MAX} less the closing NUL. */
    private static final int LONGEST_PATH = 4095;

    SafePath {
        parents = List.copyOf(parents);
    }

    /**
     * The key's path below {@code root}.
     *
     * @throws FileProblem saying why the key can't be one
     */
    static SafePath of(ObjectKey key, Path root, Names names) throws FileProblem {
        List<Path> path = new ArrayList<>();
        Optional<String> refusal = parse(key, root, names, path);
        if (refusal.isPresent()) {
            throw FileProblem.unfit(refusal.get());
        }
        return of(key, path);
    }

    /** As the other, but empty where that refuses: such a key is not here. */
    static Optional<SafePath> find(ObjectKey key, Path root, Names names) {
        List<Path> path = new ArrayList<>();
        return parse(key, root, names, path).isPresent() ? Optional.empty() : Optional.of(of(key, path));
    }

    private static SafePath of(ObjectKey key, List<Path> path) {
        int last = path.size() - 1;
        return new SafePath(
                key, path.subList(0, last), path.get(last), key.text().endsWith("/"));
    }

    /** Why {@link #of} refuses the key; empty when it does not. */
    static Optional<String> refusal(ObjectKey key, Path root, Names names) {
        return parse(key, root, names, new ArrayList<>());
    }

    /** Whether the key is one of Replicator's own, at the root. */
    boolean isControl() {
        return !parents.isEmpty() && parents.get(0).toString().equals(Stage.CONTROL);
    }

    /** Adds the key's names to {@code path}, or says why not. */
    private static Optional<String> parse(ObjectKey key, Path root, Names names, List<Path> path) {
        Optional<String> refusal = wholeKey(key, root);
        if (refusal.isPresent()) {
            return refusal;
        }
        String text = key.text();
        String file = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        for (String segment : file.split("/", -1)) {
            refusal = segment(segment);
            if (refusal.isPresent()) {
                return refusal;
            }
            Optional<Path> name = name(segment, names);
            if (name.isEmpty()) {
                return Optional.of("'" + Displays.escaped(segment) + "' is no file name here");
            }
            path.add(name.get());
        }
        return Optional.empty();
    }

    private static Optional<String> wholeKey(ObjectKey key, Path root) {
        if (!key.isUtf8()) {
            return Optional.of("its bytes are not UTF-8");
        }
        String text = key.text();
        if (text.indexOf('\0') >= 0) {
            return Optional.of("it has a NUL");
        }
        if (text.startsWith("/")) {
            return Optional.of("it starts with '/', so it would be an absolute path");
        }
        int rootLength = root.toString().getBytes(StandardCharsets.UTF_8).length;
        if (rootLength + 1 + key.length() > LONGEST_PATH) {
            return Optional.of("its path would be longer than " + LONGEST_PATH + " bytes");
        }
        if (text.equals(Stage.TMP) || text.startsWith(Stage.TMP + "/")) {
            return Optional.of(Stage.TMP + " holds Replicator's temporary files");
        }
        return Optional.empty();
    }

    private static Optional<String> segment(String segment) {
        if (segment.isEmpty()) {
            return Optional.of("it has an empty segment ('//')");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("it has a segment '" + segment + "'");
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            return Optional.of("a segment is longer than " + LONGEST_NAME + " bytes");
        }
        return Optional.empty();
    }

    private static Optional<Path> name(String segment, Names names) {
        try {
            Path name = names.path(segment);
            boolean isName = !name.isAbsolute() && name.getRoot() == null && name.getNameCount() == 1;
            return isName ? Optional.of(name) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
