package dev.replicator.config.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a document. Immutable; an alias shares the node it names. */
public sealed interface YamlNode {
    /** Where it begins. */
    Position at();

    /** How many parts it has when every alias is written out. */
    long weight();

    /** What it is, for messages. */
    String kind();

    /**
     * A single value.
     *
     * @param text as written, without quotes
     * @param empty whether nothing, {@code ~} or {@code null} stands there, unquoted
     */
    record Scalar(Position at, String text, boolean empty) implements YamlNode {
        @Override
        public long weight() {
            return 1;
        }

        @Override
        public String kind() {
            return "a single value";
        }
    }

    /** A list. */
    record Sequence(Position at, List<YamlNode> items, long weight) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with their values, in the document's order. */
    record Mapping(Position at, Map<String, Entry> entries, long weight) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A value and where its key stands. */
    record Entry(Position at, YamlNode value) {}
}
