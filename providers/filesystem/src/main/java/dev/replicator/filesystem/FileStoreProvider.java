package dev.replicator.filesystem;

import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens directories. Touches nothing: whether the directory is there shows when it is used. */
public final class FileStoreProvider implements StoreProvider {
    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public ObjectStore open(StoreSettings settings, StoreContext context) {
        return new FileStore(root(settings.uri().bucket()), settings, context);
    }

    private static Path root(String bucket) {
        try {
            Path root = Path.of(bucket);
            if (!root.isAbsolute()) {
                throw new InvalidRequestException("open file://" + bucket + ": the directory's path is not absolute");
            }
            return root;
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("open file://" + bucket + ": not a path here: " + e.getReason(), e);
        }
    }
}
