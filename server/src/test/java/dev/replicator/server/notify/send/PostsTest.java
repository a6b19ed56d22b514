package dev.replicator.server.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks against a real server, and what it may and may not do to us. */
@Timeout(30)
class PostsTest {
    private static final Message MESSAGE = new Message("id-1", "subject", "text", "slack", "{\"event\":\"FAILED\"}");
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private Listener listener;
    private Posts posts;

    @BeforeEach
    void start() throws IOException {
        listener = new Listener();
        posts = new Posts(GuardedAddresses.system(true), clock, Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        posts.close();
        listener.close();
    }

    @Test
    void aWebhookIsSignedOverTimeAndBody() throws Exception {
        Way.Webhook way = new Way.Webhook(
                listener.at("/hook"),
                "s3cret",
                Map.of("X-Env", "prod", "x-replicator-signature", "forged", "X-Replicator-Delivery", "forged"));

        Attempt attempt = new WebhookSender(way, posts, clock).send(MESSAGE);

        assertThat(attempt.isDelivered()).isTrue();
        Listener.Heard heard = listener.heard().get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String seconds = Long.toString(clock.instant().getEpochSecond());
        assertThat(heard.headers().get("X-Replicator-Signature"))
                .isEqualTo("t=" + seconds + ",v1="
                        + HexFormat.of()
                                .formatHex(
                                        mac.doFinal((seconds + "." + heard.body()).getBytes(StandardCharsets.UTF_8))));
        assertThat(heard.headers()).containsEntry("X-Env", "prod").containsEntry("X-Replicator-Delivery", "id-1");
        assertThat(heard.body()).isEqualTo(MESSAGE.json());
    }

    @Test
    void withoutASecretThereIsNoSignature() {
        new WebhookSender(new Way.Webhook(listener.at("/hook"), "", Map.of()), posts, clock).send(MESSAGE);

        assertThat(listener.heard().get(0).headers()).doesNotContainKey("X-Replicator-Signature");
    }

    @Test
    void slackGetsItsText() {
        new SlackSender(new Way.Slack(listener.at("/services/T0/B0/x")), posts).send(MESSAGE);

        assertThat(listener.heard().get(0).body()).contains("\"text\":\"slack\"");
    }

    @Test
    void aRedirectIsNotFollowed() {
        listener.answers(exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", listener.at("/elsewhere").toString());
            exchange.sendResponseHeaders(307, -1);
        });

        Attempt attempt = posts.post(listener.at("/hook"), "{}", Map.of());

        assertThat(attempt.isDelivered()).isFalse();
        assertThat(attempt.code()).isEqualTo(307);
        assertThat(listener.heard()).extracting(Listener.Heard::path).containsExactly("/hook");
    }

    @Test
    void aRefusalIsTriedOnceAndSaysWhenToTryAgain() {
        listener.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            exchange.sendResponseHeaders(503, -1);
        });

        Attempt attempt = posts.post(listener.at("/hook"), "{}", Map.of());

        assertThat(attempt.retryAfter()).contains(Duration.ofSeconds(120));
        assertThat(listener.heard()).hasSize(1);
    }

    @Test
    void aDateIsUnderstoodAsATimeToTryAgain() {
        listener.answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Sat, 21 Nov 2026 12:10:00 GMT");
            exchange.sendResponseHeaders(429, -1);
        });

        assertThat(posts.post(listener.at("/hook"), "{}", Map.of()).retryAfter())
                .contains(Duration.ofMinutes(10));
    }

    @Test
    void noMoreOfAnAnswerIsReadThanItsBeginning() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch cut = new CountDownLatch(1);
        listener.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 20_000; i++) {
                    body.write(new byte[1_024]);
                    body.flush();
                    sent.addAndGet(1_024);
                }
            } catch (IOException e) {
                cut.countDown();
            }
        });

        Attempt attempt = posts.post(listener.at("/hook"), "{}", Map.of());

        assertThat(attempt.isDelivered()).isTrue();
        assertThat(cut.await(10, TimeUnit.SECONDS)).as("the rest is cut off").isTrue();
        assertThat(sent.get()).isLessThan(20_000L * 1_024);
    }

    @Test
    void whoeverAnswersADropAtATimeIsCutOff() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        listener.answers(exchange -> {
            exchange.getResponseHeaders().set("X-Slow", "yes");
            try {
                over.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
        });
        long before = System.nanoTime();

        Attempt attempt = posts.post(listener.at("/hook"), "{}", Map.of());

        over.countDown();
        assertThat(attempt.isDelivered()).isFalse();
        assertThat(attempt.problem()).matches("it took too long|it did not answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void nobodyListeningIsAProblemWithoutAnAddress() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        Attempt attempt = posts.post(URI.create("http://127.0.0.1:" + free + "/s3cret"), "{}", Map.of());

        assertThat(attempt.problem()).isEqualTo("nobody listens there");
        assertThat(attempt.code()).isZero();
    }

    @Test
    void withoutLeaveForPrivateNetworksNothingIsConnectedTo() {
        try (Posts guarded = new Posts(
                new GuardedAddresses(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, false), clock)) {
            Attempt plain = guarded.post(listener.at("/hook"), "{}", Map.of());
            Attempt literal = guarded.post(
                    URI.create(listener.at("/hook").toString().replace("http:", "https:")), "{}", Map.of());
            Attempt named = guarded.post(
                    URI.create("https://hooks.example:" + listener.at("/").getPort() + "/hook"), "{}", Map.of());

            assertThat(plain.problem()).isEqualTo("its address is not https");
            assertThat(literal.problem()).contains("private network");
            assertThat(named.problem()).contains("private network");
        }
        assertThat(listener.heard()).isEmpty();
    }
}
