package dev.replicator.testkit.s3.auth;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes off the {@code aws-chunked} framing and checks every signature in it. */
final class AwsChunkedReader {
    private static final int SMALLEST_SIGNED_CHUNK = 8 * 1024;

    private final InputStream in;
    private final Optional<Signer> signer;
    private final List<String> announcedTrailers;
    private final boolean trailing;

    AwsChunkedReader(InputStream in, Optional<Signer> signer, List<String> announcedTrailers, boolean trailing) {
        this.in = in;
        this.signer = signer;
        this.announcedTrailers = announcedTrailers.stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        this.trailing = trailing;
    }

    ReceivedBody read(long decodedLength) throws IOException {
        BodyReader.checkSize(decodedLength);
        byte[] bytes = new byte[(int) decodedLength];
        int filled = 0;
        boolean smallChunkSeen = false;
        while (true) {
            String line = line();
            int size = chunkSize(line);
            if (size > bytes.length - filled) {
                throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
            }
            if (size > 0 && smallChunkSeen && signer.isPresent()) {
                throw S3Refusal.of(ErrorCode.INVALID_CHUNK_SIZE);
            }
            smallChunkSeen |= size < SMALLEST_SIGNED_CHUNK;
            if (in.readNBytes(bytes, filled, size) != size) {
                throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
            }
            if (signer.isPresent()) {
                checkChunk(signer.get(), line, Arrays.copyOfRange(bytes, filled, filled + size));
            }
            filled += size;
            if (size == 0) {
                break;
            }
            if (!line().isEmpty()) {
                throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
            }
        }
        if (filled != bytes.length) {
            throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
        }
        return new ReceivedBody(bytes, trailers());
    }

    private static void checkChunk(Signer signer, String line, byte[] data) {
        String expected = signer.nextChunk(data);
        if (!line.endsWith(";chunk-signature=" + expected)) {
            throw S3Refusal.of(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        }
    }

    private Map<String, String> trailers() throws IOException {
        Map<String, String> trailers = new TreeMap<>();
        StringBuilder canonical = new StringBuilder();
        List<String> signatures = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw S3Refusal.of(ErrorCode.MALFORMED_TRAILER);
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("x-amz-trailer-signature")) {
                signatures.add(value);
            } else {
                trailers.put(name, value);
                canonical.append(name).append(':').append(value).append('\n');
            }
        }
        boolean announced = trailers.keySet().equals(new TreeSet<>(announcedTrailers));
        if (!announced || trailing == trailers.isEmpty()) {
            throw S3Refusal.of(ErrorCode.MALFORMED_TRAILER);
        }
        if (trailing && signer.isPresent()) {
            if (!signatures.equals(List.of(signer.get().trailer(canonical.toString())))) {
                throw S3Refusal.of(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
            }
        }
        return trailers;
    }

    private static int chunkSize(String line) {
        int semicolon = line.indexOf(';');
        String digits = semicolon < 0 ? line : line.substring(0, semicolon);
        if (!digits.matches("[0-9a-fA-F]{1,7}|[0-3][0-9a-fA-F]{7}|40000000")) {
            throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
        }
        return Integer.parseInt(digits, 16);
    }

    /** A line of the framing; the end of the body counts as an empty line, as some clients leave out the last one. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
            if (line.length() > 4096) {
                throw S3Refusal.of(ErrorCode.INCOMPLETE_BODY);
            }
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }
}
