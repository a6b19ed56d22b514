package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.BucketSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeS3ObjectsTest {
    private final FakeS3 fake = FakeS3.start();
    private final Wire wire = new Wire(fake);

    @BeforeEach
    void bucket() {
        fake.createBucket("bucket");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void keepsBytesTypeAndMetadata() {
        wire.send(
                "PUT",
                "/bucket/a/b",
                Map.of("content-type", "text/x", "x-amz-meta-colour", "blue", "cache-control", "no-store"),
                "hello");

        Wire.Reply reply = wire.get("/bucket/a/b");

        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.headers())
                .containsEntry("content-type", "text/x")
                .containsEntry("x-amz-meta-colour", "blue")
                .containsEntry("cache-control", "no-store")
                .containsEntry("etag", "\"5d41402abc4b2a76b9719d911017c592\"")
                .containsEntry("accept-ranges", "bytes")
                .containsKeys("date", "last-modified", "x-amz-request-id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a//b",
                "/a",
                "//",
                "..",
                "../a",
                "a/./b",
                "a/",
                " ",
                "+",
                "%2F",
                "%",
                "\u0001",
                "\t",
                "\n",
                "\u007f",
                "\u00e9",
                "e\u0301",
                "\ufffd",
                "\uffff",
                "\ud83d\ude00",
                "?#&=",
                "*~!()'\"<>\\"
            })
    void carriesAnyKeyByteForByte(String key) {
        String path = "/bucket/" + encoded(key);

        assertThat(wire.put(path, key).status()).isEqualTo(200);

        assertThat(wire.get(path).text()).isEqualTo(key);
        assertThat(fake.keys("bucket")).containsExactly(key);
    }

    @Test
    void refusesAKeyOfMoreThan1024Bytes() {
        assertThat(wire.put("/bucket/" + "k".repeat(1024), "").status()).isEqualTo(200);

        assertThat(Wire.code(wire.put("/bucket/" + encoded("\u00fc".repeat(513)), "")))
                .isEqualTo("KeyTooLongError");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=1-3,206,ell,bytes 1-3/5",
        "bytes=3-,206,lo,bytes 3-4/5",
        "bytes=-2,206,lo,bytes 3-4/5",
        "bytes=-9,206,hello,bytes 0-4/5",
        "bytes=0-99,206,hello,bytes 0-4/5",
        "bytes=5-,416,,bytes */5",
        "bytes=3-1,200,hello,",
        "chars=1-2,200,hello,"
    })
    void answersRanges(String range, int status, String body, String contentRange) {
        fake.put("bucket", "a", bytes("hello"));

        Wire.Reply reply = wire.send("GET", "/bucket/a", Map.of("range", range), "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-range")).isEqualTo(contentRange == null ? "" : contentRange);
        if (status != 416) {
            assertThat(reply.text()).isEqualTo(body);
        }
    }

    @Test
    void answersHeadErrorsWithoutABody() {
        Wire.Reply reply = wire.send("HEAD", "/bucket/none", Map.of(), "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void honoursReadConditions() {
        String etag = fake.put("bucket", "a", bytes("hello")).etag();

        assertThat(wire.send("GET", "/bucket/a", Map.of("if-match", "\"" + etag + "\""), "")
                        .status())
                .isEqualTo(200);
        assertThat(wire.send("GET", "/bucket/a", Map.of("if-match", "\"other\""), "")
                        .status())
                .isEqualTo(412);
        assertThat(wire.send("GET", "/bucket/a", Map.of("if-none-match", "\"" + etag + "\""), "")
                        .status())
                .isEqualTo(304);
        assertThat(wire.send("GET", "/bucket/a", Map.of("if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT"), "")
                        .status())
                .isEqualTo(412);
        assertThat(wire.send("GET", "/bucket/a", Map.of("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"), "")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void refusesBodiesThatAreNotWhatWasVouchedFor() {
        String md5OfOther = Base64.getEncoder().encodeToString(new byte[16]);

        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("content-md5", md5OfOther), "x")))
                .isEqualTo("BadDigest");
        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("content-md5", "?"), "x")))
                .isEqualTo("InvalidDigest");
        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("x-amz-checksum-crc32", "AAAAAA=="), "x")))
                .isEqualTo("BadDigest");
        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("x-amz-checksum-sha1", "AA=="), "x")))
                .isEqualTo("InvalidRequest");
        assertThat(fake.keys("bucket")).isEmpty();
    }

    @Test
    void refusesWhatS3DoesNotTake() {
        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("x-amz-storage-class", "ATTIC"), "")))
                .isEqualTo("InvalidStorageClass");
        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("x-amz-meta-a", "x".repeat(2048)), "")))
                .isEqualTo("MetadataTooLarge");
        assertThat(Wire.code(wire.send("PUT", "/bucket/a", Map.of("if-none-match", "\"x\""), "")))
                .isEqualTo("NotImplemented");
        assertThat(Wire.code(wire.get("/bucket?policy"))).isEqualTo("NotImplemented");
    }

    @Test
    void keepsTags() {
        wire.send("PUT", "/bucket/a", Map.of("x-amz-tagging", "k=v&l=%26"), "");
        assertThat(wire.get("/bucket/a?tagging").text()).contains("<Key>l</Key><Value>&amp;</Value>");

        wire.put("/bucket/a?tagging", "<Tagging><TagSet><Tag><Key>n</Key><Value/></Tag></TagSet></Tagging>");
        assertThat(fake.find("bucket", "a").orElseThrow().attributes().tags()).isEqualTo(Map.of("n", ""));

        wire.send("DELETE", "/bucket/a?tagging", Map.of(), "");
        assertThat(wire.get("/bucket/a?tagging").text()).contains("<TagSet></TagSet>");
    }

    @Test
    void deletesManyAndAnswersForEachKey() {
        List.of("a", "b", "locked").forEach(key -> fake.put("bucket", key, new byte[0]));
        fake.setAttributes("bucket", "locked", attributes -> attributes.withLocked(true));
        String document = "<Delete><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>\"other\"</ETag></Object>"
                + "<Object><Key>locked</Key></Object><Object><Key>none</Key></Object></Delete>";

        Wire.Reply bare = wire.send("POST", "/bucket?delete", Map.of(), document);
        Wire.Reply vouched = wire.send("POST", "/bucket?delete", Map.of("content-md5", md5(document)), document);

        assertThat(Wire.code(bare)).isEqualTo("InvalidRequest");
        assertThat(vouched.text())
                .contains("<Deleted><Key>a</Key></Deleted>")
                .contains("<Error><Key>b</Key><Code>PreconditionFailed</Code>")
                .contains("<Error><Key>locked</Key><Code>AccessDenied</Code>")
                .contains("<Deleted><Key>none</Key></Deleted>");
        assertThat(fake.keys("bucket")).containsExactly("b", "locked");
    }

    @Test
    void guardsArchivedEncryptedAndLockedObjects() {
        fake.createBucket("secret", BucketSettings.ORDINARY.withKmsByDefault().withKmsDenied(key -> key.equals("no")));
        fake.put("bucket", "cold", bytes("x"), Attributes.DEFAULT.withStorageClass("DEEP_ARCHIVE"));
        fake.put("bucket", "locked", bytes("x"), Attributes.DEFAULT.withLocked(true));
        wire.put("/secret/no", "x");
        wire.put("/secret/yes", "hello");

        assertThat(Wire.code(wire.get("/bucket/cold"))).isEqualTo("InvalidObjectState");
        assertThat(Wire.code(wire.put("/bucket/locked", "y"))).isEqualTo("AccessDenied");
        assertThat(Wire.code(wire.get("/secret/no"))).isEqualTo("AccessDenied");
        assertThat(wire.send("HEAD", "/secret/no", Map.of(), "").status()).isEqualTo(200);
        assertThat(wire.get("/secret/yes").etag()).isNotEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    }

    @Test
    void asksForTheCustomersKey() {
        byte[] key = new byte[32];
        String prefix = "x-amz-server-side-encryption-customer-";
        Map<String, String> headers = Map.of(
                prefix + "algorithm", "AES256",
                prefix + "key", Base64.getEncoder().encodeToString(key),
                prefix + "key-md5", md5(new String(key, StandardCharsets.ISO_8859_1)));
        wire.send("PUT", "/bucket/a", headers, "x");

        assertThat(Wire.code(wire.get("/bucket/a"))).isEqualTo("InvalidRequest");
        assertThat(wire.send("HEAD", "/bucket/a", Map.of(), "").status()).isEqualTo(400);
        assertThat(wire.send("GET", "/bucket/a", headers, "").text()).isEqualTo("x");
    }

    @Test
    void wantsTheOwnerAndThePayerNamedRightly() {
        fake.createBucket("paid", BucketSettings.ORDINARY.withRequesterPays());

        assertThat(wire.send("GET", "/bucket", Map.of("x-amz-expected-bucket-owner", "1"), "")
                        .status())
                .isEqualTo(403);
        assertThat(wire.get("/paid?list-type=2").status()).isEqualTo(403);
        assertThat(wire.send("GET", "/paid?list-type=2", Map.of("x-amz-request-payer", "requester"), "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void showsTheTimeATestSets() {
        fake.put("bucket", "a", bytes("x"));

        fake.setLastModified("bucket", "a", Instant.parse("2001-02-03T04:05:06.789Z"));

        assertThat(wire.get("/bucket/a").header("last-modified")).isEqualTo("Sat, 03 Feb 2001 04:05:06 GMT");
        assertThat(wire.get("/bucket?list-type=2").element("LastModified")).isEqualTo("2001-02-03T04:05:06.789Z");
    }

    @Test
    void livesByTheClockItIsGiven() {
        Clock still = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
        try (FakeS3 dated = FakeS3.start(FakeS3Options.strict().withClock(still))) {
            dated.createBucket("bucket");
            new Wire(dated).put("/bucket/a", "x");

            assertThat(new Wire(dated).get("/bucket/a").header("date")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
            assertThat(dated.find("bucket", "a").orElseThrow().lastModified()).isEqualTo(still.instant());
        }
    }

    private static String md5(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%2F", "/");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
