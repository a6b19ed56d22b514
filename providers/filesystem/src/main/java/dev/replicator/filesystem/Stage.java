package dev.replicator.filesystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code .replicator/tmp}, where files and directories grow before a rename shows them. A name tells when it was made,
 * because a file's own time is soon its source's; what is older than a day is of a run that died, and the first write
 * of a store sweeps it. Thread-safe.
 */
final class Stage {
    static final String CONTROL = ".replicator";
    static final String TMP = CONTROL + "/tmp";

    private static final Duration LEFT_OVER = Duration.ofHours(24);
    private static final String MARK = "t-";

    private final Tree tree;
    private final Names names;
    private final Clock clock;
    private final AtomicBoolean swept = new AtomicBoolean();
    private volatile boolean foldsCase;

    Stage(Tree tree, Names names, Clock clock) {
        this.tree = tree;
        this.names = names;
        this.clock = clock;
    }

    /** The directory, made if missing. */
    Folder open() throws IOException {
        Path control = names.path(CONTROL);
        try (Folder root = tree.openRoot();
                Folder ours = made(root, control)) {
            foldsCase = isSame(root.stat(control), root.stat(names.path(".REPLICATOR")));
            Folder tmp = made(ours, names.path("tmp"));
            if (swept.compareAndSet(false, true)) {
                sweep(tmp);
            }
            return tmp;
        }
    }

    /**
     * Whether only this user and root can swap this directory, or one on the way to it, for a link.
     *
     * @param me who owns the files that this process makes; empty where files have no owners
     */
    boolean isOurs(Folder tmp, Optional<UserPrincipal> me) throws IOException {
        if (me.isEmpty()) {
            return true;
        }
        try (Folder root = tree.openRoot();
                Folder ours = root.enter(names.path(CONTROL))) {
            return WriteGuide.isOurs(root, me.get())
                    && WriteGuide.isOurs(ours, me.get())
                    && WriteGuide.isOurs(tmp, me.get());
        }
    }

    /** A name that nothing has; carries the time. */
    Path newName() {
        String time = Long.toString(clock.millis(), Character.MAX_RADIX);
        return names.path(
                MARK + time + "-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    /** Whether the filesystem takes {@code A} and {@code a} for one name; known once {@link #open} was called. */
    boolean foldsCase() {
        return foldsCase;
    }

    /**
     * Makes a directory of that name, where {@code folder} is by now: it is made here and moved there by handle, because
     * a directory can only be made by path. One that was made elsewhere, since a stranger swapped this directory for a
     * link in that moment, is removed again: empty, and of a name that nobody else gives. Fails as missing where another's
     * came and went meanwhile.
     */
    void makeFolder(Folder tmp, Folder folder, Path name) throws IOException {
        Path temporary = newName();
        Files.createDirectory(tmp.path().resolve(temporary));
        try {
            tmp.move(temporary, folder, name);
            folder.sync();
        } catch (IOException e) {
            if (tmp.stat(temporary).isPresent()) {
                tmp.deleteFolder(temporary);
            } else {
                Files.deleteIfExists(tmp.path().resolve(temporary));
            }
            Optional<BasicFileAttributes> seen = folder.stat(name);
            if (seen.isEmpty()) {
                throw gone(name, e);
            }
            if (!seen.get().isDirectory()) {
                throw e;
            }
        }
    }

    /** Most likely one stood in the way that another made, filled and removed meanwhile; if not, the cause says more. */
    private static IOException gone(Path name, IOException e) {
        return e instanceof NoSuchFileException || e instanceof AccessDeniedException
                ? e
                : (IOException) new NoSuchFileException(name.toString()).initCause(e);
    }

    private static Folder made(Folder folder, Path name) throws IOException {
        Optional<BasicFileAttributes> seen = folder.stat(name);
        if (seen.isEmpty()) {
            try {
                Files.createDirectory(folder.path().resolve(name));
            } catch (FileAlreadyExistsException e) {
                // Somebody else was faster; entering it tells whether it is a directory.
            }
        } else if (!seen.get().isDirectory()) {
            throw new FileProblem(
                    FileProblem.Kind.NO_OBJECT,
                    folder.path().resolve(name)
                            + " is not a directory; Replicator keeps its temporary files there: move"
                            + " it out of the way");
        }
        return folder.enter(name);
    }

    private static boolean isSame(Optional<BasicFileAttributes> one, Optional<BasicFileAttributes> other) {
        return one.isPresent() && other.isPresent() && FileState.inode(one.get()) == FileState.inode(other.get());
    }

    private void sweep(Folder tmp) throws IOException {
        long before = clock.millis() - LEFT_OVER.toMillis();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(tmp.path(), MARK + "*")) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (madeAt(name.toString()) < before) {
                    remove(tmp, name);
                }
            }
        }
    }

    /** Epoch milliseconds from a name of ours; for a stranger's the end of time. */
    private static long madeAt(String name) {
        try {
            return Long.parseLong(name.substring(MARK.length(), name.indexOf('-', MARK.length())), Character.MAX_RADIX);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Another process may sweep too, so what can't be removed is left. */
    static void remove(Folder folder, Path name) {
        try {
            Optional<BasicFileAttributes> seen = folder.stat(name);
            if (seen.isPresent() && seen.get().isDirectory()) {
                folder.deleteFolder(name);
            } else if (seen.isPresent()) {
                folder.deleteFile(name);
            }
        } catch (IOException e) {
            // Left for the next sweep.
        }
    }
}
