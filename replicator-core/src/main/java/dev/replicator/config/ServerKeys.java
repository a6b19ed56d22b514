package dev.replicator.config;

import static dev.replicator.config.binding.Slot.emptiable;
import static dev.replicator.config.binding.Slot.required;
import static dev.replicator.config.binding.Slot.value;

import dev.replicator.config.binding.Kind;
import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Repeated;
import dev.replicator.config.binding.Slot.Required;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.binding.Slot.Values;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** The keys of the server, and the kinds that its flags and variables share. */
final class ServerKeys {
    private static final Pattern SEGMENTS = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern DATABASE = Pattern.compile("jdbc:(sqlite|postgresql):.+");
    private static final int LONGEST_TITLE = 100;

    static final Kind<ListenAddress> ADDRESSES = Kinds.checked(ListenAddress::parse);

    static final Value<ListenAddress> LISTEN = value(
            "listen",
            ADDRESSES,
            "127.0.0.1:8080",
            "Host and port to listen at; any but this machine's own needs tokens.");
    static final Value<String> BASE_PATH = value(
            "base-path", Kinds.checked(ServerKeys::path), "/", "Where a proxy puts the server, such as /replicator.");
    static final Values<String> HOSTS = new Values<>(
            "hosts",
            Kinds.checked(ServerKeys::host),
            false,
            "[]",
            "Names under which browsers reach it beside the host it listens at, such as a proxy's.");
    static final Values<Network> TRUSTED_PROXIES = new Values<>(
            "trusted-proxies",
            Kinds.checked(Network::parse),
            false,
            "[]",
            "Addresses or networks (10.0.0.0/24) of proxies whose X-Forwarded-For is believed.");
    static final Emptiable<URI> PUBLIC_URL = emptiable(
            "public-url",
            Kinds.unquoted(ServerKeys::publicUrl),
            "Where people reach the dashboard, for links in notifications; its host is one of the hosts.");

    static final Required<String> TOKEN_NAME =
            required("name", Kinds.checked(ServerKeys::name), "Who bears it, for the audit; unique.");
    static final Value<Role> TOKEN_ROLE = value(
            "role", Kinds.word(Role.class), "viewer", "What its bearer may do; each may do what those before may.");
    static final Required<String> TOKEN_SHA256 = required(
            "sha256",
            Kinds.unquoted(ServerKeys::digest),
            "SHA-256 of the token, as replicator config token prints it.");
    static final Repeated TOKENS = new Repeated(
            "tokens",
            Shape.of(TOKEN_NAME, TOKEN_ROLE, TOKEN_SHA256),
            "Whom it lets in; without any it makes one for this machine's user.");

    static final Emptiable<String> DATABASE_URL = emptiable(
            "database",
            Kinds.unquoted(ServerKeys::database),
            "Where it remembers runs: jdbc:postgresql://host/name or jdbc:sqlite:/file; without it a file of its own.");
    static final Emptiable<String> DATABASE_USER = emptiable("database-user", Kinds.text(), "User of the database.");
    static final Emptiable<String> DATABASE_PASSWORD = emptiable(
            "database-password",
            Kinds.unquoted(text -> text),
            "Password of the database, best from ${env:…} or ${file:…}.");

    static final Value<Duration> KEEP_RUNS = value(
            "keep-runs",
            Kinds.duration(Duration.ofHours(1)),
            "180d",
            "How long runs and what became of their objects are remembered.");
    static final Value<Long> MAX_RUNS =
            value("max-runs", Kinds.whole(1, 1_000_000), "5000", "Runs of one job that are remembered, the newest.");
    static final Value<String> TITLE =
            value("title", Kinds.checked(ServerKeys::title), "Replicator", "What the dashboard is called.");

    static final Nested SERVER = new Nested(
            "server",
            Shape.of(
                    LISTEN,
                    BASE_PATH,
                    HOSTS,
                    TRUSTED_PROXIES,
                    PUBLIC_URL,
                    TOKENS,
                    DATABASE_URL,
                    DATABASE_USER,
                    DATABASE_PASSWORD,
                    KEEP_RUNS,
                    MAX_RUNS,
                    TITLE),
            false,
            "How replicator serve listens, whom it lets in and what it remembers.");

    private ServerKeys() {}

    /** Without a slash at its end, but for the root. */
    static String path(String text) {
        boolean climbs = text.contains("/./") || text.contains("/../") || text.endsWith("/.") || text.endsWith("/..");
        if (!text.startsWith("/") || !SEGMENTS.matcher(text).matches() || climbs) {
            throw new IllegalArgumentException("is no path of a URL, such as /replicator");
        }
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String host(String text) {
        if (!HOST.matcher(text).matches()) {
            throw new IllegalArgumentException("is no host's name; it stands without scheme, port and path");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** With a slash at its end, so that what is below it can be resolved. */
    private static URI publicUrl(String text) {
        URI url = webUrl(text);
        boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!bare || url.getHost() == null) {
            throw new IllegalArgumentException("is no https:// or http:// URL of a host and a path alone");
        }
        return text.endsWith("/") ? url : URI.create(text + "/");
    }

    private static URI webUrl(String text) {
        try {
            URI url = URI.create(text);
            if ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Not its message: it quotes the address.
            throw new IllegalArgumentException("is no https:// or http:// URL");
        }
        throw new IllegalArgumentException("is no https:// or http:// URL");
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("is no name of a token: 1 to 63 letters, digits, '.', '_', '-' and '@'");
        }
        return text;
    }

    private static String digest(String text) {
        if (!SHA256.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "is no SHA-256, which has 64 hexadecimal digits; 'replicator config token NAME' makes a token and"
                            + " prints it");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** A URL without a password: what names a database is shown in messages. */
    static String database(String text) {
        if (!DATABASE.matcher(text).matches()) {
            throw new IllegalArgumentException("is no jdbc:postgresql:… or jdbc:sqlite:… URL");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches(".*[?&;](user|(ssl)?password)=.*") || lower.matches("jdbc:postgresql://[^/?]*@.*")) {
            throw new IllegalArgumentException(
                    "holds a user or a password, which go to database-user and database-password");
        }
        return text;
    }

    private static String title(String text) {
        if (text.isBlank() || text.length() > LONGEST_TITLE) {
            throw new IllegalArgumentException("must have 1 to " + LONGEST_TITLE + " characters");
        }
        return text.strip();
    }
}
