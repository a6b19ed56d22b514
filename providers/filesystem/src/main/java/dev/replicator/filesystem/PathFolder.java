package dev.replicator.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By path, for systems without openat: links are looked for right before each use, which leaves a moment between. */
record PathFolder(Path path) implements Folder {
    @Override
    public Optional<BasicFileAttributes> stat(Path name) throws IOException {
        try {
            return Optional.of(
                    Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<PosixFileAttributes> permissions() throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view == null ? Optional.empty() : Optional.of(view.readAttributes());
    }

    @Override
    public Folder enter(Path name) throws IOException {
        Path child = path.resolve(name);
        if (!Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isDirectory()) {
            throw new NotDirectoryException(child.toString());
        }
        return new PathFolder(child);
    }

    @Override
    public FileChannel channel(Path name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(path.resolve(name), all);
    }

    /** Windows opens no directories. */
    @Override
    public void sync() throws IOException {
        if (!path.getFileSystem().equals(FileSystems.getDefault())
                || !path.getFileSystem().getSeparator().equals("/")) {
            return;
        }
        try (FileChannel self = FileChannel.open(path, StandardOpenOption.READ)) {
            self.force(true);
        } catch (NoSuchFileException e) {
            // Its entries moved with it.
        }
    }

    @Override
    public void move(Path name, Folder to, Path newName) throws IOException {
        Files.move(path.resolve(name), to.path().resolve(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        if (Files.isDirectory(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(name.toString(), null, "is a directory");
        }
        Files.delete(path.resolve(name));
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
        if (!Files.isDirectory(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(name.toString());
        }
        Files.delete(path.resolve(name));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
