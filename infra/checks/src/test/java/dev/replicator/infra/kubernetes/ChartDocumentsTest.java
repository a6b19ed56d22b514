package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written about the chart holds for it. */
class ChartDocumentsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| `([^`]*)` \\|");
    private static final Pattern HELM = Pattern.compile("(?m)^helm upgrade .*$");
    private static final Pattern VALUES = Pattern.compile("--values \\./(\\S+)");
    private static final Pattern SET = Pattern.compile("--set(?:-string)? ([\\w.]+)=");
    private static final Pattern TIMEOUT = Pattern.compile("--timeout (\\d+)s");

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        collect("", values(), found);
        return found;
    }

    private static JsonNode values() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(Chart.OURS.directory().resolve("values.yaml").toFile());
    }

    private static void collect(String prefix, JsonNode node, Map<String, String> found) throws IOException {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix + field.getKey();
            if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                collect(name + ".", field.getValue(), found);
            } else {
                found.put(name, field.getValue().toString());
            }
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Chart.OURS.directory().resolve("README.md"));
    }

    @Test
    void theTableHasEveryValueWithItsDefaultInTheOrderOfTheFile() throws IOException {
        Map<String, String> documented = ROW.matcher(readme())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2).replace(": ", ":").replace(", ", ","),
                        (first, second) -> "twice",
                        LinkedHashMap::new));

        assertThat(documented).containsExactlyEntriesOf(defaults());
    }

    @Test
    void theSchemaKnowsEveryValue() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Chart.OURS.directory().resolve("values.schema.json").toFile());

        assertThat(defaults().keySet()).allSatisfy(name -> {
            JsonNode at = schema;
            for (String key : name.split("\\.")) {
                if (at.path("properties").isMissingNode()) {
                    break;
                }
                at = at.path("properties").path(key);
            }
            assertThat(at.isMissingNode()).as(name).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/kubernetes.md", "infra/helm/replicator/README.md"})
    void commandsNameValuesAndFilesThatExistAndGiveHelmTime(String document) throws IOException {
        List<String> commands = HELM.matcher(Files.readString(Chart.ROOT.resolve(document)))
                .results()
                .map(found -> found.group())
                .toList();
        long deadline = Chart.OURS
                .rendered(Chart.example("hook.yaml"))
                .only(Job.class)
                .getSpec()
                .getActiveDeadlineSeconds();

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            assertThat(groups(VALUES, command)).isNotEmpty().allMatch(file -> Files.exists(Chart.ROOT.resolve(file)));
            assertThat(groups(SET, command)).allMatch(name -> values(name).isValueNode());
            assertThat(groups(TIMEOUT, command)).allMatch(seconds -> Long.parseLong(seconds) >= deadline);
        });
    }

    private static JsonNode values(String name) {
        try {
            return values().at("/" + name.replace('.', '/'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void nothingOfTheChartIsForgotten() throws IOException {
        try (Stream<Path> files = Files.walk(Chart.OURS.directory())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> Chart.OURS.directory().relativize(file).toString())
                            .filter(file -> !file.startsWith("templates/")))
                    .containsExactlyInAnyOrder(
                            ".helmignore", "Chart.yaml", "README.md", "values.schema.json", "values.yaml");
        }
    }
}
