package dev.replicator.infra.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Anchors;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RulesTest {
    private static final String RUNBOOK = "https://docs.acme.example/replicator/operations.md#";

    @TempDir
    Path directory;

    private Program.Ended promtool(String... words) {
        return Program.of(directory, Program.needed("promtool").toString())
                .words(words)
                .run();
    }

    private void copied() {
        Tree.copy(RulesFile.FOLDER, directory);
    }

    @Test
    void promtoolTakesRulesAndTheirTests() {
        copied();

        Program.Ended checked = promtool("check", "rules", "rules.yml");
        Program.Ended tested = promtool("test", "rules", "rules_test.yml", "rules_days_test.yml");

        assertThat(checked.exit()).as(checked.said()).isZero();
        assertThat(tested.exit()).as(tested.said()).isZero();
    }

    @Test
    void aRuleThatRingsTooLateIsFound() throws IOException {
        copied();
        Path rules = directory.resolve("rules.yml");
        Files.writeString(
                rules, Files.readString(rules).replace("outcome=\"refused\"} > 0", "outcome=\"refused\"} > 1"));

        Program.Ended tested = promtool("test", "rules", "rules_test.yml");

        assertThat(tested.exit()).isEqualTo(1);
        assertThat(tested.said()).contains("ReplicatorGuardTripped");
    }

    @Test
    void prometheusTakesItsConfiguration() throws IOException {
        copied();
        Files.writeString(directory.resolve("prometheus-token"), "a-token");
        Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(configuration, Files.readString(configuration).replace("/run/secrets/", directory + "/"));

        Program.Ended good = promtool("check", "config", "prometheus.yml");
        Files.writeString(configuration, Files.readString(configuration).replace("rules.yml", "rulez.yml"));
        Program.Ended bad = promtool("check", "config", "prometheus.yml");

        assertThat(good.exit()).as(good.said()).isZero();
        assertThat(good.said()).contains("rules found");
        assertThat(bad.exit()).as(bad.said()).isEqualTo(1);
    }

    @Test
    void eachAlertIsSeenRingingAndSilent() {
        for (RulesFile.Rule alert : RulesFile.read().alerts()) {
            assertThat(RulesFile.tests().stream()
                            .flatMap(test -> RulesFile.elements(test.path("alert_rule_test")))
                            .filter(test -> test.path("alertname").asText().equals(alert.alert()))
                            .map(test -> test.path("exp_alerts").isEmpty())
                            .distinct())
                    .as(alert.alert())
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void eachAlertLeadsToItsPartOfTheRunbook() {
        assertThat(RulesFile.read().alerts()).hasSizeGreaterThan(8).allSatisfy(alert -> {
            String runbook =
                    alert.node().path("annotations").path("runbook_url").asText();

            assertThat(runbook).startsWith(RUNBOOK);
            assertThat(runbook.substring(RUNBOOK.length()))
                    .isIn(Anchors.of(Tree.text("docs/operations.md")))
                    .isEqualToIgnoringCase(alert.alert());
            assertThat(alert.node().path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(alert.node().path("annotations").path("summary").asText())
                    .isNotEmpty();
        });
    }

    @Test
    void theScrapeIsCalledWhatTheRulesGoBy() {
        assertThat(RulesFile.yaml(RulesFile.FOLDER.resolve("prometheus.yml"))
                        .path("scrape_configs")
                        .path(0)
                        .path("job_name")
                        .asText())
                .isEqualTo("replicator");
        assertThat(Tree.text("infra/prometheus/rules.yml")).contains("up{job=\"replicator\"}");
    }
}
