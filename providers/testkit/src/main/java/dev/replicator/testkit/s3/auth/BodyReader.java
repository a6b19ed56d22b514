package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.http.Headers;
import dev.replicator.testkit.s3.checksum.Digests;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** Reads a body as its {@code x-amz-content-sha256} says it is sent: hashed, unsigned or in signed chunks. */
public final class BodyReader {
    /** The largest body kept in memory; a larger one is refused. */
    public static final int LARGEST = 1 << 30;

    private final boolean trailersRefused;

    public BodyReader(boolean trailersRefused) {
        this.trailersRefused = trailersRefused;
    }

    public ReceivedBody read(InputStream in, Headers headers, Admission admission) throws IOException {
        String payload = admission.payloadHash().orElse("UNSIGNED-PAYLOAD");
        if (payload.startsWith("STREAMING-")) {
            return chunked(in, headers, admission, payload);
        }
        if (headers.has("transfer-encoding")) {
            throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "Transfer-Encoding");
        }
        byte[] bytes = whole(in, headers.first("content-length"));
        if (payload.matches("[0-9a-f]{64}")) {
            String computed = Digests.sha256Hex(bytes);
            if (!computed.equals(payload)) {
                throw S3Refusal.of(ErrorCode.CONTENT_SHA256_MISMATCH)
                        .with("ClientComputedContentSHA256", payload)
                        .with("S3ComputedContentSHA256", computed);
            }
        } else if (!payload.equals("UNSIGNED-PAYLOAD")) {
            throw S3Refusal.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                            + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a"
                            + " valid sha256 value.");
        }
        return new ReceivedBody(bytes, Map.of());
    }

    private ReceivedBody chunked(InputStream in, Headers headers, Admission admission, String payload)
            throws IOException {
        String length = headers.first("x-amz-decoded-content-length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .orElseThrow(() -> S3Refusal.of(ErrorCode.MISSING_CONTENT_LENGTH));
        boolean trailing = payload.endsWith("-TRAILER");
        if (trailing && trailersRefused) {
            throw S3Refusal.of(ErrorCode.INVALID_REQUEST, "Trailers are not supported");
        }
        Optional<Signer> signer = switch (payload) {
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> Optional.empty();
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
                admission.signer();
            default -> throw S3Refusal.of(ErrorCode.NOT_IMPLEMENTED).with("Header", "x-amz-content-sha256");
        };
        AwsChunkedReader reader = new AwsChunkedReader(in, signer, headers.all("x-amz-trailer"), trailing);
        return reader.read(Long.parseLong(length));
    }

    private static byte[] whole(InputStream in, Optional<String> contentLength) throws IOException {
        long length = Long.parseLong(contentLength.orElse("0"));
        checkSize(length);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length != length) {
            throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
        }
        return bytes;
    }

    static void checkSize(long length) {
        if (length > LARGEST) {
            throw S3Refusal.of(ErrorCode.ENTITY_TOO_LARGE)
                    .with("ProposedSize", Long.toString(length))
                    .with("MaxSizeAllowed", Integer.toString(LARGEST));
        }
    }
}
