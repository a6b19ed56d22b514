package dev.replicator.config;

import java.util.List;
import java.util.Map;

/** What the environment says of the server; it goes before the file. */
final class ServerOverrides {
    private static final String LISTEN = "REPLICATOR_LISTEN";

    private final Map<String, String> environment;

    ServerOverrides(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The same settings with the overrides applied.
     *
     * @throws ConfigException when one can't be
     */
    ServerSettings applyTo(ServerSettings server) {
        String listen = environment.getOrDefault(LISTEN, "").strip();
        if (listen.isEmpty()) {
            return server;
        }
        try {
            return server.withListen(ServerKeys.ADDRESSES.read(listen));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(LISTEN + ": its value " + e.getMessage()));
        }
    }
}
