package dev.replicator.server.notify.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once, and hands out only what may be asked: who connects does so to these addresses and resolves nothing
 * again, so that a name which changes its mind wins nothing. Thread-safe.
 */
final class GuardedAddresses implements DnsResolver {
    private static final Pattern NUMBERS =
            Pattern.compile("(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]*))*", Pattern.CASE_INSENSITIVE);
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

    private final Names names;
    private final boolean privateAllowed;

    /** Where names are looked up. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    GuardedAddresses(Names names, boolean privateAllowed) {
        this.names = names;
        this.privateAllowed = privateAllowed;
    }

    static GuardedAddresses system(boolean privateAllowed) {
        return new GuardedAddresses(InetAddress::getAllByName, privateAllowed);
    }

    boolean isPrivateAllowed() {
        return privateAllowed;
    }

    /** @throws ForbiddenAddressException when one of its addresses may not be asked: then none is */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (privateAllowed) {
            return names.resolve(host);
        }
        if (NUMBERS.matcher(host).matches() && !isDottedQuad(host)) {
            throw new ForbiddenAddressException("its host is a number that programs read in different ways");
        }
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!PublicAddresses.contains(address)) {
                throw new ForbiddenAddressException(
                        "its host leads to this machine or into a private network, which is not allowed");
            }
        }
        return addresses;
    }

    private static boolean isDottedQuad(String host) {
        String[] octets = host.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
