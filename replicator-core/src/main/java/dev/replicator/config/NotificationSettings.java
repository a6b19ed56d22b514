package dev.replicator.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told what. Immutable.
 *
 * @param channels in the file's order
 * @param silence a job without a successful run for so long is told as {@link Event#SILENT}; zero: never
 * @param privateAddresses whether channels may lead into private networks and to this machine
 */
public record NotificationSettings(List<Channel> channels, Duration silence, boolean privateAddresses) {
    public static final NotificationSettings DEFAULT = new NotificationSettings(List.of(), Duration.ZERO, false);

    public NotificationSettings {
        channels = List.copyOf(channels);
    }

    /**
     * A way to tell.
     *
     * @param name unique
     * @param on what is told here
     * @param jobs whose events; none: everybody's
     */
    public record Channel(String name, Way way, Set<Event> on, Set<String> jobs) {
        public Channel {
            on = Set.copyOf(on);
            jobs = Set.copyOf(jobs);
        }
    }

    /** How. Their texts leave out what is secret. */
    public sealed interface Way {
        /**
         * A POST of JSON.
         *
         * @param secret of the HMAC-SHA256 in the request's signature; may be empty: unsigned
         */
        record Webhook(URI url, String secret, Map<String, String> headers) implements Way {
            public Webhook {
                headers = Map.copyOf(headers);
            }

            @Override
            public String toString() {
                return "Webhook";
            }
        }

        /** An incoming webhook of Slack, or of what takes the same. */
        record Slack(URI url) implements Way {
            @Override
            public String toString() {
                return "Slack";
            }
        }

        /**
         * A mail.
         *
         * @param server {@code smtp://}, {@code smtps://} (TLS from the first byte) or {@code smtp+starttls://} with host and port
         */
        record Email(URI server, String user, String password, String from, List<String> to) implements Way {
            public Email {
                to = List.copyOf(to);
            }

            @Override
            public String toString() {
                return "Email";
            }
        }
    }

    /** What there is to tell. */
    public enum Event {
        SUCCEEDED,
        FAILED,
        PARTIAL,
        /** A guard refused. */
        GUARD,
        /** A validation or a look for drift found something. */
        DRIFT,
        /** The first success after a failure. */
        RECOVERED,
        APPROVAL_REQUESTED,
        /** No success for too long. */
        SILENT
    }
}
