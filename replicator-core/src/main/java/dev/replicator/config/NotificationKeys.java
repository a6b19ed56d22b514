package dev.replicator.config;

import static dev.replicator.config.binding.Slot.emptiable;
import static dev.replicator.config.binding.Slot.required;
import static dev.replicator.config.binding.Slot.value;

import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Named;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Required;
import dev.replicator.config.binding.Slot.Table;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.binding.Slot.Values;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of notifications. Addresses are never quoted: who knows that of a webhook can use it. */
final class NotificationKeys {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Set<String> TAKEN =
            Set.of("host", "content-length", "content-type", "connection", "transfer-encoding", "upgrade", "expect");
    private static final Pattern SERVER =
            Pattern.compile("(smtp|smtps|smtp\\+starttls)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/?");
    private static final Map<String, Integer> PORTS = Map.of("smtp", 25, "smtps", 465, "smtp+starttls", 587);
    private static final Pattern MAILBOX = Pattern.compile("[^\\s<>@,;]+@[^\\s<>@,;]+");

    static final Value<Duration> SILENCE = value(
            "silence",
            Kinds.duration(Duration.ZERO),
            "0",
            "A job without a successful run for so long is told as silent; 0 is never.");
    static final Value<Boolean> PRIVATE_ADDRESSES = value(
            "private-addresses",
            Kinds.flag(),
            "false",
            "Whether channels may lead into private networks and to this machine.");

    static final Required<URI> WEBHOOK_URL =
            required("url", Kinds.unquoted(NotificationKeys::url), "Where JSON is posted to: https:// or http://.");
    static final Emptiable<String> SECRET = emptiable(
            "secret",
            Kinds.unquoted(text -> text),
            "Key of the signature (HMAC-SHA256) that the receiver can check; without it there is none.");
    static final Table HEADERS = new Table(
            "headers",
            Kinds.checked(NotificationKeys::header),
            Kinds.unquoted(text -> text),
            "Headers of the request, such as authorization.");
    static final Nested WEBHOOK =
            new Nested("webhook", Shape.of(WEBHOOK_URL, SECRET, HEADERS), false, "Posts JSON to a URL.");

    static final Required<URI> SLACK_URL =
            required("url", Kinds.unquoted(NotificationKeys::url), "The incoming webhook's address.");
    static final Nested SLACK = new Nested(
            "slack", Shape.of(SLACK_URL), false, "Posts to an incoming webhook of Slack, or of what takes the same.");

    static final Required<URI> MAIL_SERVER = required(
            "server",
            Kinds.unquoted(NotificationKeys::server),
            "smtp+starttls://host:587, smtps://host:465 or smtp://host:25.");
    static final Emptiable<String> MAIL_USER = emptiable("user", Kinds.text(), "For a server that asks.");
    static final Emptiable<String> MAIL_PASSWORD = emptiable(
            "password", Kinds.unquoted(text -> text), "For a server that asks, best from ${env:…} or ${file:…}.");
    static final Required<String> MAIL_FROM =
            required("from", Kinds.checked(NotificationKeys::mailbox), "Sender, name@example.org.");
    static final Values<String> MAIL_TO =
            new Values<>("to", Kinds.checked(NotificationKeys::mailbox), false, "[]", "Receivers; at least one.");
    static final Nested EMAIL = new Nested(
            "email", Shape.of(MAIL_SERVER, MAIL_USER, MAIL_PASSWORD, MAIL_FROM, MAIL_TO), false, "Sends a mail.");

    static final Values<NotificationSettings.Event> ON = new Values<>(
            "on",
            Kinds.word(NotificationSettings.Event.class),
            false,
            "[failed, partial, guard, drift, recovered, approval-requested, silent]",
            "What is told here.");
    static final Values<String> ONLY_JOBS =
            new Values<>("jobs", Kinds.text(), false, "[]", "Whose events; without any, those of all jobs.");

    static final Named CHANNELS = new Named(
            "channels",
            Shape.of(WEBHOOK, SLACK, EMAIL, ON, ONLY_JOBS),
            "Ways to tell, by a name; each has exactly one way.");

    static final Nested NOTIFICATIONS = new Nested(
            "notifications",
            Shape.of(SILENCE, PRIVATE_ADDRESSES, CHANNELS),
            false,
            "Whom replicator serve tells what.");

    private NotificationKeys() {}

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Not its message: it quotes the address.
            throw new IllegalArgumentException("is no https:// or http:// URL");
        }
        throw new IllegalArgumentException("is no https:// or http:// URL with a host and without user and fragment");
    }

    private static String header(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches()) {
            throw new IllegalArgumentException("is no header's name");
        }
        if (TAKEN.contains(name) || name.startsWith("replicator-")) {
            throw new IllegalArgumentException("is set by Replicator itself");
        }
        return name;
    }

    private static URI server(String text) {
        Matcher form = SERVER.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "is no smtp+starttls://host:port, smtps://host:port or smtp://host:port; user and password have keys of"
                            + " their own");
        }
        String scheme = form.group(1);
        int port = form.group(3) == null ? PORTS.getOrDefault(scheme, 25) : Integer.parseInt(form.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has no port from 1 to 65535");
        }
        return URI.create(scheme + "://" + form.group(2) + ":" + port);
    }

    private static String mailbox(String text) {
        if (!MAILBOX.matcher(text).matches()) {
            throw new IllegalArgumentException("is no address such as name@example.org");
        }
        return text;
    }
}
