package dev.replicator.filesystem;

import dev.replicator.store.EntryNote;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rewrites what a file or a folder's marker keeps of metadata, under its key's lock; bytes and times stay, and so does
 * the version. Thread-safe.
 */
final class FileMetadataUpdate implements MetadataUpdate {
    private final Tree tree;
    private final Names names;
    private final Stage stage;
    private final KeyLocks locks;
    private final FileMetadata metadata;
    private final StoreContext context;

    FileMetadataUpdate(
            Tree tree, Names names, Stage stage, KeyLocks locks, FileMetadata metadata, StoreContext context) {
        this.tree = tree;
        this.names = names;
        this.stage = stage;
        this.locks = locks;
        this.metadata = metadata;
        this.context = context;
    }

    @Override
    public ObjectMeta update(ObjectMeta seen, ObjectMetadata wanted, Precondition precondition) {
        ObjectKey key = seen.key();
        context.meter().count(RequestKind.PUT);
        try {
            tree.checkRoot();
            SafePath path = SafePath.of(key, tree.root(), names);
            Optional<Place> found = tree.find(path);
            try (Place place = found.orElseThrow(() -> FileProblem.stale("it is gone"));
                    Folder tmp = stage.open()) {
                return locks.under(tmp, key, () -> {
                    context.meter().checkMutation();
                    ObjectMeta now = path.isFolder() ? marker(key, place) : file(key, place);
                    Targets.checkVersion(Optional.of(now.version()), Precondition.unchanged(seen.version()));
                    Targets.checkVersion(Optional.of(now.version()), precondition);
                    return replaced(place.path(), now, wanted);
                });
            }
        } catch (IOException e) {
            throw FileErrors.translate("update the metadata of", tree.root(), key.text(), e);
        }
    }

    private ObjectMeta replaced(Path path, ObjectMeta now, ObjectMetadata wanted) throws FileProblem {
        Map<String, String> tags =
                FileMetadata.find(path).map(kept -> kept.metadata().tags()).orElse(Map.of());
        ObjectMetadata whole = wanted.withTags(tags);
        if (!metadata.replace(path, now.size(), now.modified(), whole)) {
            throw FileProblem.noRoomForMetadata();
        }
        return now.withMetadata(wanted);
    }

    private static ObjectMeta file(ObjectKey key, Place place) throws IOException {
        BasicFileAttributes seen = place.stat().orElseThrow(() -> FileProblem.stale("it is gone"));
        if (!seen.isRegularFile()) {
            throw FileProblem.stale("it is no longer a regular file");
        }
        FileState state = FileState.of(seen);
        return meta(key, state.size(), state.modified(), state);
    }

    private static ObjectMeta marker(ObjectKey key, Place place) throws IOException {
        BasicFileAttributes seen = place.stat().orElseThrow(() -> FileProblem.stale("it is gone"));
        Instant modified = FolderMarkers.of(place.path())
                .map(FileMetadata.Kept::modified)
                .orElseThrow(() -> FileProblem.stale("it is gone"));
        return meta(key, 0, modified, new FileState(0, modified, FileState.inode(seen)));
    }

    private static ObjectMeta meta(ObjectKey key, long size, Instant modified, FileState state) {
        return new ObjectMeta(key, size, modified, state.version(), List.of(), EntryNote.NONE, Optional.empty());
    }
}
