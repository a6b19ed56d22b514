package dev.replicator.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * An open directory. Names are resolved against the directory that was opened, wherever its path leads by now, and never
 * through a symbolic link: who swaps a component of the path for a link can't lead us elsewhere. That holds where the
 * system has openat and the JDK uses it (Linux); elsewhere names are resolved by path. Used by one thread.
 */
interface Folder extends Closeable {
    /** Opens directories by path; follows links, so only for paths that the user gave. */
    @FunctionalInterface
    interface Opener {
        Folder open(Path path) throws IOException;
    }

    /** By handle where this system and runtime can, else by path. */
    static Folder open(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new SecureFolder(path, secure);
        }
        stream.close();
        return new PathFolder(path);
    }

    /** Where it was when it was opened. */
    Path path();

    /** What has that name, itself if a link; empty when nothing has. */
    Optional<BasicFileAttributes> stat(Path name) throws IOException;

    /** This directory's owner and permissions; empty where the filesystem has none. */
    Optional<PosixFileAttributes> permissions() throws IOException;

    /** The directory of that name; fails for a link. */
    Folder enter(Path name) throws IOException;

    /** Opens the file of that name; {@link LinkOption#NOFOLLOW_LINKS} is implied. */
    FileChannel channel(Path name, Set<? extends OpenOption> options) throws IOException;

    /** Makes this directory's entries durable, where the system can. */
    void sync() throws IOException;

    /** Renames, replacing a file (or, a directory, an empty directory), in one atomic step. */
    void move(Path name, Folder to, Path newName) throws IOException;

    /** Removes a file or a link. */
    void deleteFile(Path name) throws IOException;

    /** Removes an empty directory. */
    void deleteFolder(Path name) throws IOException;

    @Override
    void close() throws IOException;
}
