package dev.replicator.infra.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Tree;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every metric and label that rules, dashboard and pages name is one that a running server shows. */
@Timeout(120)
class MetricNamesTest {
    /** What Prometheus itself adds. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

    private static final Pattern NAMED = Pattern.compile("\\breplicator_[a-z_]*[a-z]\\b");
    private static final Pattern CHOSEN = Pattern.compile("\\b(outcome|action)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

    @TempDir
    static Path directory;

    private static LiveScrape live = new LiveScrape("", Map.of());

    @BeforeAll
    static void scrape() throws IOException, InterruptedException {
        live = LiveScrape.in(directory);
    }

    @Test
    void theServerHasSeenRunsOfEveryEnd() {
        assertThat(live.text())
                .contains("outcome=\"succeeded\"")
                .contains("outcome=\"refused\"")
                .contains("outcome=\"failed\"")
                .contains("outcome=\"findings\"")
                .contains("replicator_drift_objects{kind=\"edited\",sync_job=\"media\"} 1.0");
    }

    @Test
    void whatTheRulesNameIsThere() {
        RulesFile rules = RulesFile.read();

        assertThat(rules.rules().stream().flatMap(rule -> unknown(rule.expression(), rules.recorded())))
                .isEmpty();
    }

    @Test
    void whatTheTestsOfTheRulesPutInIsThere() {
        assertThat(RulesFile.tests().stream()
                        .flatMap(test -> RulesFile.elements(test.path("input_series")))
                        .flatMap(series -> unknown(series.path("series").asText(), List.of())))
                .isEmpty();
    }

    @Test
    void whatTheDashboardNamesIsThere() {
        assertThat(DashboardFile.read().expressions().stream().flatMap(text -> unknown(text, List.of())))
                .isEmpty();
    }

    @Test
    void whatThePagesNameIsThere() {
        Set<String> named = new TreeSet<>();
        for (Path page : Tree.files(Tree.file("docs"), ".md")) {
            Matcher names = NAMED.matcher(Tree.text(page));
            while (names.find()) {
                named.add(names.group());
            }
        }

        assertThat(named)
                .hasSizeGreaterThan(10)
                .allMatch(
                        name -> live.labels().containsKey(name) || live.labels().containsKey(name + "_count"));
    }

    @Test
    void outcomesAndActionsAreThoseOfRuns() {
        Set<String> known = Stream.concat(
                        Arrays.stream(RunState.values()).map(Enum::name),
                        Arrays.stream(RunAction.values()).map(Enum::name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        known.addAll(Set.of("unchanged", "matched")); // of objects
        Stream<String> expressions = Stream.concat(
                RulesFile.read().rules().stream().map(RulesFile.Rule::expression),
                DashboardFile.read().expressions().stream());

        assertThat(expressions
                        .flatMap(text -> CHOSEN.matcher(text).results())
                        .flatMap(chosen -> Stream.of(chosen.group(2).split("\\|"))))
                .isNotEmpty()
                .allMatch(known::contains);
    }

    @Test
    void aMetricAndALabelThatAreNotThereAreFound() {
        assertThat(unknown("sum by (jop) (rate(replicator_run_total{sync_jop=\"media\"}[5m])) > 0", List.of()))
                .containsExactlyInAnyOrder("metric replicator_run_total", "label jop");
        assertThat(unknown("replicator_runs_total{sync_jop=\"media\", outcome!=\"failed\"} offset 1h", List.of()))
                .containsExactly("label sync_jop of replicator_runs_total");
        assertThat(unknown("sum by (state) (replicator_runs_active) / sum(jvm_threads_live_threads)", List.of()))
                .containsExactly("label state");
    }

    private static Stream<String> unknown(String text, List<String> recorded) {
        Map<String, Set<String>> known = new HashMap<>(live.labels());
        known.put("up", Set.of());
        Set<String> everywhere =
                known.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(HashSet::new));
        everywhere.addAll(OF_THE_SCRAPE);
        recorded.forEach(name -> known.put(name, everywhere));
        Expression expression = Expression.of(text);
        Stream<String> metrics = expression.metrics().entrySet().stream()
                .flatMap(entry -> known.containsKey(entry.getKey())
                        ? entry.getValue().stream()
                                .filter(label -> !OF_THE_SCRAPE.contains(label))
                                .filter(label -> !known.get(entry.getKey()).contains(label))
                                .map(label -> "label " + label + " of " + entry.getKey())
                        : Stream.of("metric " + entry.getKey()));
        Set<String> ofThese = expression.metrics().keySet().stream()
                .flatMap(metric -> known.getOrDefault(metric, Set.of()).stream())
                .collect(Collectors.toCollection(HashSet::new));
        ofThese.addAll(OF_THE_SCRAPE);
        Stream<String> labels = expression.grouping().stream()
                .filter(label -> !ofThese.contains(label))
                .map(label -> "label " + label);
        return Stream.concat(metrics, labels);
    }
}
