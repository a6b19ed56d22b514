package dev.replicator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.cli.exit.CliException;
import dev.replicator.cli.option.ServerOptions;
import dev.replicator.cli.session.Session;
import dev.replicator.cli.session.StateDirectory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the talk with a server that a command was told of. */
public final class Remote {
    private Remote() {}

    /** The server to ask; absent: the work is done here, as it always is where two locations are given by hand. */
    public static Optional<URI> meant(ServerOptions options, List<String> words, Session session) {
        Optional<URI> address = options.address(session.environment());
        if (address.isPresent() && words.size() > 1 && !options.isGiven()) {
            session.warn("REPLICATOR_SERVER is left aside: two locations given by hand are worked on here");
            return Optional.empty();
        }
        return address;
    }

    public static ServerClient open(URI address, ServerOptions options, Session session) {
        Optional<String> token = Tokens.find(
                address,
                options.tokenFile().map(session::file),
                session.environment(),
                new StateDirectory(session.environment()).path());
        if (token.isPresent() && "http".equalsIgnoreCase(address.getScheme()) && !Tokens.isHere(address)) {
            session.warn("the token goes to " + address.getHost() + " unencrypted; https:// would protect it");
        }
        return new ServerClient(address, token);
    }

    /** The job that is meant: the one that was named, else the server's only one. */
    public static String job(ServerClient server, Optional<String> named) {
        if (named.isPresent()) {
            return named.get();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode job : server.get("jobs").path("items")) {
            names.add(job.path("name").asText());
        }
        if (names.size() == 1) {
            return names.get(0);
        }
        throw CliException.usage(
                names.isEmpty()
                        ? server.address() + " has no jobs"
                        : "which job? " + server.address() + " has " + String.join(", ", names));
    }
}
