package dev.replicator.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.output.JsonText;
import dev.replicator.cli.output.PlanText;
import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Console;
import dev.replicator.cli.terminal.Sizes;
import dev.replicator.store.Displays;
import java.util.Locale;
import java.util.Set;

/** What a server says of objects, in the words of a run that is done here. */
public final class ObjectLines {
    private ObjectLines() {}

    /** A line for people, one whatever the key holds. */
    public static void print(JsonNode object, Console console) {
        String key = Displays.escaped(object.path("object").asText());
        String why = words(object.path("cause").asText());
        String message = Displays.escaped(object.path("message").asText());
        String size = Sizes.bytes(object.path("bytes").asLong());
        switch (object.path("outcome").asText()) {
            case "DONE" -> done(object, key, size, console);
            case "FAILED" -> console.result(Colour.BAD, "✗ ", "Failed: " + key + " (" + message + ")");
            case "STALE" -> console.result(Colour.CAUTION, "✗ ", "Stale: " + key + " (" + message + ")");
            case "SKIPPED" -> console.result(Colour.FAINT, "- ", "Skipped: " + key + " (" + why + ")");
            case "PLANNED" -> planned(object, key, size, why, console);
            case "FOUND" ->
                console.result(
                        Colour.CAUTION,
                        "! ",
                        sentence(why) + ": " + key + (message.isEmpty() ? "" : " (" + message + ")"));
            default -> console.result(Colour.FAINT, "- ", "Not run: " + key);
        }
    }

    private static void done(JsonNode object, String key, String size, Console console) {
        String text = switch (object.path("action").asText()) {
            case "DELETE" -> "Deleted: " + key;
            case "METADATA" -> "Updated metadata: " + key;
            default -> "Synced: " + key + " (" + size + ")";
        };
        console.result(Colour.GOOD, "✓ ", text);
    }

    private static void planned(JsonNode object, String key, String size, String why, Console console) {
        switch (object.path("action").asText()) {
            case "DELETE" -> console.result(Colour.CAUTION, "- ", "Would delete: " + key);
            case "METADATA" -> console.result(Colour.GOOD, "~ ", "Would update metadata: " + key);
            case "KEEP" -> console.result(Colour.CAUTION, "! ", "Would keep: " + key + " (" + why + ")");
            case "SKIP" -> console.result(Colour.FAINT, "- ", "Skipped: " + key + " (" + why + ")");
            default -> console.result(Colour.GOOD, "+ ", "Would sync: " + key + " (" + size + ", " + why + ")");
        }
    }

    /** An event for programs. */
    public static ObjectNode event(JsonNode object) {
        ObjectNode event = JsonText.node()
                .put("op", op(object))
                .put("key", object.path("object").asText())
                .put("outcome", kebab(object.path("outcome").asText()));
        if (!object.path("cause").asText().isEmpty()) {
            event.put("cause", object.path("cause").asText());
        }
        if (!object.path("message").asText().isEmpty()) {
            event.put("message", object.path("message").asText());
        }
        return event.put("bytes", object.path("bytes").asLong());
    }

    /** A planned object as an event for programs. */
    public static ObjectNode action(JsonNode object) {
        String op = op(object);
        String cause = object.path("cause").asText();
        ObjectNode event =
                JsonText.node().put("op", op).put("key", object.path("object").asText());
        if (Set.of("copy", "overwrite", "delete").contains(op)) {
            event.put("size", object.path("bytes").asLong());
        }
        return event.put("reason", op.equals("skip") ? cause : kebab(cause));
    }

    /** Something that was found, as an event for programs. */
    public static ObjectNode finding(JsonNode object) {
        ObjectNode event = JsonText.node()
                .put("kind", object.path("cause").asText().toLowerCase(Locale.ROOT))
                .put("key", object.path("object").asText())
                .put("size", object.path("bytes").asLong());
        String why = object.path("message").asText();
        return why.isEmpty() ? event : event.put("why", why);
    }

    /** A planned object among the lines of a plan for people. */
    public static void plan(JsonNode object, PlanText text) {
        String op = op(object);
        String cause = object.path("cause").asText();
        text.planned(
                op,
                object.path("object").asText(),
                Sizes.bytes(object.path("bytes").asLong()),
                op.equals("update-metadata")
                        ? object.path("message").asText()
                        : op.equals("skip") ? words(cause) : kebab(cause));
    }

    private static String op(JsonNode object) {
        return switch (object.path("action").asText()) {
            case "COPY" -> "copy";
            case "OVERWRITE" -> "overwrite";
            case "METADATA" -> "update-metadata";
            case "DELETE" -> "delete";
            case "KEEP" -> "keep";
            case "NONE" -> "none";
            default -> "skip";
        };
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String kebab(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sentence(String words) {
        return words.isEmpty() ? "Found" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
