package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.Crc32c;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resumable uploads, chunk by chunk. */
class FakeGcsResumableTest {
    private static final int STEP = 256 * 1024;

    private final SettableClock clock = new SettableClock();
    private final FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withClock(clock));
    private final GcsWire wire = new GcsWire(fake);
    private final byte[] content = new byte[2 * STEP + 1000];

    @BeforeEach
    void bucket() {
        fake.createBucket("bk1");
        new Random(1).nextBytes(content);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private String begun() {
        return wire.start("bk1", "a%2Fb", "", Map.of("metadata", Map.of("k", "v")))
                .header("Location");
    }

    private GcsWire.Reply send(String session, int from, int to, String total) {
        return wire.chunk(
                session, "bytes " + from + "-" + (to - 1) + "/" + total, Arrays.copyOfRange(content, from, to));
    }

    private GcsWire.Reply query(String session) {
        return wire.chunk(session, "bytes */*", new byte[0]);
    }

    @Test
    void showsTheObjectOnlyWhenItIsWhole() {
        String session = begun();
        assertThat(query(session).headers()).doesNotContainKey("range");

        GcsWire.Reply first = send(session, 0, STEP, "*");
        assertThat(first.status()).isEqualTo(308);
        assertThat(first.header("Range")).isEqualTo("bytes=0-262143");
        assertThat(send(session, STEP, 2 * STEP, "*").header("Range")).isEqualTo("bytes=0-524287");
        assertThat(fake.keys("bk1")).isEmpty();
        assertThat(fake.unfinishedUploads("bk1")).containsExactly("a/b");
        GcsWire.Reply last = send(session, 2 * STEP, content.length, Integer.toString(content.length));

        assertThat(last.status()).isEqualTo(200);
        assertThat(last.field("crc32c")).isEqualTo(Crc32c.of(content));
        assertThat(last.json().path("metadata").path("k").asText()).isEqualTo("v");
        assertThat(fake.get("bk1", "a/b").orElseThrow()).isEqualTo(content);
        assertThat(fake.unfinishedUploads("bk1")).isEmpty();
    }

    @Test
    void answersWithTheObjectAgainOnceItIsFinished() {
        String session = begun();
        GcsWire.Reply whole = wire.send("PUT", session, Map.of(), content);

        assertThat(whole.status()).isEqualTo(200);
        assertThat(query(session).field("generation")).isEqualTo(whole.field("generation"));
        assertThat(send(session, 0, STEP, "*").field("generation")).isEqualTo(whole.field("generation"));
        assertThat(wire.send("PUT", session, Map.of(), content).field("generation"))
                .isEqualTo(whole.field("generation"));
    }

    @Test
    void takesAnEmptyUpload() {
        assertThat(wire.send("PUT", begun(), "").field("size")).isEqualTo("0");
        assertThat(wire.chunk(begun(), "bytes */0", new byte[0]).field("size")).isEqualTo("0");
    }

    @Test
    void finishesWhereTheTotalIsToldAfterwards() {
        String session = begun();
        send(session, 0, 2 * STEP, "*");

        assertThat(wire.chunk(session, "bytes */" + 3 * STEP, new byte[0]).header("Range"))
                .isEqualTo("bytes=0-524287");
        assertThat(wire.chunk(session, "bytes */" + STEP, new byte[0]).status()).isEqualTo(308);
        assertThat(wire.chunk(session, "bytes */" + 2 * STEP, new byte[0]).field("size"))
                .isEqualTo(Integer.toString(2 * STEP));
    }

    @Test
    void overlooksBytesItHas() {
        String session = begun();
        send(session, 0, STEP, "*");

        assertThat(send(session, 0, STEP, "*").header("Range")).isEqualTo("bytes=0-262143");
        assertThat(send(session, 0, content.length, Integer.toString(content.length))
                        .status())
                .isEqualTo(200);
        assertThat(fake.get("bk1", "a/b").orElseThrow()).isEqualTo(content);
    }

    @Test
    void refusesAGap() {
        String session = begun();
        send(session, 0, STEP, "*");

        GcsWire.Reply gap = send(session, 2 * STEP, content.length, Integer.toString(content.length));

        assertThat(gap.status()).isEqualTo(503);
        assertThat(gap.header("Content-Type")).startsWith("text/plain");
        assertThat(gap.text()).contains("524288 byte(s)", "262144 byte(s)");
        assertThat(query(session).header("Range")).isEqualTo("bytes=0-262143");
    }

    @Test
    void keepsOnlyWholeStepsOfAllButTheLastRequest() {
        String session = begun();

        assertThat(send(session, 0, 1000, "*").status()).isEqualTo(400);
        assertThat(send(session, 0, STEP + 1000, "*").header("Range")).isEqualTo("bytes=0-262143");
        assertThat(send(session, STEP + 1000, content.length, "*").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-262143/100", "bytes 5-4/*", "0-262143/*", "bytes 0-9/*", "bytes */262144"})
    void refusesARangeThatIsNotTheBodys(String range) {
        String session = begun();

        assertThat(wire.chunk(session, range, new byte[STEP]).status()).isEqualTo(400);
        assertThat(query(session).headers()).doesNotContainKey("range");
    }

    @Test
    void refusesAnotherTotalThanBefore() {
        String session = begun();
        send(session, 0, STEP, Integer.toString(content.length));

        assertThat(send(session, STEP, 2 * STEP, Integer.toString(2 * STEP)).status())
                .isEqualTo(400);
    }

    @Test
    void judgesPreconditionsAtTheStartAndAtTheEnd() {
        String session =
                wire.start("bk1", "a", "&ifGenerationMatch=0", Map.of()).header("Location");
        send(session, 0, STEP, "*");
        fake.put("bk1", "a", new byte[] {1});

        GcsWire.Reply last = send(session, STEP, content.length, Integer.toString(content.length));

        assertThat(last.status()).isEqualTo(412);
        assertThat(last.reason()).isEqualTo("conditionNotMet");
        assertThat(fake.get("bk1", "a").orElseThrow()).isEqualTo(new byte[] {1});
        assertThat(wire.start("bk1", "a", "&ifGenerationMatch=0", Map.of()).status())
                .isEqualTo(412);
    }

    @Test
    void checksTheHashesOfTheStartAndOfTheLastRequest() {
        String wrong = Crc32c.of(new byte[] {1});
        String promised = wire.start("bk1", "a", "", Map.of("crc32c", wrong)).header("Location");
        String late = begun();

        assertThat(wire.send("PUT", promised, Map.of(), content).status()).isEqualTo(400);
        assertThat(wire.send("PUT", late, Map.of("X-Goog-Hash", "crc32c=" + wrong), content)
                        .reason())
                .isEqualTo("invalid");
        assertThat(fake.keys("bk1")).isEmpty();
    }

    @Test
    void forgetsWhatIsCancelledLostOrAWeekOld() {
        String cancelled = begun();
        assertThat(wire.delete(cancelled).status()).isEqualTo(499);
        assertThat(query(cancelled).status()).isEqualTo(499);
        String lost = begun();
        fake.loseUploads();
        assertThat(query(lost).status()).isEqualTo(404);
        String old = begun();
        clock.advance(Duration.ofDays(8));
        assertThat(query(old).status()).isEqualTo(410);
        assertThat(query(old.replace("upload_id=", "upload_id=x")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void losesASessionOnRequest(int status) {
        String session = begun();
        send(session, 0, STEP, "*");
        fake.faults().on(GcsOperation.RESUMABLE_CHUNK).times(1).inject(new GcsFault.LoseSession(status));

        assertThat(send(session, STEP, 2 * STEP, "*").status()).isEqualTo(status);
        assertThat(query(session).status()).isEqualTo(404);
    }

    @Test
    void persistsAPartOnRequest() {
        String session = begun();
        fake.faults().on(GcsOperation.RESUMABLE_CHUNK).times(1).inject(new GcsFault.PersistPartly(STEP));

        assertThat(send(session, 0, 2 * STEP, "*").header("Range")).isEqualTo("bytes=0-262143");
        assertThat(send(session, STEP, content.length, Integer.toString(content.length))
                        .status())
                .isEqualTo(200);
        assertThat(fake.get("bk1", "a/b").orElseThrow()).isEqualTo(content);
    }

    @Test
    void keepsTheWholeStepsOfARequestThatBrokeOff() throws IOException {
        String session = begun();
        URI uri = URI.create(session);
        try (Socket socket = new Socket("127.0.0.1", uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + uri.getRawPath() + "?" + uri.getRawQuery() + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                            + content.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(content, 0, STEP + 10);
            out.flush();
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        assertThat(query(session).header("Range")).isEqualTo("bytes=0-262143");
        assertThat(fake.log().requests(GcsOperation.RESUMABLE_CHUNK))
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isZero());
    }
}
