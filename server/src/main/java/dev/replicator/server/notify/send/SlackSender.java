package dev.replicator.server.notify.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.config.NotificationSettings.Way.Slack;
import java.util.Map;

/** A message to an incoming webhook of Slack, or of what takes the same (Mattermost, Rocket.Chat, Discord's /slack). */
final class SlackSender implements Sender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Slack way;
    private final Posts posts;

    SlackSender(Slack way, Posts posts) {
        this.way = way;
        this.posts = posts;
    }

    @Override
    public Attempt send(Message message) {
        String json = JSON.createObjectNode()
                .put("text", message.slack())
                .put("unfurl_links", false)
                .put("unfurl_media", false)
                .toString();
        return posts.post(way.url(), json, Map.of());
    }
}
