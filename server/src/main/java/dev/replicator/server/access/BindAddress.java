package dev.replicator.server.access;

import dev.replicator.config.ConfigException;
import dev.replicator.config.ServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where the server may listen. */
public final class BindAddress {
    private BindAddress() {}

    /**
     * The settings' address, resolved.
     *
     * @throws ConfigException when the name is unknown, or others than this machine reach it and no token is configured
     */
    public static InetSocketAddress of(ServerSettings settings) {
        InetAddress address = resolved(settings.host());
        if (!address.isLoopbackAddress() && settings.tokens().isEmpty()) {
            throw new ConfigException(List.of("server.listen " + settings.host()
                    + " can be reached from other machines, and server.tokens names nobody: configure tokens, or listen"
                    + " at 127.0.0.1"));
        }
        return new InetSocketAddress(address, settings.port());
    }

    private static InetAddress resolved(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigException(
                    List.of("server.listen " + host + " is unknown: name an address of this machine"));
        }
    }
}
