package dev.replicator.server.notify;

import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.server.notify.send.Attempt;
import dev.replicator.server.notify.send.Message;
import dev.replicator.server.notify.send.Sender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits for one channel: at least once, for a day at most, one server at a time. Used by one thread, but for
 * {@link #test}.
 */
final class Deliveries {
    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    static final Duration GIVE_UP = Duration.ofDays(1);
    private static final int AT_ONCE = 20;
    /** Each may take the half minute that a {@link Sender} has. */
    static final Duration LONGEST_LOOK = Duration.ofSeconds(30).multipliedBy(AT_ONCE + 1);

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final Channel channel;
    private final Sender sender;
    private final Outbox outbox;
    private final NoticeTexts texts;
    private final Clock clock;
    private final DoubleSupplier random;

    /** @param random from 0 to 1 */
    Deliveries(Channel channel, Sender sender, Outbox outbox, NoticeTexts texts, Clock clock, DoubleSupplier random) {
        this.channel = channel;
        this.sender = sender;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.random = random;
    }

    Channel channel() {
        return channel;
    }

    /** Tries everything that is due, once. */
    void look() {
        for (Delivery due : outbox.due(channel.name(), clock.instant(), AT_ONCE)) {
            Delivery tried = due.tried(clock.instant(), clock.instant().plus(CLAIM));
            if (outbox.replace(due, tried)) {
                outbox.replace(tried, after(tried, sender.send(tried.message())));
            }
        }
    }

    private Delivery after(Delivery tried, Attempt attempt) {
        if (attempt.isDelivered()) {
            return tried.ended(Delivery.State.DELIVERED, attempt);
        }
        Instant next = clock.instant().plus(pause(tried.attempts(), attempt));
        boolean givenUp = next.isAfter(tried.createdAt().plus(GIVE_UP));
        log.warn(
                "channel {}: {} of job {} was not delivered: {}{}",
                channel.name(),
                tried.event(),
                tried.job(),
                attempt.problem(),
                givenUp ? "; it is given up" : "");
        return givenUp ? tried.ended(Delivery.State.GIVEN_UP, attempt) : tried.again(next, attempt);
    }

    /** Doubled with every attempt, of which a random half is taken off; longer where the other side asks for it. */
    private Duration pause(int attempts, Attempt attempt) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts - 1, 20);
        long longest = Math.min(doubled, LONGEST_PAUSE.toMillis());
        Duration own = Duration.ofMillis(longest - (long) (longest / 2.0 * random.getAsDouble()));
        return attempt.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
    }

    /** Tries at once, once, whether anything arrives; the attempt is remembered as the others are. */
    Delivery test() {
        Notice notice = Notice.test("test-" + UUID.randomUUID(), clock.instant());
        Message message = texts.message(notice);
        Delivery tried =
                Delivery.of(channel.name(), notice, message, clock.instant()).tried(clock.instant(), clock.instant());
        Attempt attempt = sender.send(message);
        Delivery ended =
                tried.ended(attempt.isDelivered() ? Delivery.State.DELIVERED : Delivery.State.GIVEN_UP, attempt);
        outbox.add(ended);
        return ended;
    }
}
