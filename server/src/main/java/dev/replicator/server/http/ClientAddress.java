package dev.replicator.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Who a connection comes from, as guesses are counted. */
public final class ClientAddress {
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** The address; of IPv6 the network of 64 bits, of which one client has all. */
    public static String network(String literal) {
        String plain = literal.startsWith("[") ? literal.substring(1, literal.length() - 1) : literal;
        if (plain.indexOf(':') < 0) {
            return plain;
        }
        try {
            InetAddress address = InetAddress.getByName(plain);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            return plain;
        }
    }
}
