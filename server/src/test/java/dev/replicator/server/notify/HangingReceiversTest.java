package dev.replicator.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.NotificationSettings;
import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.notify.send.Listener;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that take what they are sent and answer nothing. */
@Timeout(60)
class HangingReceiversTest {
    /** As many as may be asked at one address at once. */
    private static final int CHANNELS = 5;

    private static final Duration PATIENCE = Duration.ofMillis(600);

    @TempDir
    Path directory;

    @Test
    void theEndOfTheServerWaitsForThemOnceHoweverManyTheyAre() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Listener listener = new Listener();
                Database database = FreshDatabase.in(directory)) {
            listener.answers(exchange -> {
                try {
                    never.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Notifications notifications = new Notifications(
                    settings(listener),
                    List.of("media"),
                    database,
                    new SqlRunLog(database),
                    Optional.empty(),
                    Clock.systemUTC());
            notifications.changed(SomeRuns.run(
                    "1", RunAction.SYNC, RunState.FAILED, Instant.now().minusSeconds(90), ""));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> listener.heard().size() == CHANNELS);
            assertThat(notifications.areAlive()).isTrue();

            long from = System.nanoTime();
            notifications.close(PATIENCE);

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(PATIENCE.multipliedBy(CHANNELS / 2));
        } finally {
            never.countDown();
        }
    }

    private static NotificationSettings settings(Listener listener) {
        List<Channel> channels = IntStream.range(0, CHANNELS)
                .mapToObj(i -> new Channel(
                        "c" + i,
                        new Way.Webhook(listener.at("/" + i), "", Map.of()),
                        EnumSet.of(Event.FAILED),
                        Set.of()))
                .toList();
        return new NotificationSettings(channels, Duration.ZERO, true);
    }
}
