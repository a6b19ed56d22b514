package dev.replicator.cli.remote;

import dev.replicator.cli.exit.CliException;
import dev.replicator.server.access.OwnToken;
import dev.replicator.server.access.UnsafeTokenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the token for a server. */
public final class Tokens {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,512}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private Tokens() {}

    /**
     * The one in the file, else in the environment; for the server that this user started at this machine, else the one
     * that it made. What others listen at gets none unasked: it could be somebody who collects tokens.
     *
     * @param state where a server of this user keeps it
     * @throws CliException when what is named holds no token
     */
    public static Optional<String> find(URI server, Optional<Path> file, Map<String, String> environment, Path state) {
        if (file.isPresent()) {
            return Optional.of(checked(read(file.get()), "--token-file " + file.get()));
        }
        String variable = environment.getOrDefault("REPLICATOR_TOKEN", "").strip();
        if (!variable.isEmpty()) {
            return Optional.of(checked(variable, "REPLICATOR_TOKEN"));
        }
        return isThisUsers(server, state) ? own(state) : Optional.empty();
    }

    /** Whether what is sent there stays on this machine. */
    public static boolean isHere(URI server) {
        return server.getHost() != null && LOOPBACK.contains(server.getHost());
    }

    private static boolean isThisUsers(URI server, Path state) {
        return isHere(server)
                && OwnServer.address(state)
                        .filter(own -> isHere(own) && server.getPort() == own.getPort())
                        .isPresent();
    }

    private static Optional<String> own(Path state) {
        try {
            return Optional.of(OwnToken.existing(state).token());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        } catch (UnsafeTokenException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > 4_096) {
                throw CliException.usage("--token-file " + file + " holds more than a token");
            }
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw CliException.usage("can't read --token-file " + file + ": there is no such file, or no text in it, or"
                    + " this user may not read it");
        }
    }

    /** What can stand in a header; the message doesn't show it. */
    private static String checked(String token, String where) {
        if (!FORM.matcher(token).matches()) {
            throw CliException.usage(where + " holds no token: one word of up to 512 characters");
        }
        return token;
    }
}
