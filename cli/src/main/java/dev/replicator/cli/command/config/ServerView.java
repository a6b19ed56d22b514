package dev.replicator.cli.command.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.option.Words;
import dev.replicator.cli.output.JsonText;
import dev.replicator.config.Network;
import dev.replicator.config.NotificationSettings;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.config.ScheduleSettings;
import dev.replicator.config.ScheduleSettings.Timing;
import dev.replicator.config.ServerSettings;
import dev.replicator.config.text.Durations;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;

/**
 * What a server uses of a configuration, in the words of {@code replicator.yaml}. What opens something (passwords, keys
 * of signatures, addresses of webhooks, digests of tokens) is masked.
 */
final class ServerView {
    private static final String MASK = "***";

    private ServerView() {}

    static ObjectNode of(ServerSettings server) {
        ObjectNode view =
                JsonText.node().put("listen", server.listen().toString()).put("base-path", server.basePath());
        server.hosts().forEach(view.putArray("hosts")::add);
        server.trustedProxies().stream().map(Network::toString).forEach(view.putArray("trusted-proxies")::add);
        view.put("public-url", server.publicUrl().map(URI::toString).orElse(""));
        ArrayNode tokens = view.putArray("tokens");
        server.tokens()
                .forEach(token -> tokens.addObject()
                        .put("name", token.name())
                        .put("role", Words.of(token.role()))
                        .put("sha256", MASK));
        view.put("database", server.database().orElse(""));
        view.put("database-user", server.databaseUser());
        view.put("database-password", masked(server.databasePassword()));
        return view.put("keep-runs", Durations.format(server.keepRuns()))
                .put("max-runs", server.maxRuns())
                .put("title", server.title());
    }

    static ObjectNode of(NotificationSettings notifications) {
        ObjectNode view = JsonText.node()
                .put("silence", Durations.format(notifications.silence()))
                .put("private-addresses", notifications.privateAddresses());
        ObjectNode channels = view.putObject("channels");
        notifications.channels().forEach(channel -> {
            ObjectNode shown = channels.putObject(channel.name());
            way(shown, channel.way());
            new TreeSet<>(channel.on()).stream().map(Words::of).forEach(shown.putArray("on")::add);
            new TreeSet<>(channel.jobs()).forEach(shown.putArray("jobs")::add);
        });
        return view;
    }

    private static void way(ObjectNode channel, Way way) {
        if (way instanceof Way.Webhook webhook) {
            ObjectNode shown = channel.putObject("webhook").put("url", MASK).put("secret", masked(webhook.secret()));
            ObjectNode headers = shown.putObject("headers");
            new TreeSet<>(webhook.headers().keySet()).forEach(name -> headers.put(name, MASK));
        } else if (way instanceof Way.Slack) {
            channel.putObject("slack").put("url", MASK);
        } else if (way instanceof Way.Email email) {
            ObjectNode shown = channel.putObject("email")
                    .put("server", email.server().toString())
                    .put("user", email.user())
                    .put("password", masked(email.password()))
                    .put("from", email.from());
            email.to().forEach(shown.putArray("to")::add);
        }
    }

    static void schedules(List<ScheduleSettings> schedules, ObjectNode job) {
        ArrayNode view = job.putArray("schedules");
        for (ScheduleSettings schedule : schedules) {
            ObjectNode shown = view.addObject();
            if (schedule.timing() instanceof Timing.Cron cron) {
                shown.put("cron", cron.expression()).put("zone", cron.zone().getId());
            } else if (schedule.timing() instanceof Timing.Every every) {
                shown.put("every", Durations.format(every.interval()));
            }
            shown.put("action", Words.of(schedule.action()))
                    .put("jitter", Durations.format(schedule.jitter()))
                    .put("catch-up", Words.of(schedule.catchUp()));
        }
    }

    private static String masked(String secret) {
        return secret.isEmpty() ? "" : MASK;
    }
}
