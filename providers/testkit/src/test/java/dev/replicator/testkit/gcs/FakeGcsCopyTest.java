package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.gcs.store.Crc32c;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewrites, copies and compositions. */
class FakeGcsCopyTest {
    private static final String ACROSS = "/storage/v1/b/bk1/o/a/rewriteTo/b/europe/o/copy";
    private static final String WITHIN = "/storage/v1/b/bk1/o/a/rewriteTo/b/bk1/o/copy";

    private final FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withBytesPerRewrite(100));
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void buckets() {
        fake.createBucket("bk1");
        fake.createBucket("europe", BucketSettings.ORDINARY.withLocation("EU"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private StoredObject put() {
        ObjectFields fields = ObjectFields.NONE
                .withText("contentType", "text/plain")
                .withText("cacheControl", "no-store")
                .withMetadata(Map.of("k", "v"))
                .withCustomTime(Instant.parse("2024-01-01T00:00:00Z"))
                .withHolds(true, false);
        return fake.put("bk1", "a", new byte[250], fields);
    }

    @Test
    void rewritesWithinALocationInOneCallAndKeepsWhatTheSourceSaysOfItself() {
        StoredObject source = put();

        GcsWire.Reply reply = wire.send("POST", WITHIN, "");

        assertThat(reply.field("kind")).isEqualTo("storage#rewriteResponse");
        assertThat(reply.field("done")).isEqualTo("true");
        assertThat(reply.field("objectSize")).isEqualTo("250");
        assertThat(reply.field("totalBytesRewritten")).isEqualTo("250");
        assertThat(reply.fields()).doesNotContain("rewriteToken");
        StoredObject copy = fake.find("bk1", "copy").orElseThrow();
        assertThat(copy.fields()).isEqualTo(source.fields().withHolds(false, false));
        assertThat(copy.fingerprint()).isEqualTo(source.fingerprint());
        assertThat(copy.generation()).isGreaterThan(source.generation());
        assertThat(reply.json().path("resource").path("metadata").path("k").asText())
                .isEqualTo("v");
    }

    @Test
    void replacesAllThatTheSourceSaysWhereSomethingIsGiven() {
        put();

        wire.send("POST", WITHIN, "{\"metadata\":{\"other\":\"x\"}}");

        ObjectFields fields = fake.find("bk1", "copy").orElseThrow().fields();
        assertThat(fields.texts()).isEmpty();
        assertThat(fields.metadata()).isEqualTo(Map.of("other", "x"));
        assertThat(fields.customTime()).isEmpty();
    }

    @Test
    void rewritesAcrossLocationsInSeveralCalls() {
        put();

        GcsWire.Reply first = wire.send("POST", ACROSS, "");
        assertThat(first.field("done")).isEqualTo("false");
        assertThat(first.field("totalBytesRewritten")).isEqualTo("100");
        assertThat(fake.keys("europe")).isEmpty();
        String next = ACROSS + "?rewriteToken=" + first.field("rewriteToken");
        GcsWire.Reply second = wire.send("POST", next, "");
        assertThat(second.field("totalBytesRewritten")).isEqualTo("200");
        GcsWire.Reply third = wire.send("POST", next, "");

        assertThat(third.field("done")).isEqualTo("true");
        assertThat(third.json().path("resource").path("size").asText()).isEqualTo("250");
        assertThat(wire.send("POST", next, "").status()).isEqualTo(400);
    }

    @Test
    void rewritesAcrossStorageClassesInSeveralCalls() {
        put();

        GcsWire.Reply first = wire.send("POST", WITHIN, "{\"storageClass\":\"COLDLINE\"}");
        GcsWire.Reply other = wire.send("POST", WITHIN + "?rewriteToken=" + first.field("rewriteToken"), "");

        assertThat(first.field("done")).isEqualTo("false");
        assertThat(other.status()).as("without the first call's body").isEqualTo(400);
        assertThat(wire.send("POST", WITHIN, "{\"storageClass\":\"GLACIER\"}").status())
                .isEqualTo(400);
    }

    @Test
    void takesATokenForTheSameSourceAndDestinationOnly() {
        put();
        fake.put("bk1", "b", new byte[250]);
        String token = "?rewriteToken=" + wire.send("POST", ACROSS, "").field("rewriteToken");

        assertThat(wire.send("POST", "/storage/v1/b/bk1/o/b/rewriteTo/b/europe/o/copy" + token, "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.send("POST", "/storage/v1/b/bk1/o/a/rewriteTo/b/europe/o/other" + token, "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.send("POST", ACROSS + "?rewriteToken=made-up", "").status())
                .isEqualTo(400);
        fake.patch("bk1", "a", fields -> fields.withHolds(false, false));
        put();
        assertThat(wire.send("POST", ACROSS + token, "").status())
                .as("the source was replaced")
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410})
    void losesATokenOnRequest(int status) {
        put();
        String token = "?rewriteToken=" + wire.send("POST", ACROSS, "").field("rewriteToken");
        fake.faults().on(GcsOperation.REWRITE).times(1).inject(new GcsFault.LoseRewriteToken(status));

        assertThat(wire.send("POST", ACROSS + token, "").status()).isEqualTo(status);
        assertThat(wire.send("POST", ACROSS + token, "").status()).isEqualTo(400);
        fake.loseRewrites();
        assertThat(wire.send("POST", ACROSS, "").field("totalBytesRewritten")).isEqualTo("100");
    }

    @Test
    void judgesTheDestinationAtEveryCall() {
        put();
        String absent = ACROSS + "?ifGenerationMatch=0";
        GcsWire.Reply first = wire.send("POST", absent, "");
        fake.put("europe", "copy", new byte[] {1});

        assertThat(wire.send("POST", absent + "&rewriteToken=" + first.field("rewriteToken"), "")
                        .status())
                .isEqualTo(412);
        assertThat(fake.get("europe", "copy").orElseThrow()).isEqualTo(new byte[] {1});
    }

    @Test
    void refusesAnOddNumberOfBytesPerCallAndWhatIsMissing() {
        put();

        assertThat(wire.send("POST", ACROSS + "?maxBytesRewrittenPerCall=1000", "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.send("POST", ACROSS + "?maxBytesRewrittenPerCall=1048576", "")
                        .status())
                .isEqualTo(200);
        assertThat(wire.send("POST", "/storage/v1/b/bk1/o/missing/rewriteTo/b/bk1/o/x", "")
                        .status())
                .isEqualTo(404);
        assertThat(wire.send("POST", "/storage/v1/b/bk1/o/a/rewriteTo/b/missing/o/x", "")
                        .status())
                .isEqualTo(404);
        assertThat(wire.send("POST", "/storage/v1/b/bk1/o/a/rewriteTo/b/bk1/o/..", "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void copiesInOneCallOrNotAtAll() {
        put();

        assertThat(wire.send("POST", "/storage/v1/b/bk1/o/a/copyTo/b/bk1/o/copy", "")
                        .field("name"))
                .isEqualTo("copy");
        GcsWire.Reply far = wire.send("POST", "/storage/v1/b/bk1/o/a/copyTo/b/europe/o/copy", "");
        assertThat(far.status()).isEqualTo(413);
        assertThat(far.reason()).isEqualTo("uploadTooLarge");
    }

    @Test
    void composesUpTo32ObjectsWithACrcAndWithoutAnMd5() {
        List<String> sources = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            String part = "part " + i + " ".repeat(i * 7);
            fake.put("bk1", "p" + i, part.getBytes(StandardCharsets.UTF_8));
            sources.add("{\"name\":\"p" + i + "\"}");
            text.append(part);
        }

        GcsWire.Reply reply = compose("all", sources, "{\"contentType\":\"text/plain\"}");

        assertThat(reply.field("crc32c")).isEqualTo(Crc32c.of(text.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(reply.fields()).doesNotContain("md5Hash");
        assertThat(reply.field("componentCount")).isEqualTo("32");
        assertThat(reply.field("contentType")).isEqualTo("text/plain");
        assertThat(fake.get("bk1", "all").orElseThrow()).asString().isEqualTo(text.toString());
        GcsWire.Reply again = compose("more", List.of("{\"name\":\"all\"}", "{\"name\":\"p0\"}"), "{}");
        assertThat(again.field("componentCount")).isEqualTo("33");
        sources.add("{\"name\":\"p0\"}");
        assertThat(compose("all", sources, "{}").status()).isEqualTo(400);
        assertThat(compose("all", List.of(), "{}").status()).isEqualTo(400);
        wire.send("POST", "/storage/v1/b/bk1/o/all/rewriteTo/b/bk1/o/copied", "");
        assertThat(wire.get("/storage/v1/b/bk1/o/copied").fields()).doesNotContain("md5Hash");
    }

    @Test
    void composesOnlyTheGenerationsItWasTold() {
        long generation = fake.put("bk1", "p", new byte[] {1}).generation();
        String right = "{\"name\":\"p\",\"generation\":\"" + generation + "\",\"objectPreconditions\":"
                + "{\"ifGenerationMatch\":\"" + generation + "\"}}";

        assertThat(compose("all", List.of(right), "{}").status()).isEqualTo(200);
        assertThat(compose("all", List.of("{\"name\":\"p\",\"generation\":\"7\"}"), "{}")
                        .status())
                .isEqualTo(404);
        assertThat(compose(
                                "all",
                                List.of("{\"name\":\"p\",\"objectPreconditions\":{\"ifGenerationMatch\":\"7\"}}"),
                                "{}")
                        .status())
                .isEqualTo(412);
        assertThat(compose("all", List.of("{\"name\":\"missing\"}"), "{}").status())
                .isEqualTo(404);
        assertThat(compose("all", List.of(right), "{\"crc32c\":\"AAAAAA==\"}").status())
                .isEqualTo(400);
    }

    @Test
    void combinesCrcsOfAnyLength() {
        for (int length : new int[] {0, 1, 7, 255, 4096, 70_001}) {
            fake.putSynthetic("bk1", "x", 13, 1);
            fake.putSynthetic("bk1", "y", length, 2);
            GcsWire.Reply composed = compose("xy", List.of("{\"name\":\"x\"}", "{\"name\":\"y\"}"), "{}");

            assertThat(composed.field("crc32c"))
                    .isEqualTo(Crc32c.of(fake.get("bk1", "xy").orElseThrow()));
        }
    }

    private GcsWire.Reply compose(String name, List<String> sources, String destination) {
        String body = "{\"sourceObjects\":" + sources.stream().collect(Collectors.joining(",", "[", "]"))
                + ",\"destination\":" + destination + "}";
        return wire.send("POST", "/storage/v1/b/bk1/o/" + name + "/compose", body);
    }
}
