package dev.replicator.server.http;

import dev.replicator.config.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Who asks, as guesses are counted and the audit tells. Immutable and thread-safe. */
public final class ClientAddress {
    /** What a proxy says of whom it speaks for: to the right of what came with the request, whom it saw itself. */
    public static final String HEADER = "X-Forwarded-For";

    private static final int NETWORK_BYTES = 8;

    private final List<Network> proxies;

    /** @param proxies whose header is believed */
    public ClientAddress(List<Network> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /**
     * The connection's other end, or, where that is a proxy, the rightmost address of the header that is none: what is to
     * its left the client may have made up. A header without such an address, or with something else before it, says
     * nothing.
     *
     * @param connection the other end's address
     * @param forwarded the values of {@link #HEADER}, in the order of the request
     */
    public String of(String connection, List<String> forwarded) {
        if (literal(connection).filter(this::isProxy).isEmpty()) {
            return connection;
        }
        String[] path = String.join(",", forwarded).split(",", -1);
        for (int i = path.length - 1; i >= 0; i--) {
            Optional<InetAddress> address = literal(withoutPort(path[i].strip()));
            if (address.isEmpty()) {
                return connection;
            }
            if (!isProxy(address.get())) {
                return address.get().getHostAddress();
            }
        }
        return connection;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    /** Some proxies name the client's port too. */
    private static String withoutPort(String node) {
        return node.matches("\\[[^\\]]*]:\\d{1,5}|[\\d.]*:\\d{1,5}") ? node.substring(0, node.lastIndexOf(':')) : node;
    }

    /** The address; of IPv6 the network of 64 bits, of which one client has all. */
    public static String network(String literal) {
        Optional<InetAddress> address = literal(literal);
        if (address.isEmpty()) {
            return literal;
        }
        return address.get() instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.get().getAddress(), NETWORK_BYTES)) + "/64"
                : address.get().getHostAddress();
    }

    private static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return Network.address(bare.replaceFirst("%.*", ""));
    }
}
