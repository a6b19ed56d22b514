package dev.replicator.infra.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DashboardFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** As recording rules, which promtool parses. */
    private Program.Ended parsed(List<String> expressions) throws IOException {
        List<Map<String, String>> rules = IntStream.range(0, expressions.size())
                .mapToObj(i -> Map.of("record", "dashboard:expression" + i, "expr", expressions.get(i)))
                .toList();
        Path file = directory.resolve("dashboard.yml");
        Files.writeString(
                file, JSON.writeValueAsString(Map.of("groups", List.of(Map.of("name", "d", "rules", rules)))));
        return Program.of(directory, Program.needed("promtool").toString(), "check", "rules", file.toString())
                .run();
    }

    @Test
    void prometheusUnderstandsWhatItAsks() throws IOException {
        List<String> expressions = DashboardFile.read().expressions();

        Program.Ended ended = parsed(expressions);

        assertThat(expressions).hasSizeGreaterThan(15);
        assertThat(ended.exit()).as(ended.said()).isZero();
    }

    @Test
    void aBracketTooFewIsFound() throws IOException {
        List<String> expressions = new ArrayList<>(DashboardFile.read().expressions());
        expressions.set(3, expressions.get(3) + ")");

        assertThat(parsed(expressions).exit()).isEqualTo(1);
    }

    @Test
    void eachPanelHasItsOwnPlaceAndAsksTheChosenPrometheus() {
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : DashboardFile.read().panels()) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as(panel.path("title").asText())
                    .isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, 24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (place.path("x").asInt() + x) + ","
                            + (place.path("y").asInt() + y);
                    assertThat(cells.add(cell)).as(panel.path("title").asText()).isTrue();
                }
            }
        }
        assertThat(DashboardFile.read().charts()).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as("a unit that Grafana knows")
                    .isIn("short", "s", "bytes", "Bps", "reqps");
        });
    }

    @Test
    void theProvisionedSourceIsAPrometheus() {
        JsonNode file = RulesFile.yaml(Tree.file("infra/grafana/provisioning/datasources/prometheus.yml"));
        JsonNode source = file.path("datasources").path(0);

        assertThat(file.path("apiVersion").asInt()).isEqualTo(1);
        assertThat(source.path("name").asText()).isNotEmpty();
        assertThat(source.path("type").asText()).isEqualTo("prometheus");
        assertThat(source.path("access").asText()).isEqualTo("proxy");
        assertThat(source.path("isDefault").asBoolean()).isTrue();
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    }

    @Test
    void theDashboardIsProvisionedFromFilesThatNobodyEditsInTheBrowser() {
        JsonNode file = RulesFile.yaml(Tree.file("infra/grafana/provisioning/dashboards/replicator.yml"));
        JsonNode provider = file.path("providers").path(0);

        assertThat(file.path("apiVersion").asInt()).isEqualTo(1);
        assertThat(provider.path("name").asText()).isNotEmpty();
        assertThat(provider.path("type").asText()).isEqualTo("file");
        assertThat(provider.path("options").path("path").asText()).startsWith("/");
        assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
    }
}
