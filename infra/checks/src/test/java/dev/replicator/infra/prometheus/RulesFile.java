package dev.replicator.infra.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The rules, and what promtool is to find of them. */
record RulesFile(List<Rule> rules) {
    static final Path FOLDER = Tree.file("infra/prometheus");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** @param alert empty for a recording */
    record Rule(String alert, String record, String expression, JsonNode node) {}

    static RulesFile read() {
        return new RulesFile(elements(yaml(FOLDER.resolve("rules.yml")).path("groups"))
                .flatMap(group -> elements(group.path("rules")))
                .map(rule -> new Rule(
                        rule.path("alert").asText(),
                        rule.path("record").asText(),
                        rule.path("expr").asText(),
                        rule))
                .toList());
    }

    List<Rule> alerts() {
        return rules.stream().filter(rule -> !rule.alert().isEmpty()).toList();
    }

    List<String> recorded() {
        return rules.stream().map(Rule::record).filter(name -> !name.isEmpty()).toList();
    }

    /** The tests of the rules, of both files. */
    static List<JsonNode> tests() {
        return Tree.files(FOLDER, "_test.yml").stream()
                .flatMap(file -> elements(yaml(file).path("tests")))
                .toList();
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(Tree.text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
