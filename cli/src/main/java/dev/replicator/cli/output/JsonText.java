package dev.replicator.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.terminal.Console;
import java.nio.charset.StandardCharsets;

/** JSON on stdout: UTF-8 for a pipe, pure ASCII on a terminal, where a key could hold an escape sequence. */
public final class JsonText {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectMapper ASCII_MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Console console;

    public JsonText(Console console) {
        this.console = console;
    }

    public static ObjectNode node() {
        return MAPPER.createObjectNode();
    }

    /** A document that our own code wrote. */
    public static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON document", e);
        }
    }

    /** A document for people and programs, over several lines. */
    public void document(ObjectNode node) {
        print(node, true);
    }

    /** One line. */
    public void line(ObjectNode node) {
        print(node, false);
    }

    private void print(ObjectNode node, boolean pretty) {
        boolean terminal = console.terminals().output();
        console.raw((text(node, terminal, pretty) + "\n").getBytes(StandardCharsets.UTF_8));
        if (terminal || pretty) {
            console.flush();
        }
    }

    /** The document as it is kept in files. */
    public static String text(ObjectNode node) {
        return text(node, false, true);
    }

    private static String text(ObjectNode node, boolean ascii, boolean pretty) {
        ObjectMapper mapper = ascii ? ASCII_MAPPER : MAPPER;
        try {
            String json = pretty
                    ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node)
                    : mapper.writeValueAsString(node);
            return json.replace("\u007f", "\\u007f");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }
}
