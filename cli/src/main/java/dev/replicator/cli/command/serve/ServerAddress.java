package dev.replicator.cli.command.serve;

import dev.replicator.cli.remote.OwnServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A note of where the server listens, for commands of the same user, who take its token from beside it. It holds as long
 * as this process lives: whoever reads it asks the system whether the lock beside it is held.
 */
record ServerAddress(URI address, Path file, OwnServer.Claim claim, Optional<String> problem) implements AutoCloseable {
    static ServerAddress note(URI address, Path state) {
        Path file = OwnServer.note(state);
        OwnServer.Claim claim = OwnServer.Claim.NONE;
        try {
            claim = OwnServer.claim(state);
            if (!claim.isHeld()) {
                return new ServerAddress(
                        address, file, claim, unseen("another server that uses " + state + " is the one they find"));
            }
            write(file, address);
            return new ServerAddress(address, file, claim, Optional.empty());
        } catch (IOException e) {
            claim.close();
            return new ServerAddress(address, file, OwnServer.Claim.NONE, unseen(file + " can't be written"));
        }
    }

    /** The note of a server that was killed goes first: with the claim it would be believed again. */
    private static void write(Path file, URI address) throws IOException {
        Files.deleteIfExists(file);
        Path partial = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(partial);
        Files.writeString(partial, address + "\n");
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Optional<String> unseen(String why) {
        return Optional.of("commands won't find the token by themselves: " + why);
    }

    /** Takes the note away, unless it is another server's. */
    @Override
    public void close() {
        try {
            if (claim.isHeld()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A note that stays is believed by nobody once the claim is gone.
        }
        claim.close();
    }
}
