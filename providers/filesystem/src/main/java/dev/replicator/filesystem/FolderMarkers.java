package dev.replicator.filesystem;

import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The zero-byte objects {@code dir/} by which consoles of object stores make folders: here a directory that carries our
 * extended attribute. A directory without it is no object, only the way to some; so directories of people's own making
 * are never listed, while a marker that was copied here is, and a second run finds it unchanged.
 *
 * <p>On a filesystem without such attributes the directory is made and the marker is forgotten: each run makes it again.
 */
final class FolderMarkers {
    private final Tree tree;
    private final Stage stage;
    private final KeyLocks locks;
    private final FileMetadata metadata;
    private final Clock clock;

    FolderMarkers(Tree tree, Stage stage, KeyLocks locks, FileMetadata metadata, Clock clock) {
        this.tree = tree;
        this.stage = stage;
        this.locks = locks;
        this.metadata = metadata;
        this.clock = clock;
    }

    /** The marker that a directory carries; its time is the marker's, not the directory's. */
    static Optional<FileMetadata.Kept> of(Path folder) {
        return FileMetadata.find(folder);
    }

    static Version version(Instant modified, long inode) {
        return new FileState(0, modified, inode).version();
    }

    Optional<ObjectMeta> head(SafePath path) throws IOException {
        Optional<Place> found = tree.find(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Place place = found.get()) {
            return head(path.key(), place);
        }
    }

    private static Optional<ObjectMeta> head(ObjectKey key, Place place) throws IOException {
        Optional<BasicFileAttributes> seen = place.stat().filter(BasicFileAttributes::isDirectory);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        return of(place.path()).map(kept -> meta(key, kept.modified(), FileState.inode(seen.get()), kept.metadata()));
    }

    ObjectMeta write(SafePath path, ObjectBody body, WriteOptions options) throws IOException {
        if (body.size() != 0) {
            throw FileProblem.unfit("it ends in '/' and has " + body.size() + " bytes, so it is no directory");
        }
        Instant modified = options.modified().orElseGet(clock::instant);
        try (Folder tmp = stage.open()) {
            return Tree.retraced(() -> write(tmp, path, modified, options));
        }
    }

    private ObjectMeta write(Folder tmp, SafePath path, Instant modified, WriteOptions options) throws IOException {
        WriteGuide guide = new WriteGuide(stage, tmp, Optional.empty());
        try (Place place = new Place(tree.descend(path, guide).orElseThrow(), path.name())) {
            return locks.under(tmp, path.key(), () -> {
                guide.checkSpelling(place.folder(), place.name());
                Targets.checkVersion(head(path.key(), place).map(ObjectMeta::version), options.precondition());
                Optional<BasicFileAttributes> seen = place.stat();
                if (seen.isEmpty()) {
                    guide.make(place.folder(), place.name());
                } else if (!seen.get().isDirectory()) {
                    throw FileProblem.unfit("a file or a link is in its place");
                }
                ObjectMetadata kept = metadata.write(place.path(), 0, modified, options.metadata());
                BasicFileAttributes made = place.stat()
                        .orElseThrow(() -> new NoSuchFileException(path.name().toString()));
                return meta(path.key(), modified, FileState.inode(made), kept);
            });
        }
    }

    /** Forgets the marker, and the directory with it when it is empty; whether the directory is gone. */
    boolean delete(SafePath path, Place place, Precondition precondition) throws IOException {
        Optional<ObjectMeta> seen = head(path.key(), place);
        Targets.checkVersion(seen.map(ObjectMeta::version), precondition);
        if (seen.isEmpty()) {
            return false;
        }
        FileMetadata.remove(place.path());
        try {
            place.folder().deleteFolder(place.name());
            return true;
        } catch (IOException e) {
            // Not empty: it stays for what is in it.
            return false;
        }
    }

    private static ObjectMeta meta(ObjectKey key, Instant modified, long inode, ObjectMetadata metadata) {
        return new ObjectMeta(
                key,
                0,
                modified,
                version(modified, inode),
                List.of(),
                EntryNote.NONE,
                Optional.of(metadata.withTags(Map.of())));
    }
}
