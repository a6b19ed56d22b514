package dev.replicator.config.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import dev.replicator.store.Displays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one document, once. UTF-8 with or without a byte order mark; at most {@link #MAX_BYTES} bytes, {@link #MAX_DEPTH}
 * levels and, with every alias written out, {@link #MAX_WEIGHT} parts. Merge keys ({@code <<}) are understood.
 */
public final class YamlReader {
    public static final int MAX_BYTES = 1 << 20;
    public static final int MAX_DEPTH = 20;
    public static final long MAX_WEIGHT = 50_000;

    private static final YAMLFactory FACTORY = new YAMLFactory();
    private static final String MERGE = "<<";

    private final YAMLParser parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final List<YamlProblem> problems = new ArrayList<>();

    private YamlReader(YAMLParser parser) {
        this.parser = parser;
    }

    /** Reads a file's bytes; whatever is wrong is in the document's problems. */
    public static YamlDocument read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return broken(Position.START, "is larger than 1 MiB, which no configuration needs");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return broken(Position.START, "is not UTF-8 text");
        }
        return read(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    @SuppressWarnings("deprecation") // the one exception of Jackson's that tells the problem without quoting the text
    private static YamlDocument read(String text) {
        Optional<Position> unprintable = unprintable(text);
        if (unprintable.isPresent()) {
            return broken(unprintable.get(), "holds a control character, which YAML forbids");
        }
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlReader reader = new YamlReader(parser);
            return new YamlDocument(reader.document(), reader.problems);
        } catch (Refused e) {
            return broken(e.at, e.reason);
        } catch (MarkedYAMLException e) {
            return broken(at(e), "is not YAML: " + e.getProblem());
        } catch (JsonProcessingException e) {
            return broken(at(e.getLocation()), "is not YAML that a configuration can be written in");
        } catch (IOException | RuntimeException e) {
            return broken(Position.START, "is not YAML");
        }
    }

    private static YamlDocument broken(Position at, String message) {
        return new YamlDocument(Optional.empty(), List.of(new YamlProblem(at, message)));
    }

    /** The first character that YAML's {@code c-printable} leaves out. */
    private static Optional<Position> unprintable(String text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            } else if (c < ' ' && c != '\t' && c != '\r' || c == 0x7F || c == 0xFFFE || c == 0xFFFF) {
                return Optional.of(new Position(line, i - lineStart + 1));
            }
        }
        return Optional.empty();
    }

    private Optional<YamlNode> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        YamlNode root = node(0);
        if (parser.nextToken() != null) {
            throw new Refused(here(), "holds more than one YAML document");
        }
        return Optional.of(root);
    }

    /** The node that the current token begins. */
    private YamlNode node(int depth) throws IOException {
        Position at = here();
        if (depth > MAX_DEPTH) {
            throw new Refused(at, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (parser.isCurrentAlias()) {
            return aliased(at);
        }
        Optional<String> anchor = Optional.ofNullable(parser.getObjectId());
        YamlNode node = switch (parser.currentToken()) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_NULL -> new YamlNode.Scalar(at, "", true);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new YamlNode.Scalar(at, parser.getText(), false);
            default -> throw new Refused(at, "holds a kind of value that a configuration has no use for");
        };
        if (node.weight() > MAX_WEIGHT) {
            throw new Refused(at, "holds more than " + MAX_WEIGHT + " values with its aliases written out");
        }
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private YamlNode aliased(Position at) throws IOException {
        return Optional.ofNullable(anchors.get(parser.getText()))
                .orElseThrow(() -> new Refused(at, "uses an alias whose anchor does not stand before it"));
    }

    private YamlNode sequence(Position at, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        long weight = 1;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            YamlNode item = node(depth + 1);
            items.add(item);
            weight += item.weight();
            refuseHeavy(at, weight);
        }
        return new YamlNode.Sequence(at, items, weight);
    }

    private YamlNode mapping(Position at, int depth) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        List<YamlNode.Mapping> merged = new ArrayList<>();
        long weight = 1;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Position keyAt = here();
            String key = parser.currentName();
            parser.nextToken();
            YamlNode value = node(depth + 1);
            weight += 1 + value.weight();
            refuseHeavy(at, weight);
            if (key.equals(MERGE)) {
                merged.addAll(merges(keyAt, value));
            } else if (entries.containsKey(key)) {
                int first = entries.get(key).at().line();
                problems.add(new YamlProblem(
                        keyAt,
                        "duplicate key '" + Displays.escaped(key) + "'; it stands on line " + first + " already"));
            } else {
                entries.put(key, new YamlNode.Entry(keyAt, value));
            }
        }
        merged.forEach(more -> more.entries().forEach(entries::putIfAbsent));
        return new YamlNode.Mapping(at, entries, weight);
    }

    private static List<YamlNode.Mapping> merges(Position at, YamlNode value) {
        List<YamlNode> parts = value instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(value);
        List<YamlNode.Mapping> mappings = new ArrayList<>();
        for (YamlNode part : parts) {
            if (!(part instanceof YamlNode.Mapping mapping)) {
                throw new Refused(at, "merges something that is not a mapping");
            }
            mappings.add(mapping);
        }
        return mappings;
    }

    private static void refuseHeavy(Position at, long weight) {
        if (weight > MAX_WEIGHT) {
            throw new Refused(at, "holds more than " + MAX_WEIGHT + " values with its aliases written out");
        }
    }

    private Position here() {
        return at(parser.currentTokenLocation());
    }

    private static Position at(JsonLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    @SuppressWarnings("deprecation")
    private static Position at(MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? at(e.getLocation())
                : new Position(
                        e.getProblemMark().getLine() + 1, e.getProblemMark().getColumn() + 1);
    }

    /** Ends the reading; never leaves this class. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Position at;
        private final String reason;

        Refused(Position at, String reason) {
            super(reason);
            this.at = at;
            this.reason = reason;
        }
    }
}
