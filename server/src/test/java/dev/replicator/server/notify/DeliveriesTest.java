package dev.replicator.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.notify.send.Attempt;
import dev.replicator.server.notify.send.Message;
import dev.replicator.testkit.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How deliveries are tried, over a real database. */
@Timeout(60)
class DeliveriesTest {
    private static final Attempt REFUSED = new Attempt(503, "it was not taken (503)", Optional.empty());
    private static final Attempt TAKEN = new Attempt(200, "", Optional.empty());

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private Attempt next = TAKEN;

    @TempDir
    Path directory;

    private Outbox outbox;
    private Deliveries deliveries;

    Database freshDatabase() {
        return FreshDatabase.in(directory);
    }

    @BeforeEach
    void open() {
        outbox = new Outbox(freshDatabase());
        deliveries = made(this::send);
    }

    @Test
    void whatWaitsIsDeliveredOnce() {
        enters("a", "b");

        deliveries.look();
        deliveries.look();

        assertThat(sent).containsExactly("a", "b");
        assertThat(last()).hasValueSatisfying(last -> {
            assertThat(last.state()).isEqualTo(Delivery.State.DELIVERED);
            assertThat(last.code()).isEqualTo(200);
        });
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void theSameNoticeIsNotEnteredTwice() {
        enters("a", "a");

        deliveries.look();

        assertThat(sent).containsExactly("a");
    }

    @Test
    void whatIsNotTakenIsTriedAgainLaterAndLaterUnderTheSameId() {
        next = REFUSED;
        enters("a");

        deliveries.look();
        assertThat(nextTry()).contains(clock.instant().plusSeconds(10));
        passes("PT9S");
        assertThat(sent).hasSize(1);
        passes("PT1S");
        assertThat(nextTry()).contains(clock.instant().plusSeconds(20));
        passes("PT20S");
        assertThat(nextTry()).contains(clock.instant().plusSeconds(40));
        next = TAKEN;
        passes("PT40S");

        assertThat(sent).containsExactly("a", "a", "a", "a");
        assertThat(nextTry()).isEmpty();
    }

    @Test
    void aPauseThatIsAskedForIsKept() {
        next = new Attempt(429, "it was not taken (429)", Optional.of(Duration.ofMinutes(7)));
        enters("a");

        deliveries.look();

        assertThat(nextTry()).contains(clock.instant().plusSeconds(7 * 60));
    }

    @Test
    void afterADayItIsGivenUp() {
        next = REFUSED;
        enters("a");

        for (int i = 0; i < 200; i++) {
            passes("PT10M");
        }

        assertThat(outbox.waiting()).isEmpty();
        assertThat(last()).hasValueSatisfying(last -> {
            assertThat(last.state()).isEqualTo(Delivery.State.GIVEN_UP);
            assertThat(last.attempts()).isBetween(20, 40);
            assertThat(last.problem()).isEqualTo("it was not taken (503)");
        });
    }

    @Test
    void whatASenderThatDiedLeftIsTriedAgain() {
        enters("a");
        Deliveries dying = made(message -> {
            throw new IllegalStateException("killed");
        });
        assertThat(org.assertj.core.api.Assertions.catchThrowable(dying::look)).hasMessage("killed");

        deliveries.look();
        assertThat(sent).as("it may still be under way").isEmpty();
        passes("PT1M");

        assertThat(sent).containsExactly("a");
    }

    @Test
    void ofServersOverOneDatabaseOneDelivers() throws Exception {
        for (int i = 0; i < 15; i++) {
            enters("notice-" + i);
        }
        int servers = 3;
        CyclicBarrier together = new CyclicBarrier(servers);
        ExecutorService threads = Executors.newFixedThreadPool(servers);

        List<Future<Void>> ends = new java.util.ArrayList<>();
        for (int i = 0; i < servers; i++) {
            ends.add(threads.submit(() -> {
                together.await(20, TimeUnit.SECONDS);
                made(this::send).look();
                return null;
            }));
        }
        for (Future<Void> end : ends) {
            end.get(40, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(sent).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void ofTwoServersThatSawTheSameOneTriesIt() {
        enters("a");
        Delivery seen = outbox.due("ops", clock.instant(), 1).get(0);
        Delivery tried = seen.tried(clock.instant(), clock.instant().plusSeconds(60));

        assertThat(outbox.replace(seen, tried)).isTrue();
        assertThat(outbox.replace(seen, tried)).isFalse();
    }

    @Test
    void aTestIsOneAttemptThatIsRemembered() {
        next = REFUSED;

        Delivery test = deliveries.test();

        assertThat(test.state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(sent).hasSize(1);
        assertThat(last().map(Delivery::event)).contains("TEST");
    }

    @Test
    void whatWaitsIsKnownByChannel() {
        next = REFUSED;
        enters("a", "b");
        Notice notice = new Notice("c", "FAILED", "media", clock.instant(), Optional.empty(), "");
        Message message = new Message("c", "subject", "text", "slack", "{}");
        outbox.add(Delivery.of("others", notice, message, clock.instant()));

        deliveries.look();

        assertThat(outbox.waiting()).containsOnlyKeys("ops", "others");
        assertThat(outbox.waiting().get("ops"))
                .isEqualTo(new Outbox.Waiting(2, clock.instant().plusSeconds(10)));
        assertThat(outbox.waiting().get("others").number()).isEqualTo(1);
        assertThat(outbox.last()).as("others was never tried").containsOnlyKeys("ops");
    }

    private Optional<Delivery> last() {
        return Optional.ofNullable(outbox.last().get("ops"));
    }

    private Optional<Instant> nextTry() {
        return Optional.ofNullable(outbox.waiting().get("ops")).map(Outbox.Waiting::nextTry);
    }

    private void passes(String time) {
        clock.advance(Duration.parse(time));
        deliveries.look();
    }

    private Attempt send(Message message) {
        sent.add(message.id());
        return next;
    }

    private Deliveries made(dev.replicator.server.notify.send.Sender sender) {
        return new Deliveries(
                new Channel("ops", new Way.Slack(URI.create("https://hooks.example/x")), Set.of(), Set.of()),
                sender,
                outbox,
                new NoticeTexts(Optional.empty()),
                clock,
                () -> 0);
    }

    private void enters(String... ids) {
        for (String id : ids) {
            Notice notice = new Notice(id, "FAILED", "media", clock.instant(), Optional.empty(), "");
            Message message = new Message(id, "subject", "text", "slack", "{}");
            outbox.add(Delivery.of("ops", notice, message, clock.instant()));
            clock.advance(Duration.ofMillis(1));
        }
    }
}
