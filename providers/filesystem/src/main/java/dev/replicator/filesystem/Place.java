package dev.replicator.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** An open directory and a name in it. */
record Place(Folder folder, Path name) implements Closeable {
    Path path() {
        return folder.path().resolve(name);
    }

    Optional<BasicFileAttributes> stat() throws IOException {
        return folder.stat(name);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
