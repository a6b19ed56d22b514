package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of what an object carries beside its bytes. */
class FakeGcsMetadataTest {
    private static final String A = "/storage/v1/b/bk1/o/a";

    private final SettableClock clock = new SettableClock();
    private final FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withClock(clock));
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void object() {
        fake.createBucket("bk1");
        fake.put(
                "bk1",
                "a",
                new byte[] {1},
                ObjectFields.NONE
                        .withText("contentType", "text/plain")
                        .withText("cacheControl", "no-store")
                        .withMetadata(Map.of("one", "1", "two", "2")));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private StoredObject found() {
        return fake.find("bk1", "a").orElseThrow();
    }

    @Test
    void patchesWhatIsNamedAndRemovesWhatIsNull() {
        StoredObject before = found();
        clock.advance(Duration.ofMinutes(1));

        GcsWire.Reply reply = wire.send(
                "PATCH",
                A,
                "{\"cacheControl\":null,\"contentLanguage\":\"de\",\"metadata\":{\"one\":null,\"three\":\"3\"}}");

        assertThat(found().fields().texts()).isEqualTo(Map.of("contentType", "text/plain", "contentLanguage", "de"));
        assertThat(found().fields().metadata()).isEqualTo(Map.of("two", "2", "three", "3"));
        assertThat(reply.field("metageneration")).isEqualTo("2");
        assertThat(reply.field("generation")).isEqualTo(Long.toString(before.generation()));
        assertThat(reply.field("updated")).isEqualTo("2026-01-01T00:01:00.000Z");
        assertThat(reply.field("timeCreated")).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(reply.field("etag")).isNotEqualTo(before.etag());
        wire.send("PATCH", A, "{\"metadata\":null}");
        assertThat(found().fields().metadata()).isEmpty();
        assertThat(wire.get(A).fields()).doesNotContain("metadata");
    }

    @Test
    void takesAPatchInAPostAsClientsWithoutPatchSendIt() {
        GcsWire.Reply reply =
                wire.send("POST", A, Map.of("X-HTTP-Method-Override", "PATCH"), "{\"contentLanguage\":\"de\"}");

        assertThat(reply.field("contentLanguage")).isEqualTo("de");
        assertThat(wire.send("POST", A, "{}").status()).isEqualTo(404);
    }

    @Test
    void anUpdateReplacesEverything() {
        wire.send("PUT", A, "{\"contentType\":\"image/png\"}");

        assertThat(found().fields().texts()).isEqualTo(Map.of("contentType", "image/png"));
        assertThat(found().fields().metadata()).isEmpty();
        assertThat(found().metageneration()).isEqualTo(2);
    }

    @Test
    void neverTakesACustomTimeBack() {
        wire.send("PATCH", A, "{\"customTime\":\"2024-01-02T00:00:00Z\"}");

        assertThat(wire.send("PATCH", A, "{\"customTime\":\"2024-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
        wire.send("PATCH", A, "{\"customTime\":null}");
        assertThat(found().fields().customTime()).contains(Instant.parse("2024-01-02T00:00:00Z"));
        wire.send("PATCH", A, "{\"customTime\":\"2024-01-03T00:00:00Z\"}");
        assertThat(found().fields().customTime()).contains(Instant.parse("2024-01-03T00:00:00Z"));
    }

    @Test
    void holdsOffWhoWouldOverwriteOrDelete() {
        wire.send("PATCH", A, "{\"temporaryHold\":true}");

        GcsWire.Reply reply = wire.delete(A);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.reason()).isEqualTo("objectUnderActiveHold");
        assertThat(wire.upload("bk1", "a", "", "new").status()).isEqualTo(403);
        assertThat(wire.send("PATCH", A, "{\"temporaryHold\":false}").status()).isEqualTo(200);
        assertThat(wire.delete(A).status()).isEqualTo(204);
    }

    @Test
    void refusesPatchesThatMakeNoSense() {
        String long8K = "x".repeat(8190);
        for (String patch : new String[] {
            "{\"storageClass\":\"COLDLINE\"}",
            "{\"metadata\":{\"k\":\"" + long8K + "\"}}",
            "{\"contentType\":1}",
            "[]",
            "no json"
        }) {
            assertThat(wire.send("PATCH", A, patch).status()).as(patch).isEqualTo(400);
        }
        assertThat(found().metageneration()).isEqualTo(1);
    }
}
