package dev.replicator.hook.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The frame of every control object: a JSON object that begins with its schema version and ends with the SHA-256 of all
 * the rest in compact form. Strict: no byte-order mark, no duplicate fields, nothing behind the object.
 */
final class Envelope {
    static final int SCHEMA = 1;
    private static final String SCHEMA_FIELD = "schema";
    private static final String CHECKSUM = "checksum";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    static {
        JSON.getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(16).build());
    }

    /** The bytes are not a whole document of ours; the message says why. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /** Written by a newer version. */
    static final class NewerException extends Exception {
        private static final long serialVersionUID = 1L;
        final int schema;

        NewerException(int schema) {
            super("schema " + schema);
            this.schema = schema;
        }
    }

    private Envelope() {}

    /** An object to fill in, its schema set. */
    static ObjectNode open() {
        return JSON.createObjectNode().put(SCHEMA_FIELD, SCHEMA);
    }

    /** The finished document's bytes. */
    static byte[] seal(ObjectNode content) {
        String checksum = checksum(content);
        ObjectNode sealed = content.deepCopy();
        sealed.put(CHECKSUM, checksum);
        return compact(sealed).getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode unseal(byte[] bytes) throws MalformedException, NewerException {
        if (bytes.length == 0) {
            throw new MalformedException("it is empty");
        }
        if (bytes[0] != '{') {
            throw new MalformedException("it does not begin as a JSON object");
        }
        JsonNode parsed = parse(bytes);
        JsonNode schema = parsed.path(SCHEMA_FIELD);
        if (!parsed.isObject() || !schema.canConvertToInt() || schema.intValue() < 1) {
            throw new MalformedException("it names no schema");
        }
        if (schema.intValue() > SCHEMA) {
            throw new NewerException(schema.intValue());
        }
        ObjectNode content = parsed.deepCopy();
        JsonNode stated = content.remove(CHECKSUM);
        if (stated == null || !stated.asText().equals(checksum(content))) {
            throw new MalformedException("its checksum does not fit its content");
        }
        return content;
    }

    private static JsonNode parse(byte[] bytes) throws MalformedException {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new MalformedException("it is not JSON");
        }
    }

    private static String checksum(ObjectNode content) {
        return "sha256:" + sha256(compact(content));
    }

    private static String compact(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always writable", e);
        }
    }

    /** Lower-case hex of the text's UTF-8 bytes' SHA-256. */
    static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
