package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The HTTP underneath, byte by byte. */
@Timeout(20)
class FakeS3HttpTest {
    private final FakeS3 fake = FakeS3.start(FakeS3Options.strict().withAnonymousAllowed());

    @BeforeEach
    void bucket() {
        fake.createBucket("bucket");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void answersOneRequestAfterTheOtherOnOneConnection() throws IOException {
        String answers = exchange("PUT /bucket/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
                + "GET /bucket/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answers).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
    }

    @Test
    void asksForTheBodyOnlyWhenItWillTakeIt() throws IOException {
        String head = " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n";

        assertThat(exchange("PUT /none/a" + head + "\r\n")).startsWith("HTTP/1.1 404");
        assertThat(exchange("PUT /bucket/a" + head + "Connection: close\r\n\r\nhello"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK");
    }

    @Test
    void takesChunkedBodiesOnlyWithTheirDecodedLength() throws IOException {
        String bare = lines(
                "PUT /bucket/a HTTP/1.1",
                "Host: x",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "3",
                "abc",
                "0",
                "",
                "");
        String framed = lines(
                "PUT /bucket/a HTTP/1.1",
                "Host: x",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length: 3",
                "x-amz-trailer: x-amz-checksum-crc32",
                "",
                "2c",
                "3",
                "abc",
                "0",
                "x-amz-checksum-crc32:NSRBwg==",
                "",
                "",
                "0",
                "",
                "");

        assertThat(exchange(bare)).startsWith("HTTP/1.1 501");
        assertThat(exchange(framed)).startsWith("HTTP/1.1 200");
        assertThat(fake.get("bucket", "a")).hasValue("abc".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        assertThat(exchange("hello\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(exchange("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(exchange(
                        "PUT /bucket/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void findsTheBucketInTheHostToo() throws IOException {
        fake.put("bucket", "a/b", "hello".getBytes(StandardCharsets.UTF_8));

        assertThat(exchange("GET /a/b HTTP/1.1\r\nHost: bucket.localhost:80\r\nConnection: close\r\n\r\n"))
                .endsWith("hello");
    }

    @Test
    void runsAsAProcessThatPrintsItsEndpointFirst() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = {"--populate", "full=25,prefix=p/,size=3", "--anonymous", "true", "--bucket", "empty"};

        try (FakeS3 started = FakeS3Main.start(arguments, new PrintStream(out, true, StandardCharsets.UTF_8))) {
            URI endpoint = URI.create(out.toString(StandardCharsets.UTF_8).strip());
            HttpResponse<String> listing = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(endpoint.resolve("/full?list-type=2&prefix=p/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(endpoint).isEqualTo(started.endpoint());
            assertThat(listing.body()).contains("<KeyCount>25</KeyCount>").contains("<Key>p/00000024</Key>");
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    /** Sends these bytes and reads until the server closes, or answered without wanting more. */
    private String exchange(String bytes) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), fake.endpoint().getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
