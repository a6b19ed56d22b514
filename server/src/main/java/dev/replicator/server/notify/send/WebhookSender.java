package dev.replicator.server.notify.send;

import dev.replicator.config.NotificationSettings.Way.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON for programs, signed. */
final class WebhookSender implements Sender {
    static final String ID = "X-Replicator-Delivery";
    static final String SIGNATURE = "X-Replicator-Signature";

    private final Webhook way;
    private final Posts posts;
    private final Clock clock;

    WebhookSender(Webhook way, Posts posts, Clock clock) {
        this.way = way;
        this.posts = posts;
        this.clock = clock;
    }

    @Override
    public Attempt send(Message message) {
        Map<String, String> headers = new LinkedHashMap<>(way.headers());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase(ID) || name.equalsIgnoreCase(SIGNATURE));
        headers.put(ID, message.id());
        if (!way.secret().isEmpty()) {
            headers.put(SIGNATURE, signature(clock.instant().getEpochSecond(), message.json()));
        }
        return posts.post(way.url(), message.json(), headers);
    }

    /** Over the time as well, so that who overhears it can't use it later. */
    private String signature(long seconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(way.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
