package dev.replicator.s3.object;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * User metadata as headers carry it. S3 keeps US-ASCII; what is not is written, and shown by S3, as RFC 2047 encoded
 * words of UTF-8 (S3 user guide, "User-defined object metadata").
 */
final class HeaderText {
    private static final int LONGEST_CHUNK = 45;
    private static final Pattern WORD = Pattern.compile("=\\?(?i:UTF-8)\\?(?i:([BQ]))\\?([^?]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");

    private HeaderText() {}

    static String encode(String text) {
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                && text.equals(text.strip())
                && !WORD.matcher(text).find();
        return plain ? text : words(text);
    }

    /** Encoded words of at most 75 characters, cut between code points. */
    private static String words(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder chunk = new StringBuilder();
        text.codePoints().forEach(c -> {
            String next = Character.toString(c);
            if ((chunk + next).getBytes(StandardCharsets.UTF_8).length > LONGEST_CHUNK) {
                append(words, chunk);
                chunk.setLength(0);
            }
            chunk.append(next);
        });
        append(words, chunk);
        return words.toString();
    }

    private static void append(StringBuilder words, CharSequence chunk) {
        byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        words.append(words.length() == 0 ? "" : " ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append("?=");
    }

    static String decode(String header) {
        if (!header.contains("=?")) {
            return header;
        }
        Matcher words = WORD.matcher(BETWEEN_WORDS.matcher(header).replaceAll("$1$2"));
        return words.replaceAll(word -> Matcher.quoteReplacement(decoded(word.group(1), word.group(2), word.group())));
    }

    private static String decoded(String encoding, String text, String whole) {
        try {
            byte[] bytes = encoding.equalsIgnoreCase("B") ? Base64.getDecoder().decode(text) : quotedPrintable(text);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return whole;
        }
    }

    private static byte[] quotedPrintable(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                bytes.append((char) Integer.parseInt(text, i + 1, Math.min(i + 3, text.length()), 16));
                i += 2;
            } else {
                bytes.append(c == '_' ? ' ' : c);
            }
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
