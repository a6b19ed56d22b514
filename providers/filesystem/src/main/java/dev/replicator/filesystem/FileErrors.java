package dev.replicator.filesystem;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Displays;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.NoSpaceException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Translates what the system says of files, once.
 *
 * <table>
 * <caption>What becomes of an error</caption>
 * <tr><td>no such file</td><td>{@link ObjectNotFoundException}</td></tr>
 * <tr><td>permission denied, not permitted, read-only filesystem</td><td>{@link AccessDeniedException}</td></tr>
 * <tr><td>no space, quota</td><td>{@link NoSpaceException}</td></tr>
 * <tr><td>name too long, file too large, not a directory, a link in the way, another filesystem mounted within</td><td>{@link InvalidRequestException}</td></tr>
 * <tr><td>stale handle, timeout, host down (network filesystems)</td><td>{@link TransientStoreException} NETWORK</td></tr>
 * <tr><td>too many open files, busy</td><td>{@link TransientStoreException} THROTTLED</td></tr>
 * <tr><td>interrupt</td><td>{@link TransientStoreException} NETWORK, the flag set again</td></tr>
 * <tr><td>all else (a disk's I/O error)</td><td>{@link CorruptObjectException}: not repeated, a dying disk would make
 * every object wait through every retry</td></tr>
 * </table>
 *
 * <p>The system's texts are those of its locale where translations are installed; then only the classes of the JDK's
 * exceptions and the free space decide.
 */
final class FileErrors {
    private static final List<String> DENIED = List.of("not permitted", "read-only file system", "permission denied");
    private static final List<String> FULL = List.of("no space left", "quota exceeded");
    private static final List<String> UNFIT = List.of(
            "name too long",
            "invalid argument",
            "illegal byte sequence",
            "not a directory",
            "is a directory",
            "levels of symbolic links");
    private static final List<String> TOO_LARGE = List.of("file too large");
    private static final List<String> NETWORK =
            List.of("stale file handle", "stale nfs", "timed out", "host is down", "not connected", "no route");
    private static final List<String> BUSY = List.of(
            "too many open files",
            "temporarily unavailable",
            "resource busy",
            "text file busy",
            "cannot allocate",
            "not empty");
    private static final long PLENTY = 1L << 20;

    private FileErrors() {}

    /**
     * @param verb {@code list}, {@code head}, {@code read}, {@code write}, {@code copy}, {@code delete}
     * @param root the bucket
     * @param name key or path, for people
     */
    static StoreException translate(String verb, Path root, String name, IOException e) {
        String what = message(verb, root, name) + Displays.escaped(reason(e));
        if (e instanceof FileProblem problem) {
            return problem.translated(what);
        }
        if (isInterrupt(e)) {
            Thread.currentThread().interrupt();
            return new TransientStoreException(Trouble.NETWORK, what + " (interrupted)", Optional.empty(), e);
        }
        if (e instanceof NoSuchFileException) {
            return new ObjectNotFoundException(what, e);
        }
        String reason = reason(e).toLowerCase(Locale.ROOT);
        if (e instanceof java.nio.file.AccessDeniedException || says(reason, DENIED)) {
            return new AccessDeniedException(what, e);
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return new InvalidRequestException(
                    what + "; another filesystem is mounted inside the directory: make it a bucket of its own", e);
        }
        if (says(reason, FULL)) {
            return new NoSpaceException(what, e);
        }
        if (says(reason, UNFIT)) {
            return new InvalidRequestException(InvalidRequestException.Why.UNSAFE_KEY, what, e);
        }
        if (says(reason, TOO_LARGE)) {
            return new InvalidRequestException(InvalidRequestException.Why.TOO_LARGE, what, e);
        }
        if (says(reason, NETWORK)) {
            return new TransientStoreException(Trouble.NETWORK, what, Optional.empty(), e);
        }
        if (says(reason, BUSY)) {
            return new TransientStoreException(Trouble.THROTTLED, what, Optional.empty(), e);
        }
        return verb.equals("write") && isFull(root)
                ? new NoSpaceException(what, e)
                : new CorruptObjectException(what, e);
    }

    /** Whether it is certainly the writing, of all that happens when one file is copied to another, that failed. */
    static boolean isOfWriting(IOException e) {
        String reason = reason(e).toLowerCase(Locale.ROOT);
        return says(reason, FULL) || says(reason, TOO_LARGE);
    }

    static String message(String verb, Path root, String name) {
        return verb + " " + Displays.escaped(name) + " in file://" + Displays.escaped(root.toString()) + ": ";
    }

    static TransientStoreException interrupted(String verb, Path root, String name) {
        Thread.currentThread().interrupt();
        return new TransientStoreException(Trouble.NETWORK, message(verb, root, name) + "interrupted");
    }

    private static boolean isInterrupt(IOException e) {
        return e instanceof ClosedByInterruptException
                || e instanceof InterruptedIOException
                || e instanceof FileLockInterruptionException;
    }

    private static boolean says(String reason, List<String> words) {
        return words.stream().anyMatch(reason::contains);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isFull(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace() < PLENTY;
        } catch (IOException e) {
            return false;
        }
    }
}
