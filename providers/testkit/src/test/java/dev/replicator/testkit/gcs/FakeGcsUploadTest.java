package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.gcs.store.Crc32c;
import dev.replicator.testkit.gcs.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in one request: what is stored, what is refused. */
class FakeGcsUploadTest {
    private static final String CRC_OF_HELLO = Crc32c.of("hello".getBytes(StandardCharsets.UTF_8));

    private final FakeGcs fake = FakeGcs.start();
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void bucket() {
        fake.createBucket("bk1");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void answersTheWholeResource() {
        GcsWire.Reply reply = wire.upload("bk1", "dir%2Fa%20b", "", "hello");

        StoredObject stored = fake.find("bk1", "dir/a b").orElseThrow();
        assertThat(reply.field("kind")).isEqualTo("storage#object");
        assertThat(reply.field("name")).isEqualTo("dir/a b");
        assertThat(reply.field("bucket")).isEqualTo("bk1");
        assertThat(reply.field("id")).isEqualTo("bk1/dir/a b/" + stored.generation());
        assertThat(reply.field("generation")).isEqualTo(Long.toString(stored.generation()));
        assertThat(reply.field("metageneration")).isEqualTo("1");
        assertThat(reply.field("size")).isEqualTo("5");
        assertThat(reply.field("contentType")).isEqualTo("text/plain");
        assertThat(reply.field("storageClass")).isEqualTo("STANDARD");
        assertThat(reply.field("crc32c")).isEqualTo("mnG7TA==");
        assertThat(reply.field("md5Hash")).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
        assertThat(reply.field("timeCreated")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(reply.field("updated")).isEqualTo(reply.field("timeCreated"));
        assertThat(reply.field("etag")).isEqualTo(reply.header("etag")).isNotEmpty();
        assertThat(reply.field("selfLink")).endsWith("/storage/v1/b/bk1/o/dir%2Fa%20b");
        assertThat(wire.get(reply.field("mediaLink")).text()).isEqualTo("hello");
    }

    @Test
    void storesWhatTheResourceSays() {
        GcsWire.Reply reply = wire.multipart(
                "bk1",
                "",
                Map.of(
                        "name", "a",
                        "cacheControl", "no-store",
                        "contentDisposition", "inline",
                        "contentEncoding", "br",
                        "contentLanguage", "de",
                        "customTime", "2024-02-03T04:05:06+01:00",
                        "storageClass", "NEARLINE",
                        "metadata", Map.of("k", "Wért", "other", "")),
                "a\r\nb\r\n");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        GcsWire.Reply got = wire.get("/storage/v1/b/bk1/o/a");
        assertThat(got.field("cacheControl")).isEqualTo("no-store");
        assertThat(got.field("contentDisposition")).isEqualTo("inline");
        assertThat(got.field("contentEncoding")).isEqualTo("br");
        assertThat(got.field("contentLanguage")).isEqualTo("de");
        assertThat(got.field("contentType")).isEqualTo("text/plain");
        assertThat(got.field("customTime")).isEqualTo("2024-02-03T03:05:06.000Z");
        assertThat(got.field("storageClass")).isEqualTo("NEARLINE");
        assertThat(got.json().path("metadata").path("k").asText()).isEqualTo("Wért");
        assertThat(got.json().path("metadata").has("other")).isTrue();
        assertThat(fake.get("bk1", "a").orElseThrow()).asString().isEqualTo("a\r\nb\r\n");
    }

    @Test
    void unzipsAZippedBody() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write("{\"name\":\"made\",\"location\":\"eu\"}".getBytes(StandardCharsets.UTF_8));
        }

        GcsWire.Reply reply =
                wire.send("POST", "/storage/v1/b?project=p", Map.of("Content-Encoding", "gzip"), zipped.toByteArray());

        assertThat(reply.field("location")).isEqualTo("EU");
        assertThat(wire.send("POST", "/storage/v1/b?project=p", Map.of("Content-Encoding", "gzip"), "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesBytesThatAreNotTheOnesPromised() {
        String wrong = Crc32c.of(new byte[] {1});
        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "crc32c", wrong), "hello")
                        .reason())
                .isEqualTo("invalid");
        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "md5Hash", "AAAAAAAAAAAAAAAAAAAAAA=="), "hello")
                        .status())
                .isEqualTo(400);
        for (String hash : new String[] {"crc32c=" + wrong, "crc32c=no", "sha=1", "md5=AAAAAAAAAAAAAAAAAAAAAA=="}) {
            assertThat(wire.send("POST", GcsWire.media("bk1", "a"), Map.of("X-Goog-Hash", hash), "hello")
                            .status())
                    .as(hash)
                    .isEqualTo(400);
        }
        assertThat(fake.keys("bk1")).isEmpty();

        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "crc32c", CRC_OF_HELLO), "hello")
                        .status())
                .isEqualTo(200);
        String right = "crc32c=" + CRC_OF_HELLO + ",md5=XUFAKrxLKna5cZ2REBfFkg==";
        assertThat(wire.send("POST", GcsWire.media("bk1", "a"), Map.of("X-Goog-Hash", right), "hello")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void takesNamesOfUpTo1024BytesAndOnlySome() {
        assertThat(wire.upload("bk1", "%C3%A4".repeat(512), "", "").status()).isEqualTo(200);
        assertThat(wire.upload("bk1", "%C3%A4".repeat(512) + "a", "", "").status())
                .isEqualTo(400);
        for (String name : new String[] {"", ".", "..", "a%0Ab", "a%0Db", ".well-known/acme-challenge/x"}) {
            assertThat(wire.upload("bk1", name, "", "").status()).as(name).isEqualTo(400);
        }
        for (String name : new String[] {"...", "a%2F..%2Fb", "%2F", "a%00b", "%F0%9F%98%80"}) {
            assertThat(wire.upload("bk1", name, "", "").status()).as(name).isEqualTo(200);
        }
    }

    @Test
    void wantsSlashesOfNamesEncoded() {
        fake.put("bk1", "a/b", new byte[] {1});

        assertThat(wire.get("/storage/v1/b/bk1/o/a/b").status()).isEqualTo(404);
        assertThat(wire.get("/storage/v1/b/bk1/o/a%2Fb").status()).isEqualTo(200);
    }

    @Test
    void takesUpTo8KiBOfMetadata() {
        Map<String, Object> most = Map.of("name", "a", "metadata", Map.of("k", "x".repeat(8191)));
        Map<String, Object> more = Map.of("name", "a", "metadata", Map.of("ä", "x".repeat(8191)));

        assertThat(wire.multipart("bk1", "", most, "").status()).isEqualTo(200);
        assertThat(wire.multipart("bk1", "", more, "").status()).isEqualTo(400);
    }

    @Test
    void refusesResourcesThatMakeNoSense() {
        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "storageClass", "GLACIER"), "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "bucket", "bk2"), "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.multipart("bk1", "&name=b", Map.of("name", "a"), "").status())
                .isEqualTo(400);
        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "customTime", "yesterday"), "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.multipart("bk1", "", Map.of("name", "a", "metadata", Map.of("k", 1)), "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.multipart("missing", "", Map.of("name", "a"), "").status())
                .isEqualTo(404);
        assertThat(fake.keys("bk1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--edge\r\n\r\n{\"name\":\"a\"}\r\n--edge\r\n\r\nx",
                "--edge\r\n\r\n{\"name\":\"a\"}\r\n--edge--",
                "--edge\r\n\r\nno json\r\n--edge\r\n\r\nx\r\n--edge--",
                "nothing",
                ""
            })
    void refusesMalformedMultipartBodies(String body) {
        GcsWire.Reply reply = wire.send(
                "POST",
                "/upload/storage/v1/b/bk1/o?uploadType=multipart",
                Map.of("Content-Type", "multipart/related; boundary=edge"),
                body);

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void refusesUploadsOfNoType() {
        assertThat(wire.send("POST", "/upload/storage/v1/b/bk1/o?name=a", "x").status())
                .isEqualTo(400);
    }

    @Test
    void refusesAccessControlListsWhereTheBucketHasNone() {
        fake.createBucket("uniform", BucketSettings.ORDINARY.withUniformAccess(true));
        fake.put("uniform", "there", new byte[] {1});

        assertThat(wire.upload("uniform", "a", "&predefinedAcl=publicRead", "").reason())
                .isEqualTo("invalid");
        assertThat(wire.start("uniform", "a", "&predefinedAcl=publicRead", Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(wire.send("PATCH", "/storage/v1/b/uniform/o/there?predefinedAcl=private", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(wire.send(
                                "POST",
                                "/storage/v1/b/uniform/o/there/rewriteTo/b/uniform/o/x"
                                        + "?destinationPredefinedAcl=private",
                                "")
                        .status())
                .isEqualTo(400);
        assertThat(wire.get("/storage/v1/b/uniform/o/there/acl").status()).isEqualTo(400);
        assertThat(wire.upload("bk1", "a", "&predefinedAcl=publicRead", "").status())
                .isEqualTo(200);
        assertThat(wire.upload("bk1", "a", "&predefinedAcl=everybody", "").status())
                .isEqualTo(400);
        assertThat(wire.get("/storage/v1/b/bk1/o/a/acl").text()).contains("allUsers");
        assertThat(wire.get("/storage/v1/b/bk1/o/a?projection=full").fields()).contains("acl");
        assertThat(wire.get("/storage/v1/b/bk1/o/a").fields()).doesNotContain("acl");
    }
}
