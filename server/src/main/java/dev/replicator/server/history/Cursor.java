package dev.replicator.server.history;

import dev.replicator.server.run.ObjectResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended: at that object of that group. As text it is opaque to clients.
 *
 * @param head of the object's key, as the index has it
 */
record Cursor(SqlResults.Group group, byte[] head, long number) {
    static Cursor of(ObjectResult last) {
        return new Cursor(
                new SqlResults.Group(last.outcome(), last.cause()), SqlResults.head(last.object()), last.number());
    }

    String text() {
        return group.outcome() + "." + group.cause() + "." + number + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    }

    /** @throws IllegalArgumentException for what {@link #text} did not write */
    static Cursor parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw unknown();
        }
        return new Cursor(new SqlResults.Group(word(parts[0]), word(parts[1])), bytes(parts[3]), number(parts[2]));
    }

    /** @throws IllegalArgumentException for what is no number */
    static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw unknown();
        }
        return Long.parseLong(text);
    }

    static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static String word(String text) {
        if (!text.matches("[A-Z_]{0,32}")) {
            throw unknown();
        }
        return text;
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("pageToken is none that was given out here");
    }
}
