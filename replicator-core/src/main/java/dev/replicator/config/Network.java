package dev.replicator.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address or a network of them. Immutable.
 *
 * @param first its first address; {@code ::ffff:10.0.0.1} is {@code 10.0.0.1}
 * @param bits of an address that all of them share: 1 to 32, of IPv6 to 128
 */
public record Network(InetAddress first, int bits) {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");
    private static final String EXPECTED = "is no address and no network, such as 10.0.0.5, 10.0.0.0/24 or fd00::/8";

    public Network {
        if (bits < 1 || bits > length(first)) {
            throw new IllegalArgumentException("a network's addresses share 1 to " + length(first) + " bits");
        }
    }

    /**
     * Reads {@code 10.0.0.5}, {@code 10.0.0.0/24} or {@code fd00::/8}. No name is looked up.
     *
     * @throws IllegalArgumentException saying what is expected, without repeating {@code text}
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = address(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(EXPECTED));
        if (slash < 0) {
            return new Network(first, length(first));
        }
        String bits = text.substring(slash + 1);
        if (!LENGTH.matcher(bits).matches() || Integer.parseInt(bits) > length(first)) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (Integer.parseInt(bits) == 0) {
            throw new IllegalArgumentException("is everybody");
        }
        Network network = new Network(first, Integer.parseInt(bits));
        if (number(first).signum() > 0 && number(first).getLowestSetBit() < network.hostBits()) {
            throw new IllegalArgumentException("has bits beyond its first " + network.bits);
        }
        return network;
    }

    /** The address that is written so, in numbers; empty for whatever else, also for a name. */
    public static Optional<InetAddress> address(String literal) {
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether that address is one of them. */
    public boolean contains(InetAddress address) {
        return length(address) == length(first)
                && number(address).shiftRight(hostBits()).equals(number(first).shiftRight(hostBits()));
    }

    private int hostBits() {
        return length(first) - bits;
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return bits == length(first) ? first.getHostAddress() : first.getHostAddress() + "/" + bits;
    }
}
