package dev.replicator.infra.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.infra.Tree;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Grafana's dashboard. */
record DashboardFile(JsonNode root) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

    static DashboardFile read() {
        return new DashboardFile(RulesFile.yaml(Tree.file("infra/grafana/dashboards/replicator.json")));
    }

    List<JsonNode> panels() {
        return RulesFile.elements(root.path("panels")).toList();
    }

    List<JsonNode> charts() {
        return panels().stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    /** What Prometheus is asked, with something in the place of Grafana's variables. */
    List<String> expressions() {
        Stream<String> targets = charts().stream()
                .flatMap(panel -> RulesFile.elements(panel.path("targets")))
                .map(target -> target.path("expr").asText());
        Stream<String> variables = RulesFile.elements(root.path("templating").path("list"))
                .map(variable ->
                        LABEL_VALUES.matcher(variable.path("definition").asText()))
                .filter(Matcher::matches)
                .map(values -> "sum by (" + values.group(2) + ") (" + values.group(1) + ")");
        return Stream.concat(targets, variables)
                .map(text -> text.replace("$__rate_interval", "5m")
                        .replace("$__range", "1d")
                        .replace("$sync_job", ".*"))
                .toList();
    }
}
