package dev.replicator.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Answers in JSON. Stateless and thread-safe. */
public final class Answers {
    private Answers() {}

    public static void json(Context context, int status, ObjectNode json) {
        context.status(status).contentType("application/json").result(json.toString());
    }

    /** What is read again and again: not sent where the client has it already. */
    public static void unlessKnown(Context context, ObjectNode json) {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        String tag = "W/\"" + digest(body) + "\"";
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        if (names(context.header("If-None-Match"), tag)) {
            context.status(304);
            return;
        }
        context.status(200).contentType("application/json").result(body);
    }

    /** Whether a header with entity tags names that one; {@code *} names all. */
    public static boolean names(@org.jspecify.annotations.Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(given -> given.equals("*") || given.equals(tag));
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this runtime", e);
        }
    }
}
