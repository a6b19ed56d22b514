package dev.replicator.config;

import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.config.binding.Section;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.text.Suggestions;
import dev.replicator.store.Displays;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns the section of notifications into settings. */
final class NotificationReader {
    private static final Set<Event> WORTH_TELLING = EnumSet.complementOf(EnumSet.of(Event.SUCCEEDED));

    private final Collection<String> jobs;

    /** @param jobs names of the file's jobs, readable or not */
    NotificationReader(Collection<String> jobs) {
        this.jobs = jobs;
    }

    NotificationSettings read(Section notifications) {
        List<Channel> channels = new ArrayList<>();
        notifications
                .get(NotificationKeys.CHANNELS)
                .forEach((name, section) -> channel(name, section).ifPresent(channels::add));
        return new NotificationSettings(
                channels,
                notifications.get(NotificationKeys.SILENCE, Duration.ZERO),
                notifications.get(NotificationKeys.PRIVATE_ADDRESSES, false));
    }

    private Optional<Channel> channel(String name, Section section) {
        Optional<Way> way = way(section);
        List<Event> on = section.get(NotificationKeys.ON).orElse(List.copyOf(WORTH_TELLING));
        List<String> only = section.get(NotificationKeys.ONLY_JOBS).orElse(List.of());
        only.stream()
                .filter(job -> !jobs.contains(job))
                .forEach(job -> section.problem(
                        NotificationKeys.ONLY_JOBS,
                        "there is no job '" + Displays.escaped(job) + "'" + Suggestions.question(job, jobs)));
        return way.map(found -> new Channel(name, found, Set.copyOf(on), Set.copyOf(only)));
    }

    private static Optional<Way> way(Section section) {
        List<Nested> ways = Stream.of(NotificationKeys.WEBHOOK, NotificationKeys.SLACK, NotificationKeys.EMAIL)
                .filter(section::has)
                .toList();
        if (ways.size() != 1) {
            section.problem("needs exactly one of webhook, slack and email");
            return Optional.empty();
        }
        Section inner = section.get(ways.get(0));
        if (section.broken(ways.get(0))) {
            return Optional.empty();
        }
        if (ways.contains(NotificationKeys.WEBHOOK)) {
            Optional<URI> url = inner.get(NotificationKeys.WEBHOOK_URL);
            String secret = inner.get(NotificationKeys.SECRET).orElse("");
            var headers = inner.get(NotificationKeys.HEADERS);
            return url.map(found -> new Way.Webhook(found, secret, headers));
        }
        if (ways.contains(NotificationKeys.SLACK)) {
            return inner.get(NotificationKeys.SLACK_URL).map(Way.Slack::new);
        }
        return email(inner);
    }

    private static Optional<Way> email(Section email) {
        Optional<URI> server = email.get(NotificationKeys.MAIL_SERVER);
        String user = email.get(NotificationKeys.MAIL_USER).orElse("");
        String password = email.get(NotificationKeys.MAIL_PASSWORD).orElse("");
        Optional<String> from = email.get(NotificationKeys.MAIL_FROM);
        Optional<List<String>> to = email.get(NotificationKeys.MAIL_TO);
        if (user.isEmpty() && !password.isEmpty()) {
            email.problem(NotificationKeys.MAIL_PASSWORD, "goes with a user only");
        }
        if (to.orElse(List.of()).isEmpty() && !email.broken(NotificationKeys.MAIL_TO)) {
            email.problem("needs 'to' with at least one receiver");
        }
        if (server.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Way.Email(server.get(), user, password, from.get(), to.orElse(List.of())));
    }
}
