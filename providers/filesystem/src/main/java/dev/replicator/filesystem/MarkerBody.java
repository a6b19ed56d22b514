package dev.replicator.filesystem;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * No bytes, and the marker's metadata.
 *
 * @param message what an error starts with
 * @param head asks for the marker as it is now
 */
record MarkerBody(ObjectMeta object, String message, Supplier<Optional<ObjectMeta>> head) implements ObjectBody {
    @Override
    public long size() {
        return 0;
    }

    @Override
    public ObjectMetadata metadata() {
        return current().metadata().orElse(ObjectMetadata.NONE);
    }

    @Override
    public InputStream open() {
        current();
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream open(long offset, long length) {
        if (offset != 0 || length != 0) {
            throw new IllegalArgumentException("range of " + length + " bytes at " + offset + " of an empty object");
        }
        return open();
    }

    private ObjectMeta current() {
        ObjectMeta now =
                head.get().orElseThrow(() -> new ObjectNotFoundException(message + "no such directory marker"));
        if (!now.version().equals(object.version())) {
            throw new StaleObjectException(message + "no longer version " + object.version());
        }
        return now;
    }
}
