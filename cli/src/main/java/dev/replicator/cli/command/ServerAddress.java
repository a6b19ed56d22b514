package dev.replicator.cli.command;

import dev.replicator.cli.remote.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A note of where the server listens, for commands of the same user, who take its token from beside it. */
record ServerAddress(URI address, Path file, Optional<String> problem) implements AutoCloseable {
    static ServerAddress note(URI address, Path state) {
        Path file = state.resolve(Tokens.ADDRESS_FILE);
        try {
            Files.createDirectories(state);
            Files.writeString(file, address + "\n");
            return new ServerAddress(address, file, Optional.empty());
        } catch (IOException e) {
            return new ServerAddress(
                    address,
                    file,
                    Optional.of("commands won't find the token by themselves: " + file + " can't be written"));
        }
    }

    /** Takes the note away, unless another server has written its own. */
    @Override
    public void close() {
        try {
            if (Files.isRegularFile(file) && Files.readString(file).strip().equals(address.toString())) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // A note that stays points to a port where nobody listens.
        }
    }
}
