package dev.replicator.hook.control;

import static dev.replicator.testkit.StoreOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.report.Counts;
import dev.replicator.report.Outcome;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StaleObjectException;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlAreaTest {
    private static final Instant NOON = SettableClock.START;
    private static final Applied APPLIED = new Applied(
            "release-1", "run-1", 7, Outcome.SUCCEEDED, new Counts(1, 2, 3, 4, 5, 6, 0, 0, 0, 10, 11), NOON, "web-1");

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("control");
    private final FaultyStore store = new FaultyStore(new MemoryStore(buckets, "control"));
    private final ControlArea area = new ControlArea(new ControlObjects(store));

    @Test
    void whatWasWrittenIsReadBack() {
        FailedAttempt attempt = new FailedAttempt("d", "r", "PARTIAL", "two failed", 3, NOON, NOON.plusSeconds(9));
        Deferral deferral = new Deferral("d", NOON.plusSeconds(1), NOON);

        area.mark(APPLIED, new Document.Missing<>());
        area.enter(APPLIED);
        area.remember(attempt);
        area.defer(deferral);

        assertThat(area.marker().valid()).contains(APPLIED);
        assertThat(area.ledger("release-1").valid()).contains(APPLIED);
        assertThat(area.ledger("release-2").exists()).isFalse();
        assertThat(area.attempt().valid()).contains(attempt);
        assertThat(area.deferral().valid()).contains(deferral);
    }

    @Test
    void theMarkerIsJsonThatSaysItsSchemaAndChecksum() {
        area.mark(APPLIED, new Document.Missing<>());

        assertThat(text("marker.json"))
                .startsWith("{\"schema\":1,\"deployment\":\"release-1\",\"runId\":\"run-1\",\"lease\":7,")
                .contains("\"checksum\":\"sha256:");
    }

    @Test
    void aLedgerEntryIsNamedByTheHashOfItsDeploymentAndStaysAsItWas() {
        area.enter(APPLIED);
        Applied again = new Applied("release-1", "run-2", 9, Outcome.SUCCEEDED, Counts.ZERO, NOON, "web-2");

        area.enter(again);

        assertThat(bucket.names()).containsExactly("deployments/" + Envelope.sha256("release-1") + ".json");
        assertThat(area.ledger("release-1").valid()).contains(APPLIED);
    }

    @Test
    void aMarkerThatChangedSinceItWasSeenIsNotOverwritten() {
        area.mark(APPLIED, new Document.Missing<>());
        Document<Applied> seen = area.marker();
        Applied other = new Applied("release-2", "run-2", 8, Outcome.SUCCEEDED, Counts.ZERO, NOON, "web-2");
        area.mark(other, seen);

        assertThatThrownBy(() -> area.mark(APPLIED, seen)).isInstanceOf(StaleObjectException.class);
        assertThat(area.marker().valid()).contains(other);
    }

    @Test
    void aMarkerWhoseAnswerWasLostIsRecognisedAsOurs() {
        store.on(WRITE).nth(1).losesItsAnswer();

        area.mark(APPLIED, new Document.Missing<>());

        assertThat(area.marker().valid()).contains(APPLIED);
    }

    static Stream<byte[]> spoiled() {
        byte[] whole = whole();
        Stream<byte[]> torn = Stream.iterate(0, length -> length < whole.length, length -> length + 1)
                .map(length -> Arrays.copyOf(whole, length));
        Stream<byte[]> others = Stream.of(
                        "\uFEFF" + text(whole),
                        "[]",
                        "null",
                        "42",
                        "<html>login</html>",
                        "{}",
                        "{\"schema\":1}",
                        "{\"schema\":0}",
                        "{\"schema\":\"1\"}",
                        "{\"schema\":1.5}",
                        "{\"schema\":99999999999}",
                        text(whole) + text(whole),
                        text(whole) + "x",
                        text(whole).replace("release-1", "release-2"),
                        text(whole).replaceFirst("\\{", "{\"deployment\":\"release-9\","),
                        "{\"a\":".repeat(5_000),
                        text(whole).replace("SUCCEEDED", "EXPLODED"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Stream.concat(torn, Stream.concat(others, Stream.of(new byte[300], flipped(whole))));
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void aSpoiledMarkerIsNeverTakenForAMarkerNorForAbsence(byte[] bytes) {
        bucket.put(ObjectKey.of("marker.json"), bytes, ObjectMetadata.NONE, NOON);

        assertThat(area.marker()).isInstanceOf(Document.Unreadable.class);
    }

    @Test
    void aHugeMarkerIsNotEvenRead() {
        bucket.put(ObjectKey.of("marker.json"), new byte[ControlArea.MAX_BYTES + 1], ObjectMetadata.NONE, NOON);

        assertThat(area.marker()).isInstanceOf(Document.Unreadable.class);
        assertThat(store.calls(dev.replicator.testkit.StoreOperation.READ)).isEmpty();
    }

    @Test
    void aNewerSchemaIsToldApart() {
        bucket.put("marker.json", "{\"schema\":2,\"whatever\":[]}", NOON);

        assertThat(area.marker()).isEqualTo(new Document.Newer<Applied>(2));
    }

    @Test
    void anUnreadableMarkerCanBeReplacedByWhoSawIt() {
        bucket.put("marker.json", "torn", NOON);

        area.mark(APPLIED, area.marker());

        assertThat(area.marker().valid()).contains(APPLIED);
    }

    @Test
    void pausesDoubleFromAMinuteUpToTheLongest() {
        Duration hour = Duration.ofHours(1);

        assertThat(FailedAttempt.pause(1, hour)).isEqualTo(Duration.ofMinutes(1));
        assertThat(FailedAttempt.pause(2, hour)).isEqualTo(Duration.ofMinutes(2));
        assertThat(FailedAttempt.pause(6, hour)).isEqualTo(Duration.ofMinutes(32));
        assertThat(FailedAttempt.pause(7, hour)).isEqualTo(hour);
        assertThat(FailedAttempt.pause(Integer.MAX_VALUE, hour)).isEqualTo(hour);
        assertThat(FailedAttempt.pause(5, Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
    }

    private static byte[] whole() {
        var content = Envelope.open();
        Codec.APPLIED.write(APPLIED, content);
        return Envelope.seal(content);
    }

    private static byte[] flipped(byte[] whole) {
        byte[] flipped = whole.clone();
        flipped[flipped.length / 2] ^= 1;
        return flipped;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String text(String key) {
        return text(bucket.get(key).orElseThrow().bytes());
    }
}
