package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.log.LoggedRequest;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.Crc32c;
import dev.replicator.testkit.http.Ending;
import dev.replicator.testkit.wire.WireFault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripted misbehaviour, code between requests, and the log of it all. */
class FakeGcsFaultsTest {
    private static final String A = "/storage/v1/b/bk1/o/a";

    private final FakeGcs fake = FakeGcs.start();
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void object() {
        fake.createBucket("bk1");
        fake.put("bk1", "a", "hello".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "RATE_LIMIT_EXCEEDED",
                "INTERNAL_ERROR",
                "BAD_GATEWAY",
                "BACKEND_ERROR",
                "REQUEST_TIMEOUT",
                "FORBIDDEN",
                "GATEWAY_TIMEOUT"
            })
    void answersErrorsInGcssShape(Reason reason) {
        fake.faults().on(GcsOperation.GET).inject(GcsFault.error(reason).retryAfter(Duration.ofSeconds(7)));

        GcsWire.Reply reply = wire.get(A);

        assertThat(reply.status()).isEqualTo(reason.status());
        assertThat(reply.header("Retry-After")).isEqualTo("7");
        assertThat(reply.reason()).isEqualTo(reason.word());
        assertThat(reply.json().path("error").path("code").asInt()).isEqualTo(reason.status());
        assertThat(reply.json().path("error").path("message").asText()).isNotEmpty();
        assertThat(fake.log().requests(GcsOperation.GET).get(0).reason()).isEqualTo(reason.word());
    }

