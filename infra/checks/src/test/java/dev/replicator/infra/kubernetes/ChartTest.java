package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import dev.replicator.config.Configuration;
import dev.replicator.infra.Program;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in every mode, with every example of values. */
class ChartTest {
    @TempDir
    Path scratch;

    static Stream<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Chart.EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void thereIsAnExampleOfEveryMode() throws IOException {
        assertThat(examples()).contains("hook.yaml", "cron.yaml", "server.yaml", "server-replicas.yaml");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theLinterHasNothingToSay(String example) throws IOException {
        LintResult result = Chart.OURS.linted(Chart.example(example), scratch.resolve("chart"));

        assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
        assertThat(result.isFailed()).isFalse();
    }

    @Test
    void whatEditorsAndTheSystemLeaveBehindIsNotPacked() throws IOException {
        Chart untidy = Chart.OURS.copiedTo(scratch.resolve("replicator"));
        for (String stray : List.of(".git/config", "a.swp", "a.bak", "a.orig", "a~", ".DS_Store")) {
            Path file = untidy.directory().resolve(stray); // hidden files of templates/ Helm leaves out by itself
            Files.createDirectories(file.getParent());
            Files.writeString(file, "stray");
        }

        new Helm(untidy.directory()).packageIt().withDestination(scratch).call();

        Program.Ended listed =
                Program.of(scratch, "sh", "-c", "tar -tzf replicator-*.tgz").run();
        assertThat(listed.said().lines())
                .contains("replicator/Chart.yaml", "replicator/templates/hook-job.yaml")
                .noneMatch(name -> name.matches(".*(\\.git/|/a[.~]|DS_Store).*"));
    }

    @Test
    void theLinterIsAsked() throws IOException {
        Chart broken = Chart.OURS
                .copiedTo(scratch.resolve("broken"))
                .changed("templates/hook-job.yaml", "$hook.backoffLimit", "$hook.backof.limit");

        LintResult result = broken.linted(Chart.example("hook.yaml"), scratch.resolve("chart"));

        assertThat(result.isFailed()).isTrue();
        assertThat(String.join("\n", result.getMessages())).contains("nil pointer");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyObjectIsOneThatKubernetesKnows(String example) throws IOException {
        List<HasMetadata> objects = Chart.OURS.rendered(Chart.example(example)).all();

        assertThat(objects).hasSizeGreaterThan(3).allSatisfy(made -> {
            assertThat(made.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
            assertThat(made.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
            assertThat(made.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
                    .containsEntry("app.kubernetes.io/managed-by", "Helm");
        });
    }

    @Test
    void aMisspeltFieldIsSeen() throws IOException {
        Chart misspelt = Chart.OURS
                .copiedTo(scratch.resolve("chart"))
                .changed("templates/hook-job.yaml", "backoffLimit:", "backofLimit:");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> misspelt.rendered(Chart.example("hook.yaml")))
                .withMessageContaining("backofLimit");
    }

    @Test
    void aMisspeltFieldIsSeenAlsoDeepInside() throws IOException {
        Chart misspelt = Chart.OURS
                .copiedTo(scratch.resolve("chart"))
                .changed("templates/_helpers.tpl", "allowPrivilegeEscalation:", "allowPrivilegedEscalation:");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> misspelt.rendered(Chart.example("cron.yaml")))
                .withMessageContaining("allowPrivilegedEscalation");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyPodIsHardenedFindsItsFilesAndCallsTheCommandRightly(String example) throws IOException {
        Manifests objects = Chart.OURS.rendered(Chart.example(example));

        assertThat(objects.pods()).isNotEmpty().allSatisfy(pods -> {
            assertThat(pods.replicator()).isPresent();
            PodRules.holdFor(pods, objects);
        });
    }

    @Test
    void aFlagThatTheCommandDoesNotHaveIsSeen() throws IOException {
        Chart misspelt = Chart.OURS
                .copiedTo(scratch.resolve("chart"))
                .changed("templates/hook-job.yaml", "--wait-lock", "--wait-for-lock");
        Manifests objects = misspelt.rendered(Chart.example("hook.yaml"));

        assertThatThrownBy(() -> PodRules.holdFor(objects.pods().get(0), objects))
                .hasMessageContaining("--wait-for-lock");
    }

    @Test
    void aRootFilesystemThatCanBeWrittenIsSeen() throws IOException {
        Chart open = Chart.OURS
                .copiedTo(scratch.resolve("chart"))
                .changed("templates/_helpers.tpl", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false");
        Manifests objects = open.rendered(Chart.example("hook.yaml"));

        assertThatThrownBy(() -> PodRules.holdFor(objects.pods().get(0), objects))
                .hasMessageContaining("readOnlyRootFilesystem");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theConfigurationIsReadWithoutAWord(String example) throws IOException {
        Manifests objects = Chart.OURS.rendered(Chart.example(example));

        Configuration read = RenderedConfiguration.load(
                objects.only(ConfigMap.class),
                objects.pods().get(0).replicator().orElseThrow(),
                scratch);

        assertThat(read.warnings()).isEmpty();
        assertThat(read.jobs()).containsKey("media");
    }

    @Test
    void onAndOffSurviveHelmsYaml() throws IOException {
        Manifests objects = Chart.OURS.rendered("""
                        mode: cron
                        config:
                          jobs:
                            media: { source: "s3://dev", destination: "s3://prod", hook: { mode: off } }
                          notifications:
                            channels:
                              ops: { webhook: { url: "https://hooks.acme.example/" }, on: [failed] }
                          server: { max-runs: 1000000 }
                        cron:
                          schedules: [ { name: often, schedule: "*/5 * * * *" } ]
                        """);

        String text = objects.only(ConfigMap.class).getData().get("replicator.yaml");

        assertThat(text).contains("max-runs: 1000000");
        RenderedConfiguration.load(
                objects.only(ConfigMap.class),
                objects.pods().get(0).replicator().orElseThrow(),
                scratch);
    }

    @Test
    void itWorksAsAPartOfAnotherChart() throws IOException {
        Path parent = Files.createDirectories(scratch.resolve("shop"));
        Files.writeString(parent.resolve("Chart.yaml"), """
                apiVersion: v2
                name: shop
                version: 1.0.0
                dependencies:
                  - { name: replicator, version: ">0", condition: replicator.enabled }
                """);
        Chart.OURS.copiedTo(Files.createDirectories(parent.resolve("charts")).resolve("replicator"));
        String values = """
                global: { commit: 4f2a91c }
                replicator:
                  config: { jobs: { media: { source: "s3://dev", destination: "s3://prod" } } }
                  hook: { environment: production, deploymentId: "{{ .Values.global.commit }}" }
                """;

        Manifests objects = new Chart(parent).rendered(values);

        assertThat(objects.pods().get(0).replicator().orElseThrow().getArgs())
                .containsSequence("--deployment-id", "4f2a91c");
        assertThat(new Chart(parent)
                        .rendered(values.replace("replicator:\n", "replicator:\n  enabled: false\n"))
                        .all())
                .isEmpty();
    }

    @Test
    void itInstallsTheVersionThatItWasMadeWith() throws IOException {
        Matcher version = Pattern.compile("<version>(\\S+?)(-SNAPSHOT)?</version>")
                .matcher(Files.readString(Chart.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Files.readString(Chart.OURS.directory().resolve("Chart.yaml")))
                .contains("\nversion: " + version.group(1) + "\n")
                .contains("\nappVersion: \"" + version.group(1) + "\"\n");
        assertThat(Chart.OURS
                        .rendered(Chart.example("hook.yaml"))
                        .pods()
                        .get(0)
                        .replicator()
                        .orElseThrow()
                        .getImage())
                .isEqualTo("registry.example.com/replicator:" + version.group(1));
    }

    @Test
    void anImageIsNamedByItsDigestWhereOneIsGiven() throws IOException {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);

        assertThat(Chart.OURS
                        .rendered(Chart.example("hook.yaml") + "image: { registry: ghcr.io/acme, tag: \"1\", digest: \""
                                + digest + "\" }\n")
                        .pods()
                        .get(0)
                        .replicator()
                        .orElseThrow()
                        .getImage())
                .isEqualTo("ghcr.io/acme/replicator@" + digest);
    }
}
