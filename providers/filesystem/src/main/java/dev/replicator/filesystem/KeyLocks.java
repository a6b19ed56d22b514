package dev.replicator.filesystem;

import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Makes check-then-rename one step among all Replicators of a machine (and, with working NFS locks, of all machines):
 * a lock in this JVM and a lock on a file between processes, both striped by key, held for a stat and a rename. Other
 * programs don't know these locks; against them only the moment between stat and rename is open.
 *
 * <p>A stripe's file is open at most once in this JVM, since closing any channel of a file drops the process's locks on it
 * (POSIX fcntl).
 */
final class KeyLocks {
    private static final ReentrantLock[] STRIPES =
            IntStream.range(0, 64).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private final Names names;

    KeyLocks(Names names) {
        this.names = names;
    }

    /** What is done to files: under a lock, or anew when the way there changed ({@link Tree#retraced}). */
    interface Step<T> {
        T run() throws IOException;
    }

    /** Runs {@code step} under the key's lock, whose file lies in {@code tmp}; waits for it. */
    <T> T under(Folder tmp, ObjectKey key, Step<T> step) throws IOException {
        int number = Math.floorMod(key.hashCode(), STRIPES.length);
        ReentrantLock stripe = STRIPES[number];
        try {
            stripe.lockInterruptibly();
        } catch (InterruptedException e) {
            throw (IOException) new FileLockInterruptionException().initCause(e);
        }
        try {
            Optional<FileChannel> file = locked(tmp, names.path("lock-" + number));
            try {
                return step.run();
            } finally {
                if (file.isPresent()) {
                    file.get().close();
                }
            }
        } finally {
            stripe.unlock();
        }
    }

    /** Empty on filesystems without file locks: then this JVM's lock has to do. */
    private static Optional<FileChannel> locked(Folder tmp, Path name) throws IOException {
        FileChannel channel = tmp.channel(name, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            FileLock lock = channel.lock();
            return lock.isValid() ? Optional.of(channel) : Optional.empty();
        } catch (FileLockInterruptionException e) {
            channel.close();
            throw e;
        } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
            channel.close();
            return Optional.empty();
        }
    }
}
