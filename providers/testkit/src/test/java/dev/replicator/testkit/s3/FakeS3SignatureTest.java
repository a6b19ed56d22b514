package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.Weakness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeS3SignatureTest {
    private static final FakeCredentials RIGHT = FakeS3Options.CREDENTIALS;

    private FakeS3 fake = FakeS3.start();

    @BeforeEach
    void object() {
        fake.createBucket("bucket");
        fake.put("bucket", "a", new byte[0]);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void refusesAnotherSecret() {
        Wire.Reply reply = wire(FakeCredentials.of(RIGHT.accessKey(), "other")).get("/bucket/a");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(Wire.code(reply)).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void refusesAnotherAccessKeyAndAnotherRegion() {
        assertThat(Wire.code(wire(FakeCredentials.of("other", "x")).get("/bucket/a")))
                .isEqualTo("InvalidAccessKeyId");

        Wire.Reply reply = new Wire(fake, new TestSigner(RIGHT, "eu-west-1", Clock.systemUTC())).get("/bucket/a");
        assertThat(Wire.code(reply)).isEqualTo("AuthorizationHeaderMalformed");
        assertThat(reply.element("Region")).isEqualTo("us-east-1");
    }

    @Test
    void refusesAClockThatIsMoreThan15MinutesOff() {
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(16));
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-14));

        assertThat(Wire.code(new Wire(fake, new TestSigner(RIGHT, "us-east-1", fast)).get("/bucket/a")))
                .isEqualTo("RequestTimeTooSkewed");
        assertThat(new Wire(fake, new TestSigner(RIGHT, "us-east-1", slow))
                        .get("/bucket/a")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesUnsignedAmzHeadersAndUnsignedRequests() {
        Map<String, String> signed = new HashMap<>(
                TestSigner.of(fake.options()).sign("GET", fake.endpoint(), "/bucket/a", Map.of(), new byte[0]));
        signed.put("x-amz-request-payer", "requester");

        Wire wire = new Wire(fake);
        Wire.Reply smuggled = wire.unsigned("GET", "/bucket/a", signed, new byte[0]);
        Wire.Reply bare = wire.unsigned("GET", "/bucket/a", Map.of(), new byte[0]);

        assertThat(smuggled.element("HeadersNotSigned")).isEqualTo("x-amz-request-payer");
        assertThat(Wire.code(bare)).isEqualTo("AccessDenied");
    }

    @Test
    void letsAnonymousIn() {
        restart(FakeS3Options.strict().withAnonymousAllowed());

        assertThat(new Wire(fake)
                        .unsigned("GET", "/bucket/a", Map.of(), new byte[0])
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesABodyOfAnotherHash() {
        Map<String, String> headers = Map.of("x-amz-content-sha256", TestSigner.sha256(new byte[1]));

        Wire.Reply reply = new Wire(fake).send("PUT", "/bucket/b", headers, "other");

        assertThat(Wire.code(reply)).isEqualTo("XAmzContentSHA256Mismatch");
    }

    @Test
    void wantsExactlyTheSessionToken() {
        FakeCredentials session = FakeCredentials.session("temporary", "secret", "token");
        fake.accept(session);

        assertThat(wire(session).get("/bucket/a").status()).isEqualTo(200);
        assertThat(Wire.code(wire(FakeCredentials.of("temporary", "secret")).get("/bucket/a")))
                .isEqualTo("InvalidToken");
    }

    @Test
    void expiresCredentialsAfterSoManyRequestsUntilTheyAreAcceptedAgain() {
        fake.expireCredentials(RIGHT.accessKey(), 1);
        Wire wire = new Wire(fake);

        assertThat(wire.get("/bucket/a").status()).isEqualTo(200);
        assertThat(Wire.code(wire.get("/bucket/a"))).isEqualTo("ExpiredToken");

        fake.accept(RIGHT);
        assertThat(wire.get("/bucket/a").status()).isEqualTo(200);
    }

    @Test
    void checksEveryChunkAndTheTrailerOfASignedStream() {
        byte[] body = new byte[10_000];

        assertThat(Wire.code(streamed(body, crc32(body), false))).isEmpty();
        assertThat(fake.get("bucket", "streamed"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(body));
        assertThat(Wire.code(streamed(body, "AAAAAA==", false))).isEqualTo("BadDigest");
        assertThat(Wire.code(streamed(body, crc32(body), true))).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void takesUnsignedChunksWithTheAnnouncedTrailerOnly() {
        String chunked = "3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:"
                + crc32("abcde".getBytes(StandardCharsets.UTF_8)) + "\r\n\r\n";

        assertThat(Wire.code(unsignedStream(chunked, "x-amz-checksum-crc32", "5")))
                .isEmpty();
        assertThat(Wire.code(unsignedStream(chunked, "x-amz-checksum-sha1", "5")))
                .isEqualTo("MalformedTrailerError");
        assertThat(Wire.code(unsignedStream(chunked, "x-amz-checksum-crc32", "6")))
                .isEqualTo("IncompleteBody");
        assertThat(Wire.code(unsignedStream(chunked, "x-amz-checksum-crc32", "?")))
                .isEqualTo("MissingContentLength");
        assertThat(fake.find("bucket", "u").orElseThrow().attributes().headers())
                .doesNotContainKey("Content-Encoding");
    }

    @Test
    void refusesTrailersWhereItIsWeak() {
        restart(FakeS3Options.strict().with(Weakness.TRAILERS_REFUSED));

        assertThat(unsignedStream("0\r\n\r\n", "x-amz-checksum-crc32", "0").status())
                .isEqualTo(400);
    }

    private Wire.Reply unsignedStream(String chunked, String trailer, String length) {
        Map<String, String> headers = Map.of(
                "content-encoding",
                "aws-chunked",
                "x-amz-content-sha256",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length",
                length,
                "x-amz-trailer",
                trailer);
        return new Wire(fake).send("PUT", "/bucket/u", headers, chunked);
    }

    /** One signed chunk, the end, and a signed trailer. */
    private Wire.Reply streamed(byte[] body, String checksum, boolean tampered) {
        TestSigner signer = TestSigner.of(fake.options());
        Map<String, String> headers = signer.sign(
                "PUT",
                fake.endpoint(),
                "/bucket/streamed",
                Map.of(
                        "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                        "x-amz-decoded-content-length", Integer.toString(body.length),
                        "x-amz-trailer", "x-amz-checksum-crc32"),
                new byte[0]);
        String date = headers.get("x-amz-date");
        String empty = TestSigner.sha256(new byte[0]);
        String seed = headers.get("authorization").replaceAll(".*Signature=", "");
        String first = signer.chained("AWS4-HMAC-SHA256-PAYLOAD", date, seed, empty + "\n" + TestSigner.sha256(body));
        String last = signer.chained("AWS4-HMAC-SHA256-PAYLOAD", date, first, empty + "\n" + empty);
        String trailer = "x-amz-checksum-crc32:" + checksum + "\n";
        String end = signer.chained(
                "AWS4-HMAC-SHA256-TRAILER", date, last, TestSigner.sha256(trailer.getBytes(StandardCharsets.UTF_8)));
        byte[] sent = body.clone();
        sent[5] ^= (byte) (tampered ? 1 : 0);
        String framed = Integer.toHexString(body.length) + ";chunk-signature=" + first + "\r\n"
                + new String(sent, StandardCharsets.ISO_8859_1) + "\r\n0;chunk-signature=" + last + "\r\n"
                + trailer.strip() + "\r\nx-amz-trailer-signature:" + end + "\r\n\r\n";
        return new Wire(fake)
                .unsigned("PUT", "/bucket/streamed", headers, framed.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String crc32(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        byte[] four = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(four);
    }

    private Wire wire(FakeCredentials credentials) {
        return new Wire(fake, new TestSigner(credentials, "us-east-1", Clock.systemUTC()));
    }

    private void restart(FakeS3Options options) {
        fake.close();
        fake = FakeS3.start(options);
        object();
    }
}
