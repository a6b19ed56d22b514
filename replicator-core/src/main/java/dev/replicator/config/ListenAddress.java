package dev.replicator.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or an address; one of IPv6 without brackets
 * @param port 0 to 65535; 0 is a free one
 */
public record ListenAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");
    private static final int MOST = 65_535;

    /**
     * Reads {@code 127.0.0.1:8080}, {@code localhost:0} or {@code [::1]:8080}. A port alone is refused: some programs
     * take it for this machine only, others for every network.
     *
     * @throws IllegalArgumentException saying what is expected, without repeating {@code text}
     */
    public static ListenAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(why(text));
        }
        int port = Integer.parseInt(form.group(3));
        if (port > MOST) {
            throw new IllegalArgumentException("has a port above " + MOST);
        }
        String address = form.group(1);
        return new ListenAddress(address == null ? form.group(2).toLowerCase(Locale.ROOT) : address, port);
    }

    private static String why(String text) {
        if (text.matches("[*]?:?\\d+")) {
            return "names no host; write 127.0.0.1:PORT for this machine only, or 0.0.0.0:PORT for every network";
        }
        if (text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:.*")) {
            return "is no host with a port; an address of IPv6 stands in brackets, as in [::1]:8080";
        }
        return "is no host with a port, such as 127.0.0.1:8080";
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
