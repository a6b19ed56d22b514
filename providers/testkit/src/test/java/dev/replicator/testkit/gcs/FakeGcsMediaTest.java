package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.store.ObjectFields;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Reads of bytes: ranges, header fields, transcoding. */
class FakeGcsMediaTest {
    private static final String A = "/storage/v1/b/bk1/o/a?alt=media";

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
    void describesTheObjectInHeaderFields() {
        StoredObject object = fake.put(
                "bk1",
                "a",
                utf8("hello"),
                ObjectFields.NONE.withText("contentType", "text/plain").withText("contentLanguage", "de"));

        GcsWire.Reply reply = wire.get(A);

        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain");
        assertThat(reply.header("Content-Language")).isEqualTo("de");
        assertThat(reply.header("Content-Disposition")).isEqualTo("attachment");
        assertThat(reply.header("X-Goog-Generation")).isEqualTo(Long.toString(object.generation()));
        assertThat(reply.header("X-Goog-Metageneration")).isEqualTo("1");
        assertThat(reply.header("X-Goog-Storage-Class")).isEqualTo("STANDARD");
        assertThat(reply.header("X-Goog-Hash")).isEqualTo("crc32c=mnG7TA==,md5=XUFAKrxLKna5cZ2REBfFkg==");
        assertThat(reply.header("X-Goog-Stored-Content-Encoding")).isEqualTo("identity");
        assertThat(reply.header("X-Goog-Stored-Content-Length")).isEqualTo("5");
        assertThat(reply.header("ETag")).isEqualTo(object.etag());
        assertThat(wire.send("GET", A, Map.of("If-None-Match", object.etag()), "")
                        .status())
                .isEqualTo(304);
        assertThat(wire.send("GET", A, Map.of("If-Match", "x"), "").status()).isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=4-, 206, 456789, bytes 4-9/10",
        "bytes=8-100, 206, 89, bytes 8-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=-100, 206, 0123456789, bytes 0-9/10",
        "'bytes=0-1,4-5', 200, 0123456789, ''",
        "bytes=5-4, 200, 0123456789, ''",
        "lines=1-2, 200, 0123456789, ''"
    })
    void servesRanges(String range, int status, String text, String contentRange) {
        fake.put("bk1", "a", utf8("0123456789"));

        GcsWire.Reply reply = wire.send("GET", A, Map.of("Range", range), "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo(text);
        assertThat(reply.header("Content-Range")).isEqualTo(contentRange);
    }

    @Test
    void refusesARangeBehindTheEnd() {
        fake.put("bk1", "a", utf8("0123456789"));
        GcsWire.Reply reply = wire.send("GET", A, Map.of("Range", "bytes=10-"), "");
        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */10");
        fake.put("bk1", "a", new byte[0]);
        assertThat(wire.send("GET", A, Map.of("Range", "bytes=0-"), "").status())
                .isEqualTo(416);
    }

    @Test
    void unzipsForWhoDoesNotTakeGzipAndThenOverlooksTheRange() throws IOException {
        byte[] zipped = zipped("hello hello hello");
        fake.put("bk1", "a", zipped, ObjectFields.NONE.withText("contentEncoding", "gzip"));

        GcsWire.Reply plain = wire.send("GET", A, Map.of("Range", "bytes=0-3"), "");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.text()).isEqualTo("hello hello hello");
        assertThat(plain.headers()).doesNotContainKey("content-encoding");
        assertThat(plain.header("X-Goog-Stored-Content-Encoding")).isEqualTo("gzip");
        assertThat(plain.header("X-Goog-Stored-Content-Length")).isEqualTo(Integer.toString(zipped.length));
        GcsWire.Reply raw = wire.send("GET", A, Map.of("Accept-Encoding", "br, gzip;q=1.0", "Range", "bytes=0-3"), "");
        assertThat(raw.status()).isEqualTo(206);
        assertThat(raw.body()).hasSize(4);
        assertThat(raw.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(raw.header("X-Goog-Hash")).isEqualTo(plain.header("X-Goog-Hash"));
    }

    @Test
    void servesAsStoredWhatMayNotBeTransformed() throws IOException {
        byte[] zipped = zipped("hello");
        ObjectFields gzip = ObjectFields.NONE.withText("contentEncoding", "gzip");
        fake.put("bk1", "a", zipped, gzip.withText("cacheControl", "no-transform"));
        fake.put("bk1", "broken", utf8("no gzip"), gzip);

        assertThat(wire.get(A).body()).isEqualTo(zipped);
        assertThat(wire.get("/storage/v1/b/bk1/o/broken?alt=media").status()).isEqualTo(500);
    }

    @Test
    void hasAnObjectOfAnySizeAtHand() {
        fake.putSynthetic("bk1", "a", 300L << 20, 1);

        GcsWire.Reply reply = wire.send("GET", A, Map.of("Range", "bytes=314572790-"), "");

        assertThat(reply.header("Content-Range")).isEqualTo("bytes 314572790-314572799/314572800");
        assertThat(reply.header("X-Goog-Hash")).startsWith("crc32c=").doesNotContain("md5");
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(utf8(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
