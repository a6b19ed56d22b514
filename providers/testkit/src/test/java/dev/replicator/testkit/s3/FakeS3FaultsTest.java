package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.replicator.testkit.http.Ending;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.wire.FaultRule;
import dev.replicator.testkit.wire.WireFault;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FakeS3FaultsTest {
    private final FakeS3 fake = FakeS3.start();
    private final Wire wire = new Wire(fake);

    @BeforeEach
    void object() {
        fake.createBucket("bucket");
        fake.put("bucket", "a", "hello".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void answersErrorsAsScripted() {
        fake.faults()
                .on(S3Operation.GET_OBJECT)
                .times(1)
                .inject(Fault.slowDown().retryAfter(Duration.ofSeconds(7)));
        fake.faults().on(S3Operation.GET_OBJECT).times(1).inject(Fault.html(502).retryAfter(Duration.ofSeconds(3)));

        Wire.Reply slowDown = wire.get("/bucket/a");
        Wire.Reply page = wire.get("/bucket/a");

        assertThat(slowDown.status()).isEqualTo(503);
        assertThat(Wire.code(slowDown)).isEqualTo("SlowDown");
        assertThat(slowDown.header("retry-after")).isEqualTo("7");
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.header("retry-after")).isEqualTo("3");
        assertThat(page.text()).startsWith("<html>");
        assertThat(wire.get("/bucket/a").text()).isEqualTo("hello");
    }

    @Test
    void hitsTheNthCallForAKeyOnly() {
        FaultRule<S3Call> rule = fake.faults().on().key("a").nth(2).inject(Fault.accessDenied());

        assertThat(wire.get("/bucket/a").status()).isEqualTo(200);
        assertThat(wire.get("/bucket/b").status()).isEqualTo(404);
        assertThat(wire.get("/bucket/a").status()).isEqualTo(403);
        assertThat(wire.get("/bucket/a").status()).isEqualTo(200);
        assertThat(rule.hits()).isEqualTo(1);
    }

    @Test
    void drawsTheSameSharesFromTheSameSeed() {
        fake.faults().on().withProbability(0.3, 42).inject(Fault.internalError());
        int failed = 0;
        for (int i = 0; i < 200; i++) {
            failed += wire.get("/bucket/a").status() == 500 ? 1 : 0;
        }

        assertThat(failed).isBetween(40, 80);
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void dropsBeforeAndAfterTheCommit(Ending ending) {
        fake.faults().on(S3Operation.PUT_OBJECT).key("before").inject(new WireFault.DropBeforeCommit(ending));
        fake.faults().on(S3Operation.PUT_OBJECT).key("after").inject(new WireFault.DropAfterCommit(ending));

        assertThatThrownBy(() -> wire.put("/bucket/before", "x")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> wire.put("/bucket/after", "x")).isInstanceOf(UncheckedIOException.class);

        assertThat(fake.keys("bucket")).containsExactly("a", "after");
        assertThat(fake.log().mutations())
                .allSatisfy(request -> assertThat(request.status()).isZero())
                .anySatisfy(request -> assertThat(request.changedState()).isTrue())
                .anySatisfy(request -> assertThat(request.changedState()).isFalse());
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void truncatesBodies(Ending ending) {
        fake.put("bucket", "large", new byte[1 << 20]);
        fake.faults().on(S3Operation.GET_OBJECT).times(1).inject(new WireFault.Truncate(70_000, ending));

        assertThatThrownBy(() -> wire.get("/bucket/large")).isInstanceOf(UncheckedIOException.class);

        assertThat(wire.get("/bucket/large").body()).hasSize(1 << 20);
    }

    @Test
    void flipsABit() {
        fake.faults().on(S3Operation.GET_OBJECT).inject(new WireFault.FlipBit(1));

        assertThat(wire.get("/bucket/a").text()).isEqualTo("hdllo");
    }

    @Test
    void answers200WithAnErrorAndDoesNothing() {
        fake.faults().on(S3Operation.PUT_OBJECT).inject(new Fault.ErrorInOk(ErrorCode.INTERNAL_ERROR));

        Wire.Reply reply = wire.put("/bucket/b", "x");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(Wire.code(reply)).isEqualTo("InternalError");
        assertThat(fake.keys("bucket")).containsExactly("a");
    }

    @Test
    void failsSomeKeysOfABulkDelete() {
        fake.put("bucket", "b", new byte[0]);
        fake.faults()
                .on(S3Operation.DELETE_OBJECTS)
                .inject(new Fault.FailKeys(key -> key.equals("a"), ErrorCode.INTERNAL_ERROR));
        String document = "<Delete><Object><Key>a</Key></Object><Object><Key>b</Key></Object></Delete>";
        String digest = Base64.getEncoder()
                .encodeToString(ChecksumAlgorithm.SHA256.digest(document.getBytes(StandardCharsets.UTF_8)));

        Wire.Reply reply = wire.send("POST", "/bucket?delete", Map.of("x-amz-checksum-sha256", digest), document);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("<Key>a</Key><Code>InternalError</Code>");
        assertThat(fake.keys("bucket")).containsExactly("a");
    }

    @Test
    void delaysAndSlowsDown() {
        fake.put("bucket", "large", new byte[4000]);
        fake.faults()
                .on(S3Operation.GET_OBJECT)
                .inject(
                        Fault.delay(Duration.ofMillis(100)),
                        new WireFault.SlowBody(20_000),
                        new WireFault.StallBody(2000, Duration.ofMillis(100)));
        long start = System.nanoTime();

        assertThat(wire.get("/bucket/large").body()).hasSize(4000);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(340));
    }

    @Test
    void endsAStallWhenItCloses() throws Exception {
        fake.faults().on().inject(Fault.stall(Duration.ofMinutes(5)));
        CompletableFuture<Wire.Reply> stalled = CompletableFuture.supplyAsync(() -> wire.get("/bucket/a"));
        while (fake.log().count() == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }

        fake.close();

        assertThatThrownBy(() -> stalled.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UncheckedIOException.class);
    }

    @Test
    void runsCodeBetweenRequests() {
        fake.faults().afterCommit(S3Operation.PUT_OBJECT, "b", () -> fake.delete("bucket", "b"));

        assertThat(wire.put("/bucket/b", "x").status()).isEqualTo(200);
        assertThat(wire.get("/bucket/b").status()).isEqualTo(404);
    }

    @Test
    void logsWhatWasAskedWithoutCredentials() {
        wire.put("/bucket/b?x-id=PutObject", "xyz");
        wire.get("/bucket/b");
        wire.get("/bucket/none");

        assertThat(fake.log().count(S3Operation.GET_OBJECT)).isEqualTo(2);
        LoggedRequest put = fake.log().mutations().get(0);
        assertThat(put.bytesIn()).isEqualTo(3);
        assertThat(put.changedState()).isTrue();
        assertThat(put.call().query()).containsEntry("x-id", "PutObject");
        assertThat(put.call().headers()).containsKey("x-amz-date").doesNotContainKey("authorization");
        assertThat(fake.log().requests(S3Operation.GET_OBJECT))
                .extracting(LoggedRequest::status, LoggedRequest::errorCode, LoggedRequest::bytesOut)
                .first()
                .isEqualTo(tuple(200, "", 3L));

        fake.log().reset();
        assertThat(fake.log().requests()).isEmpty();
        assertThat(fake.log().count()).isZero();
    }

    @Test
    void keepsTheLatestRequestsOnly() {
        try (FakeS3 counting = FakeS3.start(FakeS3Options.strict().withLogLimit(0))) {
            new Wire(counting).get("/none/a");

            assertThat(counting.log().requests()).isEmpty();
            assertThat(counting.log().count(S3Operation.GET_OBJECT)).isEqualTo(1);
        }
    }
}
