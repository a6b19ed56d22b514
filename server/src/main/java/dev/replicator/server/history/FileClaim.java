package dev.replicator.server.history;

import dev.replicator.server.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the servers of one SQLite file from each other, by a lock on a file beside it that the system takes back from
 * the dead: who gets it knows that whatever the history calls running is dead.
 */
final class FileClaim implements AutoCloseable {
    static final FileClaim NONE = new FileClaim(Optional.empty(), Optional.empty());

    private static final Logger log = LoggerFactory.getLogger(FileClaim.class);

    private final Optional<FileChannel> channel;
    private final Optional<FileLock> lock;

    private FileClaim(Optional<FileChannel> channel, Optional<FileLock> lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes it if it is free; never fails. */
    static FileClaim of(Path history) {
        Path file = history.resolveSibling(history.getFileName() + ".lock");
        try {
            OwnerOnly.file(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            return new FileClaim(Optional.of(channel), locked(channel));
        } catch (IOException e) {
            log.warn("{} can't be locked: {}", file, e.toString());
            return NONE;
        }
    }

    private static Optional<FileLock> locked(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    boolean isExclusive() {
        return lock.isPresent();
    }

    /** Gives it back. */
    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            log.debug("the lock's file could not be closed", e);
        }
    }
}
