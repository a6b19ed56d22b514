package dev.replicator.server.http;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names under which the server may be reached: whoever makes a browser believe that another name is this machine
 * (DNS rebinding) gets no answer. Immutable.
 */
public final class HostNames {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d+(\\.\\d+){3}");

    private final Set<String> names = new TreeSet<>(LOOPBACK);
    private final boolean anyAddress;

    /**
     * @param listening the address of the port; where it stands for all of this machine's, each of them is a name: an
     *     address can't be rebound
     * @param configured further names
     */
    public HostNames(String host, InetAddress listening, Collection<String> configured) {
        this.anyAddress = listening.isAnyLocalAddress();
        nameOf(host).ifPresent(names::add);
        nameOf("[" + host + "]").ifPresent(names::add);
        configured.forEach(name -> nameOf(name).ifPresent(names::add));
    }

    /** Whether a request's {@code Host} header names this server; the port is left alone, since proxies change it. */
    public boolean allow(String hostHeader) {
        return nameOf(hostHeader)
                .filter(name -> names.contains(name)
                        || (anyAddress && ADDRESS.matcher(name).matches()))
                .isPresent();
    }

    /** Whether the header names this very machine. */
    public static boolean isLoopback(String hostHeader) {
        return nameOf(hostHeader).filter(LOOPBACK::contains).isPresent();
    }

    private static Optional<String> nameOf(String hostHeader) {
        return Optional.of(HOST.matcher(hostHeader))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT));
    }
}
