package dev.replicator.filesystem;

import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes an object: fills a temporary file, gives it time and metadata, makes it durable, and puts it in place under the
 * key's lock, where the precondition is checked. Whatever fails before that leaves nothing visible. Thread-safe.
 *
 * <table>
 * <caption>How a file gets into place</caption>
 * <tr><td>Absent</td><td>hard link: of all writers in the world one wins</td></tr>
 * <tr><td>Absent, where a stranger may write to a directory on the way, or there are no hard links</td><td>rename under
 * the lock: a link is made by path, and the stranger could have it made elsewhere; of all Replicators one wins</td></tr>
 * <tr><td>None, Unchanged</td><td>rename under the lock</td></tr>
 * </table>
 *
 * <p>Where a stranger could swap our directory of temporary files for a link, a body is not asked to fill the file by its
 * path ({@link ObjectBody#saveTo}): its bytes come as a stream and go where the file was opened.
 *
 * <p>The control area ({@code .replicator/…}) always takes hard links: leases must exclude each other even where locks
 * don't reach.
 */
final class FileWriter {
    private static final int BUFFER = 128 * 1024;
    /** What is added to a time until the filesystem, which may cut it, keeps one that is not older than the source's. */
    private static final List<Duration> STEPS = List.of(
            Duration.ZERO, Duration.ofNanos(1_000), Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final Tree tree;
    private final Stage stage;
    private final KeyLocks locks;
    private final FileMetadata metadata;
    private final Clock clock;
    private final Runnable beforePlace;

    /** @param beforePlace speaks right before a finished file takes its name; throwing leaves the name as it was */
    FileWriter(Tree tree, Stage stage, KeyLocks locks, FileMetadata metadata, Clock clock, Runnable beforePlace) {
        this.tree = tree;
        this.stage = stage;
        this.locks = locks;
        this.metadata = metadata;
        this.clock = clock;
        this.beforePlace = beforePlace;
    }

    ObjectMeta write(SafePath path, ObjectBody body, WriteOptions options) throws IOException {
        try (Folder tmp = stage.open()) {
            Tree.retraced(() -> {
                checkEarly(tmp, path, options.precondition());
                return path;
            });
            Path temporary = stage.newName();
            try {
                fill(tmp, temporary, path, body);
                Path file = tmp.path().resolve(temporary);
                FileState state = stamp(file, options.modified().orElseGet(clock::instant));
                ObjectMetadata kept = keep(file, state, options);
                try (FileChannel channel = tmp.channel(temporary, Set.of(StandardOpenOption.WRITE))) {
                    channel.force(true);
                }
                beforePlace.run();
                place(tmp, temporary, path, options.precondition());
                return new ObjectMeta(
                        path.key(),
                        state.size(),
                        state.modified(),
                        state.version(),
                        List.of(),
                        EntryNote.NONE,
                        Optional.of(kept.withTags(Map.of())));
            } finally {
                Stage.remove(tmp, temporary);
            }
        }
    }

    /** Spares the transfer what the place itself will refuse. */
    private void checkEarly(Folder tmp, SafePath path, Precondition precondition) throws IOException {
        WriteGuide guide = new WriteGuide(stage, tmp, Optional.empty());
        Optional<Folder> found = tree.descend(path, guide.onlyLooking());
        if (found.isEmpty()) {
            Targets.check(Optional.empty(), precondition);
            return;
        }
        try (Folder parent = found.get()) {
            guide.checkSpelling(parent, path.name());
            Targets.check(parent.stat(path.name()), precondition);
        }
    }

    private void fill(Folder tmp, Path temporary, SafePath path, ObjectBody body) throws IOException {
        try (FileChannel file =
                tmp.channel(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            boolean mayUsePath = stage.isOurs(tmp, owner(tmp.path().resolve(temporary)));
            if (!mayUsePath || !saved(body, tmp.path().resolve(temporary))) {
                copy(path, body, file);
            }
        }
        long written = tmp.stat(temporary)
                .filter(BasicFileAttributes::isRegularFile)
                .map(BasicFileAttributes::size)
                .orElse(-1L);
        if (written != body.size()) {
            throw new FileProblem(
                    FileProblem.Kind.CORRUPT, written + " bytes came where " + body.size() + " were announced");
        }
    }

    private static boolean saved(ObjectBody body, Path file) throws IOException {
        try {
            return body.saveTo(file);
        } catch (UncheckedIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
    }

    private void copy(SafePath path, ObjectBody body, FileChannel file) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, body.size() + 1)];
        long left = body.size();
        try (InputStream stream = body.open()) {
            for (int count = read(path, stream, buffer); count >= 0; count = read(path, stream, buffer)) {
                left -= count;
                if (left < 0) {
                    throw new FileProblem(
                            FileProblem.Kind.CORRUPT, "more bytes came than the " + body.size() + " announced");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
        }
    }

    /** A stream's plain I/O error is its connection's, not this disk's. */
    private int read(SafePath path, InputStream stream, byte[] buffer) {
        try {
            return stream.read(buffer);
        } catch (IOException e) {
            throw new TransientStoreException(
                    Trouble.NETWORK, message(path) + "reading the body failed: " + e.getMessage(), Optional.empty(), e);
        }
    }

    /** By path: by handle the JDK sets microseconds only. */
    private static FileState stamp(Path file, Instant modified) throws IOException {
        BasicFileAttributeView view =
                Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        FileState state = FileState.of(view.readAttributes());
        for (Duration step : STEPS) {
            view.setTimes(FileTime.from(modified.plus(step)), null, null);
            state = FileState.of(view.readAttributes());
            if (!state.modified().isBefore(modified)) {
                break;
            }
        }
        return state;
    }

    private ObjectMetadata keep(Path file, FileState state, WriteOptions options) throws FileProblem {
        ObjectMetadata wanted = options.operation()
                .map(id -> options.metadata().withUser(ObjectMetadata.OPERATION, id))
                .orElse(options.metadata());
        if (wanted.equals(ObjectMetadata.NONE)) {
            return wanted;
        }
        ObjectMetadata kept = metadata.write(file, state.size(), state.modified(), wanted);
        if (options.wholeMetadata() && !kept.withoutOurs().equals(wanted.withoutOurs())) {
            throw FileProblem.noRoomForMetadata();
        }
        return kept;
    }

    private void place(Folder tmp, Path temporary, SafePath path, Precondition precondition) throws IOException {
        Optional<UserPrincipal> me = owner(tmp.path().resolve(temporary));
        Tree.retraced(() -> {
            WriteGuide guide = new WriteGuide(stage, tmp, me);
            try (Folder parent = tree.descend(path, guide).orElseThrow()) {
                locks.under(tmp, path.key(), () -> {
                    guide.checkSpelling(parent, path.name());
                    Targets.check(parent.stat(path.name()), precondition);
                    boolean mayLink =
                            precondition instanceof Precondition.Absent && (guide.isOurs() || path.isControl());
                    try {
                        if (!mayLink || !linked(tmp, temporary, parent, path)) {
                            tmp.move(temporary, parent, path.name());
                        }
                    } catch (NoSuchFileException e) {
                        throw tmp.stat(temporary).isPresent() ? e : lost(e);
                    } catch (FileSystemException e) {
                        throw cameBetween(parent.stat(path.name()), precondition, e);
                    }
                    return path;
                });
                parent.sync();
                return path;
            }
        });
    }

    private static FileProblem lost(NoSuchFileException e) {
        return new FileProblem(FileProblem.Kind.BUSY, "another took the temporary file away", e);
    }

    /** What came into the place since the look says best what is wrong: a directory there is no broken precondition. */
    private static IOException cameBetween(
            Optional<BasicFileAttributes> seen, Precondition precondition, FileSystemException e) throws FileProblem {
        Targets.check(seen, precondition);
        return e instanceof FileAlreadyExistsException
                ? new FileProblem(FileProblem.Kind.STALE, "the key exists", e)
                : e;
    }

    /** False where this filesystem has no hard links. */
    private boolean linked(Folder tmp, Path temporary, Folder parent, SafePath path) throws IOException {
        try {
            Files.createLink(parent.path().resolve(path.name()), tmp.path().resolve(temporary));
            return true;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Optional<UserPrincipal> owner(Path file) throws IOException {
        FileOwnerAttributeView view =
                Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null ? Optional.empty() : Optional.of(view.getOwner());
    }

    private String message(SafePath path) {
        return FileErrors.message("write", tree.root(), path.key().text());
    }
}
