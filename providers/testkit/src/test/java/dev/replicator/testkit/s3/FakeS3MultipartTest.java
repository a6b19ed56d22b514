package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.store.StoredObject;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeS3MultipartTest {
    private final SettableClock clock = new SettableClock();
    private final FakeS3 fake =
            FakeS3.start(FakeS3Options.strict().withSmallestPart(4).withClock(clock));
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
    void joinsPartsInOrderAndTagsThemAsS3Does() {
        String upload = begin(Map.of());
        String two = part(upload, 2, "b");
        String one = part(upload, 1, "aaaa");

        Wire.Reply reply = complete(upload, Map.of(), listed(1, one) + listed(2, two));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(wire.get("/bucket/key").text()).isEqualTo("aaaab");
        assertThat(wire.get("/bucket/key?partNumber=2").text()).isEqualTo("b");
        assertThat(fake.find("bucket", "key").orElseThrow().etag()).matches("[0-9a-f]{32}-2");
        assertThat(fake.unfinishedUploads("bucket")).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        String upload = begin(Map.of());
        String one = part(upload, 1, "aaa");
        String two = part(upload, 2, "b");

        assertThat(Wire.code(complete(upload, Map.of(), listed(2, two) + listed(1, one))))
                .isEqualTo("InvalidPartOrder");
        assertThat(Wire.code(complete(upload, Map.of(), listed(1, two)))).isEqualTo("InvalidPart");
        assertThat(Wire.code(complete(upload, Map.of(), listed(1, one) + listed(2, two))))
                .isEqualTo("EntityTooSmall");
        assertThat(Wire.code(complete(upload, Map.of(), ""))).isEqualTo("MalformedXML");
        assertThat(Wire.code(complete("none", Map.of(), listed(1, one)))).isEqualTo("NoSuchUpload");
        assertThat(Wire.code(wire.put("/bucket/key?partNumber=10001&uploadId=" + upload, "x")))
                .isEqualTo("InvalidArgument");
    }

    @Test
    void completesOnlyOnceAndOnlyIfTheConditionHolds() {
        fake.put("bucket", "key", new byte[0]);
        String upload = begin(Map.of());
        String one = part(upload, 1, "a");

        assertThat(complete(upload, Map.of("if-none-match", "*"), listed(1, one))
                        .status())
                .isEqualTo(412);
        assertThat(complete(upload, Map.of(), listed(1, one)).status()).isEqualTo(200);
        assertThat(Wire.code(complete(upload, Map.of(), listed(1, one)))).isEqualTo("NoSuchUpload");
    }

    @Test
    void keepsCompositeChecksumsAndWantsThemNamed() {
        String upload = begin(Map.of("x-amz-checksum-algorithm", "SHA256"));
        String digest = Base64.getEncoder().encodeToString(ChecksumAlgorithm.SHA256.digest(new byte[] {'a'}));
        Wire.Reply bare = wire.put("/bucket/key?partNumber=1&uploadId=" + upload, "a");
        Wire.Reply part = wire.send(
                "PUT", "/bucket/key?partNumber=1&uploadId=" + upload, Map.of("x-amz-checksum-sha256", digest), "a");

        Wire.Reply unnamed = complete(upload, Map.of(), listed(1, part.etag()));
        String named =
                listed(1, part.etag()).replace("</Part>", "<ChecksumSHA256>" + digest + "</ChecksumSHA256></Part>");
        Wire.Reply completed = complete(upload, Map.of(), named);

        assertThat(Wire.code(bare)).isEqualTo("InvalidRequest");
        assertThat(Wire.code(unnamed)).isEqualTo("InvalidRequest");
        assertThat(completed.element("ChecksumSHA256")).endsWith("-1");
        assertThat(fake.find("bucket", "key").orElseThrow().checksum())
                .hasValueSatisfying(checksum -> assertThat(checksum.type()).isEqualTo(ObjectChecksum.Type.COMPOSITE));
    }

    @Test
    void copies6GiBInPartsWithoutHoldingThem() {
        long size = 6L << 30;
        fake.putSynthetic("bucket", "large", size, 7);
        String upload = begin(Map.of());
        String first = copied(upload, 1, 0, (3L << 30) - 1);
        String second = copied(upload, 2, 3L << 30, size - 1);

        Wire.Reply reply = complete(upload, Map.of(), listed(1, first) + listed(2, second));

        assertThat(reply.status()).isEqualTo(200);
        StoredObject copy = fake.find("bucket", "key").orElseThrow();
        assertThat(copy.size()).isEqualTo(size);
        Map<String, String> range = Map.of("range", "bytes=" + ((3L << 30) - 5) + "-" + ((3L << 30) + 4));
        assertThat(wire.send("GET", "/bucket/key", range, "").body())
                .hasSize(10)
                .isEqualTo(wire.send("GET", "/bucket/large", range, "").body());
    }

    @Test
    void refusesARangeOutsideTheSource() {
        fake.put("bucket", "small", new byte[3]);

        Wire.Reply reply = wire.send(
                "PUT",
                "/bucket/key?partNumber=1&uploadId=" + begin(Map.of()),
                Map.of("x-amz-copy-source", "bucket/small", "x-amz-copy-source-range", "bytes=0-3"),
                "");

        assertThat(Wire.code(reply)).isEqualTo("InvalidArgument");
    }

    @Test
    void datesTheObjectByTheBeginningOfTheUpload() {
        String upload = begin(Map.of());
        clock.advance(Duration.ofMinutes(20));
        String one = part(upload, 1, "a");

        complete(upload, Map.of(), listed(1, one));

        assertThat(fake.find("bucket", "key").orElseThrow().lastModified()).isEqualTo(SettableClock.START);
    }

    @Test
    void listsAndAbortsUploads() {
        String upload = begin(Map.of());
        part(upload, 1, "a");

        assertThat(wire.get("/bucket?uploads").element("UploadId")).isEqualTo(upload);
        assertThat(wire.get("/bucket/key?uploadId=" + upload).element("PartNumber"))
                .isEqualTo("1");
        assertThat(wire.send("DELETE", "/bucket/key?uploadId=" + upload, Map.of(), "")
                        .status())
                .isEqualTo(204);
        assertThat(Wire.code(wire.get("/bucket/key?uploadId=" + upload))).isEqualTo("NoSuchUpload");
        assertThat(fake.unfinishedUploads("bucket")).isEmpty();
    }

    private String begin(Map<String, String> headers) {
        return wire.send("POST", "/bucket/key?uploads", headers, "").element("UploadId");
    }

    private String part(String upload, int number, String body) {
        return wire.put("/bucket/key?partNumber=" + number + "&uploadId=" + upload, body)
                .etag();
    }

    private String copied(String upload, int number, long first, long last) {
        Wire.Reply reply = wire.send(
                "PUT",
                "/bucket/key?partNumber=" + number + "&uploadId=" + upload,
                Map.of("x-amz-copy-source", "bucket/large", "x-amz-copy-source-range", "bytes=" + first + "-" + last),
                "");
        return reply.element("ETag").replace("&quot;", "\"");
    }

    private Wire.Reply complete(String upload, Map<String, String> headers, String parts) {
        String document = "<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>";
        return wire.send("POST", "/bucket/key?uploadId=" + upload, headers, document);
    }

    private static String listed(int number, String etag) {
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    }
}
