package dev.replicator.server.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.config.Role;
import dev.replicator.server.api.Problem;
import dev.replicator.server.api.Router;
import dev.replicator.server.http.ProblemCode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Channels and how telling goes; where they lead is not shown. */
final class NotificationRoutes implements Router.Routes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Deliveries> channels;
    private final Outbox outbox;

    NotificationRoutes(List<Deliveries> channels, Outbox outbox) {
        this.channels = List.copyOf(channels);
        this.outbox = outbox;
    }

    @Override
    public void addTo(Router router) {
        router.get("/api/v1/notifications", Role.VIEWER, this::list);
        router.post("/api/v1/notifications/{channel}/test", Role.ADMIN, this::test);
    }

    private void list(Context context) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode items = json.putArray("items");
        Map<String, Outbox.Waiting> waiting = channels.isEmpty() ? Map.of() : outbox.waiting();
        Map<String, Delivery> last = channels.isEmpty() ? Map.of() : outbox.last();
        for (Deliveries deliveries : channels) {
            Channel channel = deliveries.channel();
            items.add(described(
                    channel,
                    Optional.ofNullable(waiting.get(channel.name())),
                    Optional.ofNullable(last.get(channel.name()))));
        }
        context.contentType("application/json").result(json.toString());
    }

    private void test(Context context) {
        String name = context.pathParam("channel");
        Deliveries channel = channels.stream()
                .filter(one -> one.channel().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("no channel of the configuration has this name")
                        .thrown());
        Delivery delivery = channel.test();
        if (delivery.state() != Delivery.State.DELIVERED) {
            throw Problem.of(ProblemCode.NOT_DELIVERED, delivery.problem()).thrown();
        }
        context.status(202)
                .contentType("application/json")
                .result(node(delivery).toString());
    }

    private static ObjectNode described(Channel channel, Optional<Outbox.Waiting> waiting, Optional<Delivery> last) {
        ObjectNode json = JSON.createObjectNode().put("channel", channel.name()).put("kind", kind(channel.way()));
        channel.on().stream()
                .map(event -> event.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .sorted()
                .forEach(json.putArray("on")::add);
        channel.jobs().stream().sorted().forEach(json.putArray("jobs")::add);
        json.put("waiting", waiting.map(Outbox.Waiting::number).orElse(0L));
        json.put("nextTry", waiting.map(next -> next.nextTry().toString()).orElse(null));
        json.set("last", last.map(NotificationRoutes::node).orElse(null));
        return json;
    }

    private static ObjectNode node(Delivery delivery) {
        return JSON.createObjectNode()
                .put("id", delivery.message().id())
                .put("event", delivery.event())
                .put("job", delivery.job())
                .put("state", delivery.state().name())
                .put("attempts", delivery.attempts())
                .put("at", delivery.lastTry().orElse(delivery.createdAt()).toString())
                .put("code", delivery.code())
                .put("problem", delivery.problem());
    }

    private static String kind(Way way) {
        if (way instanceof Way.Webhook) {
            return "webhook";
        }
        return way instanceof Way.Slack ? "slack" : "email";
    }
}
