package dev.replicator.testkit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding as in RFC 3986; text is UTF-8, and bytes that are not are refused. */
public final class Percent {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    /** Encodes all but unreserved characters. */
    public static String encode(String text) {
        return encode(text, "-._~", "%20");
    }

    /** Encodes all but unreserved characters and the slash. */
    public static String encodePath(String path) {
        return encode(path, "-._~/", "%20");
    }

    /** Encodes as S3 does for {@code encoding-type=url}: a space becomes a plus, slashes and asterisks stay. */
    public static String encodeForListing(String text) {
        return encode(text, "-._*/", "+");
    }

    /** Decodes; empty when an escape is broken or the bytes are not UTF-8. */
    public static Optional<String> decode(String encoded) {
        return decode(encoded, false);
    }

    /** Decodes, a plus meaning a space; empty when an escape is broken or the bytes are not UTF-8. */
    public static Optional<String> decodePlus(String encoded) {
        return decode(encoded, true);
    }

    private static Optional<String> decode(String encoded, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length()) {
                    return Optional.empty();
                }
                int high = Character.digit(encoded.charAt(i + 1), 16);
                int low = Character.digit(encoded.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write((high << 4) | low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return strictUtf8(bytes.toByteArray());
    }

    private static Optional<String> strictUtf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String encode(String text, String kept, String space) {
        if (text.chars().allMatch(c -> isAlphanumeric((char) c) || kept.indexOf(c) >= 0)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else if (c == ' ') {
                encoded.append(space);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
