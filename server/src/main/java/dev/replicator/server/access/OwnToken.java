package dev.replicator.server.access;

import dev.replicator.config.AccessToken;
import dev.replicator.config.Role;
import dev.replicator.server.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * The token of this machine's user, for a server that has none configured: who can read the file may do everything. Made
 * once, with mode 0600, and used again at the next start. On a file system without such modes (Windows) the directory's
 * own access control stands in.
 */
public final class OwnToken {
    /** In the state directory. */
    public static final String FILE_NAME = "server-token";

    /** What the audit calls its bearer. */
    public static final String NAME = "local";

    private static final int LARGEST = 512;
    private static final int SHORTEST = 32;
    private static final Set<PosixFilePermission> MODE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final String token;

    private OwnToken(Path file, String token) {
        this.file = file;
        this.token = token;
    }

    /**
     * The one of this state directory; it is made where there is none yet.
     *
     * @throws UnsafeTokenException when the file is a link, can be read by others, or holds no token
     * @throws UncheckedIOException when it can't be read or written
     */
    public static OwnToken in(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE_NAME);
        try {
            OwnerOnly.directory(stateDirectory);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                make(file);
            }
            return new OwnToken(file, read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the token file " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * The one of this state directory, for a client on the same machine; nothing is made.
     *
     * @throws UnsafeTokenException as for {@link #in}
     * @throws UncheckedIOException when it can't be read or is not there
     */
    public static OwnToken existing(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE_NAME);
        try {
            return new OwnToken(file, read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the token file " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Complete before it has its name, and never over another: who comes second takes the first one's. */
    private static void make(Path file) throws IOException {
        Path partial = file.resolveSibling("." + FILE_NAME + "-" + UUID.randomUUID());
        try {
            write(partial, Secrets.random() + "\n");
            Files.createLink(file, partial);
        } catch (FileAlreadyExistsException e) {
            // Another process was first.
        } catch (UnsupportedOperationException e) {
            Files.move(partial, file);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (SeekableByteChannel channel = posix
                ? Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(MODE))
                : Files.newByteChannel(file, options)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** What is judged is what is read: the link is refused by the opening itself. */
    private static String read(Path file) throws IOException {
        refuseUnsafe(file);
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(LARGEST + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until it is full or the file ends
            }
            String token = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
            if (token.length() < SHORTEST || token.length() > LARGEST) {
                throw new UnsafeTokenException("the token file " + file + " holds no token of " + SHORTEST + " to "
                        + LARGEST + " characters: remove it, and a new one is made");
            }
            return token;
        }
    }

    private static void refuseUnsafe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new UnsafeTokenException("the token file " + file + " is a link: remove it, and a new one is made");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnsafeTokenException("the token file " + file + " is no file");
        }
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> granted = Files.readAttributes(
                        file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .permissions();
        granted.removeAll(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        if (!granted.isEmpty()) {
            throw new UnsafeTokenException("the token file " + file
                    + " can be used by others than its owner: chmod 600 it, or remove it and a new one is made");
        }
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** The secret itself: for the {@code Authorization} header of a client, and nothing else. */
    public String token() {
        return token;
    }

    /** As if it were configured. */
    public AccessToken asAccessToken() {
        return new AccessToken(NAME, Role.ADMIN, Secrets.sha256(token));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OwnToken[" + file + "]";
    }
}
