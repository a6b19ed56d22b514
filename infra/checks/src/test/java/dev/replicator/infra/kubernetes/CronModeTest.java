package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.replicator.cli.CommandProbe;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CronJob for each schedule. */
class CronModeTest {
    @TempDir
    Path scratch;

    private static List<CronJob> example() throws IOException {
        return Chart.OURS.rendered(Chart.example("cron.yaml")).all(CronJob.class);
    }

    @Test
    void everyScheduleIsACronJobOfItsOwn() throws IOException {
        assertThat(example())
                .extracting(
                        cron -> cron.getMetadata().getName(),
                        cron -> cron.getSpec().getSchedule())
                .containsExactlyInAnyOrder(
                        tuple("media-replicator-nightly", "0 2 * * *"), tuple("media-replicator-look", "30 * * * *"));
        assertThat(example()).allSatisfy(cron -> {
            assertThat(cron.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
            assertThat(cron.getSpec().getTimeZone()).isEqualTo("Europe/Vienna");
            assertThat(cron.getSpec().getJobTemplate().getSpec().getActiveDeadlineSeconds())
                    .isPositive();
            assertThat(cron.getSpec()
                            .getJobTemplate()
                            .getSpec()
                            .getPodFailurePolicy()
                            .getRules())
                    .hasSize(2);
        });
    }

    @Test
    void aLongNameStaysOneThatACronJobMayHave() throws IOException {
        Manifests objects = Chart.OURS.rendered(Chart.example("cron.yaml")
                + "fullnameOverride: the-media-of-all-the-shops-that-acme-has-in-europe-and-asia\n");

        assertThat(objects.all(CronJob.class))
                .extracting(cron -> cron.getMetadata().getName())
                .allMatch(name -> name.length() <= 52)
                .doesNotHaveDuplicates();
    }

    @Test
    void credentialsComeFromSecretsOnly() throws IOException {
        Container container = Chart.OURS
                .rendered(Chart.example("cron.yaml"))
                .pods()
                .get(0)
                .replicator()
                .orElseThrow();

        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().startsWith("AWS_"))
                .hasSize(2)
                .allMatch(variable -> variable.getValue() == null)
                .allMatch(variable ->
                        variable.getValueFrom().getSecretKeyRef().getName().equals("media-credentials"));
    }

    @Test
    void theJobsMirrorIsTheConsentToItsDeletes() throws IOException {
        Path source = Files.createDirectories(scratch.resolve("dev"));
        Path destination = Files.createDirectories(scratch.resolve("prod"));
        Files.writeString(source.resolve("a.txt"), "a");
        Files.writeString(destination.resolve("old.txt"), "old");
        Manifests objects = Chart.OURS.rendered("""
                mode: cron
                config:
                  jobs: { media: { source: "file://%s", destination: "file://%s", delete: { mode: mirror } } }
                cron:
                  schedules: [ { name: often, schedule: "*/5 * * * *" } ]
                """.formatted(source, destination));
        Container container = objects.pods().get(0).replicator().orElseThrow();
        List<String> words = new ArrayList<>(container.getArgs());
        String file = RenderedConfiguration.file(objects.only(ConfigMap.class), scratch)
                .toString();
        words.replaceAll(word -> word.equals("/etc/replicator/replicator.yaml") ? file : word);

        CommandProbe.Ended ended = CommandProbe.run(words, Pods.environment(container), scratch);

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(destination.resolve("a.txt")).exists();
        assertThat(destination.resolve("old.txt")).doesNotExist();
    }

    @Test
    void whoInstallsItIsToldHowToRunOneNow() throws IOException {
        assertThat(Chart.OURS.notes(Chart.example("cron.yaml")))
                .contains("create job --from=cronjob/media-replicator-nightly");
    }
}
