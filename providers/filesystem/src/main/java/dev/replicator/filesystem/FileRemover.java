package dev.replicator.filesystem;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.Precondition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * Deletes a file under its key's lock, and then the directories above it that this left empty: a directory stands for
 * its objects, and a mirror should not grow a skeleton of empty ones. The root stays, and so does a directory that is an
 * object itself ({@link FolderMarkers}); one that was empty before is never on the way. What is no object (links, special
 * files) is never removed.
 */
final class FileRemover {
    private static final ObjectKey ANY = ObjectKey.of("a directory");

    private final Tree tree;
    private final Stage stage;
    private final KeyLocks locks;
    private final FolderMarkers markers;

    FileRemover(Tree tree, Stage stage, KeyLocks locks, FolderMarkers markers) {
        this.tree = tree;
        this.stage = stage;
        this.locks = locks;
        this.markers = markers;
    }

    /** @param safe empty for a key that a directory can't hold, which is therefore absent */
    void delete(ObjectKey key, Optional<SafePath> safe, Precondition precondition) throws IOException {
        Optional<Place> found = safe.isEmpty() ? Optional.empty() : tree.find(safe.get());
        if (found.isEmpty()) {
            Targets.checkVersion(Optional.empty(), precondition);
            return;
        }
        SafePath path = safe.orElseThrow();
        try (Place place = found.get();
                Folder tmp = stage.open()) {
            boolean isGone = locks.under(
                    tmp,
                    key,
                    () -> path.isFolder()
                            ? markers.delete(path, place, precondition)
                            : deleteFile(place, precondition));
            if (isGone && !prune(path.parents())) {
                place.folder().sync();
            }
        }
    }

    /** Whether something was removed. */
    private static boolean deleteFile(Place place, Precondition precondition) throws IOException {
        Optional<BasicFileAttributes> seen = place.stat().filter(attributes -> !attributes.isDirectory());
        Targets.check(seen, precondition);
        if (seen.isEmpty()) {
            return false;
        }
        try {
            place.folder().deleteFile(place.name());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Removes these directories from the last up, as far as they are empty, and makes that durable in the first that
     * stays; whether any was removed.
     */
    private boolean prune(List<Path> folders) throws IOException {
        if (folders.isEmpty()) {
            return false;
        }
        List<Path> above = folders.subList(0, folders.size() - 1);
        Path name = folders.get(folders.size() - 1);
        try (Place place = tree.find(new SafePath(ANY, above, name, true))
                .orElseThrow(() -> new NoSuchFileException(name.toString()))) {
            if (!isRemoved(place)) {
                return false;
            }
            if (!prune(above)) {
                place.folder().sync();
            }
            return true;
        } catch (FileProblem | NoSuchFileException e) {
            // Another changed the way there meanwhile.
            return false;
        }
    }

    private static boolean isRemoved(Place place) {
        if (FolderMarkers.of(place.path()).isPresent()) {
            return false;
        }
        try {
            place.folder().deleteFolder(place.name());
            return true;
        } catch (IOException e) {
            // Not empty, most often; whatever it is, the object is deleted, and that was the task.
            return false;
        }
    }
}
