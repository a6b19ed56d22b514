package dev.replicator.server.notify;

import dev.replicator.config.NotificationSettings;
import dev.replicator.server.api.Router;
import dev.replicator.server.history.Database;
import dev.replicator.server.notify.send.Sender;
import dev.replicator.server.notify.send.Senders;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.schedule.Ticking;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Notifications of a server, at work until closed: an observer of its runs, and routes of its API. Thread-safe. */
public final class Notifications implements RunObserver, Router.Routes, AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG_PAUSE = Duration.ofHours(1);
    private static final Duration COUNTING_PAUSE = Duration.ofSeconds(10);
    /** How many wait is known no more after this. */
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** Of all channels together, for what is under way when the server ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** What was told is shown for so long. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Notifier notifier;
    private final Senders senders;
    private final Outbox outbox;
    private final List<Sender> ways = new ArrayList<>();
    private final List<Deliveries> channels = new ArrayList<>();
    private final List<Ticking> threads = new ArrayList<>();
    private volatile Counted lastCounted = new Counted(Map.of(), System.nanoTime());

    /**
     * Begins.
     *
     * @param dashboard where people reach the dashboard, if that is known: messages then link to it
     */
    public Notifications(
            NotificationSettings settings,
            List<String> jobs,
            Database database,
            RunLog runs,
            Optional<URI> dashboard,
            Clock clock) {
        NoticeTexts texts = new NoticeTexts(dashboard);
        outbox = new Outbox(database);
        senders = Senders.asking(settings.privateAddresses(), clock);
        notifier = new Notifier(settings, jobs, database, runs, texts, clock);
        settings.channels().forEach(channel -> {
            Sender way = senders.of(channel.way());
            ways.add(way);
            channels.add(new Deliveries(
                    channel,
                    way,
                    outbox,
                    texts,
                    clock,
                    () -> ThreadLocalRandom.current().nextDouble()));
        });
        if (channels.isEmpty()) {
            return;
        }
        threads.add(Ticking.every(PAUSE, "notifications", notifier::look));
        channels.forEach(channel -> threads.add(Ticking.every(
                PAUSE, Deliveries.LONGEST_LOOK, "channel-" + channel.channel().name(), channel::look)));
        threads.add(Ticking.every(COUNTING_PAUSE, "waiting-notifications", this::count));
        threads.add(Ticking.every(
                LONG_PAUSE,
                "told-notifications",
                () -> outbox.forgetOlderThan(clock.instant().minus(KEPT))));
    }

    @Override
    public void changed(RunRecord run) {
        if (!channels.isEmpty()) {
            notifier.changed(run);
        }
    }

    @Override
    public void addTo(Router router) {
        new NotificationRoutes(channels, outbox).addTo(router);
    }

    /**
     * How many wait, by channel, as it was seen within the last minute; empty where the history could not be asked so long.
     * Returns at once.
     */
    public Map<String, Long> waiting() {
        Counted counted = lastCounted;
        return System.nanoTime() - counted.nanos() < FRESH.toNanos() ? counted.waiting() : Map.of();
    }

    private record Counted(Map<String, Long> waiting, long nanos) {}

    private void count() {
        Map<String, Outbox.Waiting> waiting = outbox.waiting();
        Map<String, Long> numbers = channels.stream()
                .map(channel -> channel.channel().name())
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> Optional.ofNullable(waiting.get(name))
                                .map(Outbox.Waiting::number)
                                .orElse(0L)));
        lastCounted = new Counted(numbers, System.nanoTime());
    }

    /** Whether runs are judged and channels looked after; a receiver that hangs is none of their fault. */
    public boolean areAlive() {
        return threads.stream().allMatch(Ticking::isAlive);
    }

    /** What waits is delivered after the next start. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    void close(Duration patience) {
        Ticking.close(threads, patience);
        ways.forEach(Sender::close);
        senders.close();
    }
}
