package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.config.Configuration;
import dev.replicator.job.HookSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plain manifests under infra/k8s. */
class SamplesTest {
    private static final Path SAMPLES = Chart.ROOT.resolve("infra/k8s");

    @TempDir
    Path scratch;

    static Stream<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static String text(String sample) throws IOException {
        return Files.readString(SAMPLES.resolve(sample));
    }

    private static Manifests objects(String sample) throws IOException {
        return Manifests.of(text(sample));
    }

    private HookSettings hook(Manifests objects, Container container) throws IOException {
        return RenderedConfiguration.load(objects.only(ConfigMap.class), container, scratch)
                .jobs()
                .get("media")
                .hook();
    }

    private static Duration longest(HookSettings hook) {
        return hook.waitLock().plus(hook.leaseTtl()).plus(hook.timeout());
    }

    @Test
    void thereIsOneForEveryWay() throws IOException {
        assertThat(samples()).containsExactly("embedded.yaml", "init-container.yaml", "job.yaml");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPodIsHardenedFindsItsFilesAndCallsTheCommandRightly(String sample) throws IOException {
        Manifests objects = objects(sample);

        assertThat(objects.pods()).singleElement().satisfies(pods -> PodRules.holdFor(pods, objects));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theConfigurationIsReadWithoutAWord(String sample) throws IOException {
        Manifests objects = objects(sample);
        Container container = objects.pods().get(0).containers().get(0);

        Configuration read = RenderedConfiguration.load(objects.only(ConfigMap.class), container, scratch);

        assertThat(read.warnings()).isEmpty();
        assertThat(read.jobs()).containsOnlyKeys("media");
        assertThat(PodRules.configuration(container)).isEqualTo("/etc/replicator/replicator.yaml");
    }

    @Test
    void whoWaitsInAnInitContainerWaitsForAWholeRun() throws IOException {
        Manifests objects = objects("init-container.yaml");
        HookSettings hook = hook(objects, objects.pods().get(0).replicator().orElseThrow());

        assertThat(hook.waitLock()).isGreaterThan(hook.timeout().plus(hook.leaseTtl()));
        assertThat(objects.only(Deployment.class).getSpec().getProgressDeadlineSeconds())
                .isGreaterThan((int) longest(hook).toSeconds());
    }

    @Test
    void anInitContainerNamesTheDeploymentThatItsPodIsOf() throws IOException {
        Pods pods = objects("init-container.yaml").pods().get(0);

        assertThat(Pods.environment(pods.replicator().orElseThrow()))
                .containsEntry("REPLICATOR_ENV", "production")
                .containsEntry(
                        "REPLICATOR_DEPLOYMENT_ID",
                        pods.containers().get(1).getImage().split(":")[1]);
        assertThat(pods.spec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("replicator");
    }

    @Test
    void theStartupProbeWaitsForAHookThatBlocks() throws IOException {
        Manifests objects = objects("embedded.yaml");
        Container application = objects.pods().get(0).containers().get(0);
        Probe startup = application.getStartupProbe();
        HookSettings hook = hook(objects, application);

        assertThat(hook.mode()).isEqualTo(HookSettings.Mode.BLOCK);
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold())
                .isGreaterThan((int) longest(hook).toSeconds());
        assertThat(objects.only(Deployment.class).getSpec().getProgressDeadlineSeconds())
                .isGreaterThan(startup.getPeriodSeconds() * startup.getFailureThreshold());
        assertThat(objects.only(Deployment.class).getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void theJobOutlivesTheHookAndIsWaitedForAsLong() throws IOException {
        Manifests objects = objects("job.yaml");
        Job job = objects.only(Job.class);
        long deadline = job.getSpec().getActiveDeadlineSeconds();

        assertThat(deadline)
                .isGreaterThan(
                        longest(hook(objects, objects.pods().get(0).replicator().orElseThrow()))
                                .toSeconds());
        assertThat(text("job.yaml"))
                .contains("--timeout=" + deadline + "s job/" + job.getMetadata().getName());
    }

    @Test
    void aMisspeltFieldIsSeen() throws IOException {
        String misspelt = text("init-container.yaml").replace("initContainers:", "initContainer:");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.of(misspelt))
                .withMessageContaining("initContainer");
    }

    @Test
    void aKeyThatIsThereTwiceIsSeen() throws IOException {
        String doubled = text("job.yaml").replace("  backoffLimit: 3\n", "  backoffLimit: 3\n  backoffLimit: 4\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.of(doubled))
                .withMessageContaining("backoffLimit");
    }

    @Test
    void aKindThatIsNotKnownIsSeen() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.of(text("job.yaml").replace("batch/v1", "batch/v2")))
                .withMessageContaining("batch/v2 Job");
    }

    @Test
    void aConfigMapThatIsNotThereIsSeen() throws IOException {
        Manifests objects =
                Manifests.of(text("job.yaml").replace("configMap: { name: replicator }", "configMap: { name: other }"));

        assertThatThrownBy(() -> PodRules.holdFor(objects.pods().get(0), objects))
                .hasMessageContaining("ConfigMaps");
    }
}
