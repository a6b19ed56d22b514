package dev.replicator.filesystem;

import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Version;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Whether what is in a key's place may be replaced or removed. */
final class Targets {
    private Targets() {}

    /** Refuses by name what is no regular file; throws {@link StaleObjectException} for a broken precondition. */
    static void check(SafePath path, Optional<BasicFileAttributes> seen, Precondition precondition) {
        if (seen.isPresent() && !seen.get().isRegularFile()) {
            throw SafePath.refused(path.key(), kind(seen.get()) + " is in its place");
        }
        if (precondition instanceof Precondition.Absent && seen.isPresent()) {
            throw new StaleObjectException("'" + path.key() + "' exists");
        }
        if (precondition instanceof Precondition.Unchanged expected) {
            Version version = expected.version();
            if (seen.isEmpty()) {
                throw new StaleObjectException("'" + path.key() + "' is gone");
            }
            if (!FileState.of(seen.get()).version().equals(version)) {
                throw new StaleObjectException("'" + path.key() + "' is no longer version " + version);
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