    @Test
    void answersAnErrorIn200AndPagesOfProxies() {
        fake.faults().on(GcsOperation.INSERT).times(1).inject(new GcsFault.ErrorInOk(Reason.BACKEND_ERROR));
        GcsWire.Reply lie = wire.upload("bk1", "b", "", "x");
        assertThat(lie.status()).isEqualTo(200);
        assertThat(lie.reason()).isEqualTo("backendError");
        assertThat(fake.find("bk1", "b")).isEmpty();

        fake.faults().on(GcsOperation.GET).times(1).inject(WireFault.html(502));
        assertThat(wire.get(A).text()).startsWith("<html>");
        fake.faults().on(GcsOperation.GET).times(1).inject(WireFault.body("{}"));
        assertThat(wire.get(A).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void dropsAnswersBeforeAndAfterTheCommit(Ending ending) {
        fake.faults().on(GcsOperation.INSERT).key("before").inject(new WireFault.DropBeforeCommit(ending));
        fake.faults().on(GcsOperation.INSERT).key("after").inject(new WireFault.DropAfterCommit(ending));

        assertThatThrownBy(() -> wire.upload("bk1", "before", "", "x")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> wire.upload("bk1", "after", "", "x")).isInstanceOf(UncheckedIOException.class);

        assertThat(fake.keys("bk1")).containsExactly("a", "after");
        assertThat(fake.log().mutations())
                .extracting(LoggedRequest::key, LoggedRequest::status, LoggedRequest::changedState)
                .contains(tuple("before", 0, false), tuple("after", 0, true));
    }

    @Test
    void truncatesStallsAndFlipsBodies() {
        fake.faults().on(GcsOperation.MEDIA).times(1).inject(WireFault.truncate(3));
        assertThatThrownBy(() -> wire.get(A + "?alt=media")).isInstanceOf(UncheckedIOException.class);

        fake.faults().on(GcsOperation.MEDIA).times(1).inject(new WireFault.FlipBit(0));
        assertThat(wire.get(A + "?alt=media").text()).isEqualTo("iello");

        fake.faults()
                .on(GcsOperation.MEDIA)
                .times(1)
                .inject(WireFault.delay(Duration.ofMillis(50)), new WireFault.StallBody(2, Duration.ofMillis(50)));
        long before = System.nanoTime();
        assertThat(wire.get(A + "?alt=media").text()).isEqualTo("hello");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(99));
    }

    @Test
    void saysAWrongCrc32cEverywhere() {
        String right = wire.get(A).field("crc32c");
        fake.faults().on().inject(new GcsFault.WrongCrc32c());

        assertThat(wire.get(A).field("crc32c")).isNotEqualTo(right);
        assertThat(wire.get("/storage/v1/b/bk1/o").text()).doesNotContain(right);
        assertThat(wire.get(A + "?alt=media").header("X-Goog-Hash")).doesNotContain(right);
        assertThat(wire.upload("bk1", "b", "", "hello").field("crc32c")).isNotEqualTo(right);
        assertThat(wire.send("POST", A + "/rewriteTo/b/bk1/o/c", "").text()).doesNotContain(right);
        assertThat(fake.find("bk1", "b").orElseThrow().fingerprint().encodedCrc32c())
                .isEqualTo(right);
    }

    @Test
    void receivesCorruptedBytes() {
        String crc = Crc32c.of("hello".getBytes(StandardCharsets.UTF_8));
        fake.faults().on(GcsOperation.INSERT, GcsOperation.RESUMABLE_CHUNK).inject(new WireFault.CorruptUpload(1));

        assertThat(wire.upload("bk1", "b", "", "hello").status()).isEqualTo(200);
        assertThat(wire.multipart("bk1", "", Map.of("name", "c", "crc32c", crc), "hello")
                        .status())
                .isEqualTo(400);
        String session = wire.start("bk1", "d", "", Map.of("crc32c", crc)).header("Location");
        assertThat(wire.send("PUT", session, "hello").status()).isEqualTo(400);

        assertThat(fake.get("bk1", "b").orElseThrow()).asString().isEqualTo("hdllo");
        assertThat(fake.keys("bk1")).containsExactly("a", "b");
    }

    @Test
    void runsCodeBetweenRequests() {
        fake.faults().beforeRequest(GcsOperation.MEDIA, "a", () -> fake.put("bk1", "a", new byte[] {'n'}));
        AtomicInteger commits = new AtomicInteger();
        fake.faults().afterCommit(GcsOperation.INSERT, "b", commits::incrementAndGet);

        assertThat(wire.get(A + "?alt=media").text()).isEqualTo("n");
        wire.upload("bk1", "b", "", "x");
        wire.upload("bk1", "b", "&ifGenerationMatch=0", "x");
        assertThat(commits).hasValue(1);
    }

    @Test
    void injectsIntoTheRequestsOfABatch() {
        fake.faults().on(GcsOperation.DELETE).key("a").times(1).inject(GcsFault.rateLimited());

        GcsWire.Reply reply = wire.send(
                "POST",
                "/batch/storage/v1",
                Map.of("Content-Type", "multipart/mixed; boundary=edge"),
                "--edge\r\nContent-Type: application/http\r\n\r\nDELETE " + A + " HTTP/1.1\r\n\r\n\r\n--edge--\r\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("HTTP/1.1 429", "rateLimitExceeded");
        assertThat(fake.find("bk1", "a")).isPresent();
    }

    @Test
    void keepsWhatItWasAsked() {
        wire.get(A);
        wire.upload("bk1", "b", "", "12345");
        wire.send("POST", A + "/rewriteTo/b/bk1/o/c", "");

        assertThat(fake.log().requests())
                .extracting(LoggedRequest::operation)
                .containsExactly(GcsOperation.GET, GcsOperation.INSERT, GcsOperation.REWRITE);
        assertThat(fake.log().mutations())
                .extracting(LoggedRequest::key, LoggedRequest::bytesIn)
                .containsExactly(tuple("b", 5L), tuple("c", 0L));
        assertThat(fake.log().requests(GcsOperation.REWRITE).get(0).call().source())
                .isEqualTo("bk1/a");
        fake.log().reset();
        assertThat(fake.log().count()).isZero();
    }

    @Test
    void isFilledInBulk() {
        fake.createBucket("full");
        fake.populate("full", 100_000, i -> String.format("k/%06d", i), 10);

        assertThat(fake.keys("full")).hasSize(100_000);
        assertThat(wire.get("/storage/v1/b/full/o?startOffset=k/099998").names())
                .containsExactly("k/099998", "k/099999");
    }

    @Test
    void startsAsACommandLineSays() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = {
            "--bucket", "one", "--bucket", "two=eu", "--populate", "full=10,prefix=p/,size=7", "--log-limit", "5"
        };

        try (FakeGcs started = FakeGcsMain.start(arguments, new PrintStream(out, true, StandardCharsets.UTF_8))) {
            assertThat(URI.create(out.toString(StandardCharsets.UTF_8).trim())).isEqualTo(started.endpoint());
            GcsWire other = new GcsWire(started);
            assertThat(other.get("/storage/v1/b?project=any").names()).containsExactly("full", "one", "two");
            assertThat(other.get("/storage/v1/b/two").field("location")).isEqualTo("EU");
            assertThat(other.get("/storage/v1/b/full/o").names()).hasSize(10).contains("p/00000003");
        }
    }
}
