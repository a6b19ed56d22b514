package dev.replicator.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By file descriptor: openat, fstatat, renameat, unlinkat. */
record SecureFolder(Path path, SecureDirectoryStream<Path> stream) implements Folder {
    @Override
    public Optional<BasicFileAttributes> stat(Path name) throws IOException {
        try {
            return Optional.of(
                    stream.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<PosixFileAttributes> permissions() throws IOException {
        @Nullable PosixFileAttributeView view = stream.getFileAttributeView(PosixFileAttributeView.class);
        return view == null ? Optional.empty() : Optional.of(view.readAttributes());
    }

    /**
     * Looks first: where the name is a file's, JDK 25 closes a descriptor twice (and leaks another), the second time
     * perhaps one that another thread has opened since.
     */
    @Override
    public Folder enter(Path name) throws IOException {
        BasicFileAttributes seen = stat(name).orElseThrow(() -> new NoSuchFileException(name.toString()));
        if (!seen.isDirectory() && !seen.isSymbolicLink()) {
            throw new NotDirectoryException(name.toString());
        }
        return new SecureFolder(path.resolve(name), stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public FileChannel channel(Path name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        SeekableByteChannel channel = stream.newByteChannel(name, all);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("no file channels here");
    }

    /** Filesystems made of Java objects open no directories. */
    @Override
    public void sync() throws IOException {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            return;
        }
        try (FileChannel self = channel(path.getFileSystem().getPath("."), Set.of(StandardOpenOption.READ))) {
            self.force(true);
        } catch (NoSuchFileException e) {
            // Another removed it, which it made durable.
        }
    }

    @Override
    public void move(Path name, Folder to, Path newName) throws IOException {
        if (!(to instanceof SecureFolder target)) {
            throw new IOException("moves between unlike folders");
        }
        stream.move(name, target.stream, newName);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        stream.deleteFile(name);
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
        stream.deleteDirectory(name);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
