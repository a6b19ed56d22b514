package dev.replicator.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import java.util.Set;

/** A folder that tells a watcher of each step before it takes it: between any two looks and deeds lies such a moment. */
record WatchedFolder(Folder delegate, Watcher watcher) implements Folder {
    /** Told of every step. */
    @FunctionalInterface
    interface Watcher {
        /** @param step name of the method about to be called on the folder that was opened as {@code folder} */
        void before(String step, Path folder) throws IOException;
    }

    /** Folders as {@code opener} makes them, watched. */
    static Folder.Opener over(Folder.Opener opener, Watcher watcher) {
        return path -> {
            watcher.before("open", path);
            return new WatchedFolder(opener.open(path), watcher);
        };
    }

    @Override
    public Path path() {
        return delegate.path();
    }

    @Override
    public Optional<BasicFileAttributes> stat(Path name) throws IOException {
        watcher.before("stat", path());
        return delegate.stat(name);
    }

    @Override
    public Optional<PosixFileAttributes> permissions() throws IOException {
        watcher.before("permissions", path());
        return delegate.permissions();
    }

    @Override
    public Folder enter(Path name) throws IOException {
        watcher.before("enter", path());
        return new WatchedFolder(delegate.enter(name), watcher);
    }

    @Override
    public FileChannel channel(Path name, Set<? extends OpenOption> options) throws IOException {
        watcher.before("channel", path());
        return delegate.channel(name, options);
    }

    @Override
    public void sync() throws IOException {
        watcher.before("sync", path());
        delegate.sync();
    }

    @Override
    public void move(Path name, Folder to, Path newName) throws IOException {
        watcher.before("move", path());
        delegate.move(name, ((WatchedFolder) to).delegate, newName);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        watcher.before("deleteFile", path());
        delegate.deleteFile(name);
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
        watcher.before("deleteFolder", path());
        delegate.deleteFolder(name);
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }
}
