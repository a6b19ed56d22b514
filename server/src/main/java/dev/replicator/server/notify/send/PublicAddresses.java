package dev.replicator.server.notify.send;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses belong to nobody's inside: those that IANA's registries of special-purpose addresses (RFC 6890) leave to
 * the public. Stateless.
 */
final class PublicAddresses {
    /** Networks with the number of their leading bits. */
    private static final List<Network> SPECIAL = List.of(
            network("0.0.0.0", 8),
            network("10.0.0.0", 8),
            network("100.64.0.0", 10),
            network("127.0.0.0", 8),
            network("169.254.0.0", 16),
            network("172.16.0.0", 12),
            network("192.0.0.0", 24),
            network("192.0.2.0", 24),
            network("192.88.99.0", 24),
            network("192.168.0.0", 16),
            network("198.18.0.0", 15),
            network("198.51.100.0", 24),
            network("203.0.113.0", 24),
            network("224.0.0.0", 4),
            network("240.0.0.0", 4));

    /** All of IPv6 that is given out to the public; what is inside of it and special. */
    private static final Network GLOBAL = network("2000::", 3);

    private static final List<Network> SPECIAL_GLOBAL =
            List.of(network("2001::", 23), network("2001:db8::", 32), network("2002::", 16), network("3fff::", 20));

    private PublicAddresses() {}

    /** Addresses that carry another one (mapped, NAT64, 6to4, Teredo) are none, whatever they carry. */
    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL.stream().noneMatch(network -> network.contains(address.getAddress()));
        }
        return address instanceof Inet6Address
                && GLOBAL.contains(address.getAddress())
                && SPECIAL_GLOBAL.stream().noneMatch(network -> network.contains(address.getAddress()));
    }

    private static Network network(String literal, int bits) {
        try {
            return new Network(InetAddress.getByName(literal), bits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal is asked of nobody", e);
        }
    }

    private record Network(InetAddress first, int bits) {
        boolean contains(byte[] address) {
            byte[] prefix = first.getAddress();
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
