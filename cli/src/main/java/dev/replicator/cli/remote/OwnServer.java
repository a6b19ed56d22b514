package dev.replicator.cli.remote;

import dev.replicator.cli.session.StateDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the server that this user started at this machine listens: a note in the state directory, and a lock beside it
 * that the system takes back from the dead. Without the lock a note is a dead server's, whose port anybody may have taken
 * since.
 */
public final class OwnServer {
    private static final int CLAIM_TRIES = 20;
    private static final Duration CLAIM_PAUSE = Duration.ofMillis(50);

    private OwnServer() {}

    /** The note's file. */
    public static Path note(Path state) {
        return state.resolve("server-address");
    }

    /** Where it listens, if it lives; empty too where the note can't be read. */
    public static Optional<URI> address(Path state) {
        try {
            URI noted = URI.create(Files.readString(note(state)).strip());
            return isHeld(state) ? Optional.of(noted) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Says that this process serves, until the claim is closed or the process ends. */
    public static Claim claim(Path state) throws IOException {
        Path lockFile = lock(StateDirectory.ownersOnly(state));
        FileChannel channel = FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                ownersOnly(lockFile));
        Optional<FileLock> lock = locked(channel, false);
        // Who asks whether it is held has it for a moment.
        for (int tries = 0; lock.isEmpty() && tries < CLAIM_TRIES; tries++) {
            LockSupport.parkNanos(CLAIM_PAUSE.toNanos());
            lock = locked(channel, false);
        }
        return new Claim(Optional.of(channel), lock);
    }

    /** Asks by a lock that many may have at once, so that who asks is never taken for the server. */
    private static boolean isHeld(Path state) throws IOException {
        if (othersMayTouch(lock(state))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock(state), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return locked(channel, true).isEmpty();
        }
    }

    /** Whoever may read a file may lock it: such a lock says nothing. */
    private static boolean othersMayTouch(Path lock) throws IOException {
        if (!hasModes(lock)) {
            return false;
        }
        return Files.getPosixFilePermissions(lock, LinkOption.NOFOLLOW_LINKS).stream()
                .anyMatch(permission -> !permission.name().startsWith("OWNER"));
    }

    private static FileAttribute<?>[] ownersOnly(Path lock) {
        return hasModes(lock)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Optional<FileLock> locked(FileChannel channel, boolean shared) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(0, Long.MAX_VALUE, shared));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static Path lock(Path state) {
        return state.resolve("server-address.lock");
    }

    /** The lock of the server that is found; of another one that uses the same directory an attempt at it. */
    public record Claim(Optional<FileChannel> channel, Optional<FileLock> lock) implements AutoCloseable {
        /** Nothing is claimed. */
        public static final Claim NONE = new Claim(Optional.empty(), Optional.empty());

        public boolean isHeld() {
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
                // The system takes it back when the process ends.
            }
        }
    }
}
