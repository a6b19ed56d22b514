package dev.replicator.testkit.gcs.request;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits {@code multipart/related} and {@code multipart/mixed} bodies as RFC 2046 has them. */
public final class MultipartBody {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]+)\"|([^;\\s]+))");

    private MultipartBody() {}

    /** A part: its header fields with lower-case names, and its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares parts
    public record Part(Map<String, String> headers, byte[] body) {
        public Part {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** The parts of a body, whose content type names the boundary. */
    public static List<Part> parse(String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/") || !matcher.find()) {
            throw malformed("Missing boundary.");
        }
        String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int position = startsWith(body, delimiter, 2) ? delimiter.length - 2 : behind(body, delimiter, 0);
        while (!isClosed(body, position)) {
            int start = behindLine(body, position);
            int next = indexOf(body, delimiter, Math.max(0, start - 2));
            if (next < 0) {
                throw malformed("Missing end boundary in multipart body.");
            }
            parts.add(part(body, start, Math.max(start, next)));
            position = next + delimiter.length;
        }
        return parts;
    }

    private static Part part(byte[] body, int from, int to) {
        Map<String, String> headers = new TreeMap<>();
        int position = from;
        while (position < to) {
            int end = position;
            while (end < to && body[end] != '\n') {
                end++;
            }
            String line = new String(body, position, end - position, StandardCharsets.ISO_8859_1).trim();
            position = Math.min(to, end + 1);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw malformed("Malformed part header.");
            }
            headers.put(
                    line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Part(headers, Arrays.copyOfRange(body, position, to));
    }

    private static boolean isClosed(byte[] body, int position) {
        return position + 1 < body.length && body[position] == '-' && body[position + 1] == '-';
    }

    private static int behind(byte[] body, byte[] delimiter, int from) {
        int at = indexOf(body, delimiter, from);
        if (at < 0) {
            throw malformed("Missing boundary in multipart body.");
        }
        return at + delimiter.length;
    }

    private static int behindLine(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == '\n') {
                return i + 1;
            }
        }
        throw malformed("Missing end boundary in multipart body.");
    }

    private static boolean startsWith(byte[] body, byte[] delimiter, int skipped) {
        int length = delimiter.length - skipped;
        return body.length >= length && Arrays.equals(body, 0, length, delimiter, skipped, delimiter.length);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (body[i] == '\r' && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static GcsRefusal malformed(String message) {
        return GcsRefusal.of(Reason.INVALID, "Malformed multipart body. " + message);
    }
}
