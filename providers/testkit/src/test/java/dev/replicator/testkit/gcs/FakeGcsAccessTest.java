package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.BucketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may do what, buckets, and batches. */
class FakeGcsAccessTest {
    @Test
    void wantsABearerTokenWhereTokensAreSet() {
        try (FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withTokens("secret"))) {
            GcsWire wire = new GcsWire(fake);
            fake.createBucket("bk1");

            GcsWire.Reply anonymous = wire.get("/storage/v1/b/bk1/o");
            assertThat(anonymous.status()).isEqualTo(401);
            assertThat(anonymous.reason()).isEqualTo("required");
            assertThat(anonymous.header("WWW-Authenticate")).startsWith("Bearer");
            GcsWire.Reply wrong = wire.send("GET", "/storage/v1/b/bk1/o", Map.of("Authorization", "Bearer other"), "");
            assertThat(wrong.reason()).isEqualTo("authError");
            assertThat(wire.send("GET", "/storage/v1/b/bk1/o", Map.of("Authorization", "secret"), "")
                            .status())
                    .isEqualTo(401);
            assertThat(wire.send("GET", "/storage/v1/b/bk1/o", Map.of("Authorization", "Bearer secret"), "")
                            .status())
                    .isEqualTo(200);
            assertThat(fake.log().requests())
                    .allSatisfy(request -> assertThat(request.call().headers()).doesNotContainKey("authorization"));
        }
    }

    @Test
    void wantsToKnowWhoPays() {
        try (FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withProject("mine"))) {
            GcsWire wire = new GcsWire(fake);
            fake.createBucket("paid", BucketSettings.ORDINARY.withRequesterPays(true));
            fake.put("paid", "a", new byte[] {1});

            GcsWire.Reply refused = wire.get("/storage/v1/b/paid/o/a");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.reason()).isEqualTo("required");
            assertThat(wire.get("/storage/v1/b/paid/o").status()).isEqualTo(400);
            assertThat(wire.delete("/storage/v1/b/paid/o/a").status()).isEqualTo(400);
            assertThat(wire.upload("paid", "b", "", "").status()).isEqualTo(400);
            assertThat(wire.get("/storage/v1/b/paid/o/a?userProject=other").status())
                    .isEqualTo(400);
            assertThat(wire.get("/storage/v1/b/paid/o/a?userProject=mine").status())
                    .isEqualTo(200);
            assertThat(wire.send("GET", "/storage/v1/b/paid/o/a", Map.of("X-Goog-User-Project", "mine"), "")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void makesBucketsInItsProjectOnly() {
        try (FakeGcs fake = FakeGcs.start(FakeGcsOptions.strict().withProject("mine"))) {
            GcsWire wire = new GcsWire(fake);

            assertThat(wire.send("POST", "/storage/v1/b", "{\"name\":\"made\"}").reason())
                    .isEqualTo("required");
            assertThat(wire.send("POST", "/storage/v1/b?project=other", "{\"name\":\"made\"}")
                            .status())
                    .isEqualTo(400);
            String resource = "{\"name\":\"made\",\"location\":\"europe-west1\",\"storageClass\":\"NEARLINE\","
                    + "\"iamConfiguration\":{\"uniformBucketLevelAccess\":{\"enabled\":true}}}";
            assertThat(wire.send("POST", "/storage/v1/b?project=mine", resource).status())
                    .isEqualTo(200);
            GcsWire.Reply again = wire.send("POST", "/storage/v1/b?project=mine", resource);
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.reason()).isEqualTo("conflict");
            GcsWire.Reply got = wire.get("/storage/v1/b/made");
            assertThat(got.field("location")).isEqualTo("EUROPE-WEST1");
            assertThat(got.field("locationType")).isEqualTo("region");
            assertThat(got.field("storageClass")).isEqualTo("NEARLINE");
            assertThat(got.text()).contains("\"uniformBucketLevelAccess\":{\"enabled\":true}");
            assertThat(wire.upload("made", "a", "", "").field("storageClass")).isEqualTo("NEARLINE");
            assertThat(wire.get("/storage/v1/b?project=mine").names()).containsExactly("made");
        }
    }

    @Test
    void changesAndDeletesBuckets() {
        try (FakeGcs fake = FakeGcs.start()) {
            GcsWire wire = new GcsWire(fake);
            fake.createBucket("bk1");
            fake.put("bk1", "a", new byte[] {1});

            GcsWire.Reply patched = wire.send("PATCH", "/storage/v1/b/bk1", "{\"billing\":{\"requesterPays\":true}}");
            assertThat(patched.field("metageneration")).isEqualTo("2");
            assertThat(wire.get("/storage/v1/b/bk1?userProject=p&ifMetagenerationMatch=1")
                            .status())
                    .isEqualTo(412);
            assertThat(wire.get("/storage/v1/b/bk1?userProject=p&ifMetagenerationNotMatch=2")
                            .status())
                    .isEqualTo(304);
            assertThat(wire.delete("/storage/v1/b/bk1?userProject=p").status()).isEqualTo(409);
            fake.delete("bk1", "a");
            assertThat(wire.delete("/storage/v1/b/bk1?userProject=p").status()).isEqualTo(204);
            assertThat(wire.get("/storage/v1/b/bk1").reason()).isEqualTo("notFound");
        }
    }

    @Test
    void answersEachRequestOfABatchForItself() {
        try (FakeGcs fake = FakeGcs.start()) {
            GcsWire wire = new GcsWire(fake);
            fake.createBucket("bk1");
            fake.put("bk1", "a", new byte[] {1});
            fake.put("bk1", "b", new byte[] {1});

            GcsWire.Reply reply = batch(
                    wire,
                    List.of(
                            "DELETE /storage/v1/b/bk1/o/a?ifGenerationMatch=1 HTTP/1.1\r\n\r\n",
                            "DELETE http://anywhere/storage/v1/b/bk1/o/b HTTP/1.1\r\n\r\n",
                            "DELETE /storage/v1/b/bk1/o/missing HTTP/1.1\r\n\r\n",
                            "PATCH /storage/v1/b/bk1/o/a HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
                                    + "{\"contentLanguage\":\"de\"}"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(statuses(reply)).containsExactly(412, 204, 404, 200);
            assertThat(reply.text()).contains("conditionNotMet", "<response-id+0>");
            assertThat(fake.keys("bk1")).containsExactly("a");
            assertThat(fake.log().count(GcsOperation.BATCH)).isEqualTo(1);
            assertThat(fake.log().count(GcsOperation.DELETE)).isEqualTo(3);
            assertThat(fake.log().mutations())
                    .extracting(request -> request.changedState())
                    .containsExactly(false, true, false, true);
        }
    }

    @Test
    void refusesBatchesThatAreTooLongOrMoveBytes() {
        try (FakeGcs fake = FakeGcs.start()) {
            GcsWire wire = new GcsWire(fake);
            fake.createBucket("bk1");
            List<String> tooMany = IntStream.range(0, 101)
                    .mapToObj(i -> "DELETE /storage/v1/b/bk1/o/x HTTP/1.1\r\n\r\n")
                    .toList();

            assertThat(batch(wire, tooMany).status()).isEqualTo(400);
            assertThat(batch(wire, tooMany.subList(0, 100)).status()).isEqualTo(200);
            assertThat(batch(wire, List.of("GET /storage/v1/b/bk1/o/x?alt=media HTTP/1.1\r\n\r\n"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void knowsNoOtherPaths() {
        try (FakeGcs fake = FakeGcs.start()) {
            GcsWire wire = new GcsWire(fake);
            fake.createBucket("bk1");

            for (String path :
                    List.of("/", "/storage/v1", "/bk1/a", "/storage/v1/b/bk1/x", "/storage/v1/b/bk1/o/%FF")) {
                assertThat(wire.get(path).status()).as(path).isEqualTo(404);
            }
        }
    }

    private static GcsWire.Reply batch(GcsWire wire, List<String> requests) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < requests.size(); i++) {
            body.append("--edge\r\nContent-Type: application/http\r\nContent-ID: <id+")
                    .append(i)
                    .append(">\r\n\r\n")
                    .append(requests.get(i))
                    .append("\r\n");
        }
        return wire.send(
                "POST",
                "/batch/storage/v1",
                Map.of("Content-Type", "multipart/mixed; boundary=edge"),
                body.append("--edge--\r\n").toString());
    }

    private static List<Integer> statuses(GcsWire.Reply reply) {
        Matcher matcher = Pattern.compile("HTTP/1.1 (\\d{3})").matcher(reply.text());
        List<Integer> statuses = new ArrayList<>();
        while (matcher.find()) {
            statuses.add(Integer.parseInt(matcher.group(1)));
        }
        return statuses;
    }
}
