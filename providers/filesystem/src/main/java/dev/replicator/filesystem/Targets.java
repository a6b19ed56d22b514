package dev.replicator.filesystem;

import dev.replicator.store.Precondition;
import dev.replicator.store.Version;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Whether what is in a key's place may be replaced or removed. */
final class Targets {
    private Targets() {}

    /** Refuses by name what is no regular file; fails as stale for a broken precondition. */
    static void check(Optional<BasicFileAttributes> seen, Precondition precondition) throws FileProblem {
        if (seen.isPresent() && !seen.get().isRegularFile()) {
            throw FileProblem.unfit(kind(seen.get()) + " is in its place");
        }
        checkVersion(seen.map(attributes -> FileState.of(attributes).version()), precondition);
    }

    /** Fails as stale when the object's version, empty for none, is not what the precondition wants. */
    static void checkVersion(Optional<Version> seen, Precondition precondition) throws FileProblem {
        if (precondition instanceof Precondition.Absent && seen.isPresent()) {
            throw FileProblem.stale("the key exists");
        }
        if (precondition instanceof Precondition.Unchanged expected) {
            if (seen.isEmpty()) {
                throw FileProblem.stale("it is gone");
            }
            if (!seen.get().equals(expected.version())) {
                throw FileProblem.stale("no longer version " + expected.version());
            }
        }
    }

    private static String kind(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return "a directory";
        }
        return attributes.isSymbolicLink() ? "a symbolic link" : "a special file";
    }
}
