package dev.replicator.server.notify.send;

import dev.replicator.config.NotificationSettings.Way;
import java.time.Clock;

/** The way of a channel, ready to use. */
public final class Senders implements AutoCloseable {
    private final GuardedAddresses addresses;
    private final Posts posts;
    private final Clock clock;

    private Senders(GuardedAddresses addresses, Clock clock) {
        this.addresses = addresses;
        this.posts = new Posts(addresses, clock);
        this.clock = clock;
    }

    /**
     * Ready to be asked for ways.
     *
     * @param privateAllowed whether ways may lead into private networks and to this machine
     */
    public static Senders asking(boolean privateAllowed, Clock clock) {
        return new Senders(GuardedAddresses.system(privateAllowed), clock);
    }

    public Sender of(Way way) {
        if (way instanceof Way.Webhook webhook) {
            return new WebhookSender(webhook, posts, clock);
        }
        if (way instanceof Way.Slack slack) {
            return new SlackSender(slack, posts);
        }
        return new MailSender((Way.Email) way, addresses, clock);
    }

    @Override
    public void close() {
        posts.close();
    }
}
