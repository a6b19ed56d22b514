package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.CommandProbe;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.job.HookSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Job before an installation or an upgrade. */
class HookModeTest {
    private static final String WEIGHT = "helm.sh/hook-weight";

    @TempDir
    Path scratch;

    private static Manifests example() throws IOException {
        return Chart.OURS.rendered(Chart.example("hook.yaml"));
    }

    @Test
    void itRunsBeforeInstallAndUpgradeOnceMoreEachTime() throws IOException {
        assertThat(example().only(Job.class).getMetadata().getAnnotations())
                .containsEntry("helm.sh/hook", "pre-install,pre-upgrade")
                .containsEntry("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded");
    }

    @Test
    void whatTheJobNeedsIsThereBeforeIt() throws IOException {
        Manifests objects = example();
        int job = weight(objects.only(Job.class));

        assertThat(objects.all()).hasSize(4);
        assertThat(List.of(
                        objects.only(ConfigMap.class),
                        objects.only(ServiceAccount.class),
                        objects.only(NetworkPolicy.class)))
                .allMatch(needed -> weight(needed) < job)
                .allMatch(needed -> needed.getMetadata()
                        .getAnnotations()
                        .get("helm.sh/hook")
                        .equals("pre-install,pre-upgrade"));
    }

    private static int weight(HasMetadata object) {
        return Integer.parseInt(object.getMetadata().getAnnotations().get(WEIGHT));
    }

    @Test
    void workloadIdentityIsTheServiceAccounts() throws IOException {
        assertThat(example().only(ServiceAccount.class).getMetadata().getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/replicator-media");
    }

    @Test
    void theJobOutlivesTheHook() throws IOException {
        HookSettings defaults = HookSettings.DEFAULT;
        Job job = example().only(Job.class);
        List<String> args =
                job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs();

        assertThat(args)
                .containsSequence("--wait-lock", defaults.waitLock().toSeconds() + "s")
                .containsSequence("--timeout", defaults.timeout().toSeconds() + "s");
        assertThat(job.getSpec().getActiveDeadlineSeconds())
                .isGreaterThan(defaults.waitLock()
                        .plus(defaults.leaseTtl())
                        .plus(defaults.timeout())
                        .plus(CommandProbe.longestFarewell())
                        .toSeconds());
    }

    @Test
    void itsTimesCanBeSet() throws IOException {
        Job job = Chart.OURS
                .rendered(Chart.example("hook.yaml")
                        .replace(
                                "\nhook:\n",
                                "\nhook:\n  timeoutSeconds: 60\n  waitLockSeconds: 0\n"
                                        + "  activeDeadlineSeconds: 200\n"))
                .only(Job.class);

        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(200);
        assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
                .containsSequence("--wait-lock", "0s", "--timeout", "60s");
    }

    @Test
    void whatAnotherPodWouldEndLikeIsNotTriedAgain() throws IOException {
        Job job = example().only(Job.class);
        var failing = job.getSpec().getPodFailurePolicy().getRules().stream()
                .filter(rule -> rule.getAction().equals("FailJob"))
                .toList();

        assertThat(failing).singleElement().satisfies(rule -> {
            assertThat(rule.getOnExitCodes().getOperator()).isEqualTo("In");
            assertThat(rule.getOnExitCodes().getContainerName()).isEqualTo("replicator");
            assertThat(rule.getOnExitCodes().getValues())
                    .containsExactlyInAnyOrder(
                            ExitCode.USAGE.number(),
                            ExitCode.FINDINGS.number(),
                            ExitCode.REFUSED.number(),
                            ExitCode.ACCESS.number());
        });
        assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    }

    @Test
    void retriesReachBeyondTheHooksFirstPause() throws IOException {
        int pause = 60;
        int waited = 0;
        for (int retry = 0; retry < example().only(Job.class).getSpec().getBackoffLimit(); retry++) {
            waited += 10 << retry;
        }

        assertThat(waited).isGreaterThan(pause);
    }

    @Test
    void theRenderedJobSyncsOncePerDeployment() throws IOException {
        Path source = Files.createDirectories(scratch.resolve("dev"));
        Path destination = Files.createDirectories(scratch.resolve("prod"));
        Files.writeString(source.resolve("a.txt"), "a");
        Manifests objects = Chart.OURS.rendered("""
                mode: hook
                config:
                  jobs: { media: { source: "file://%s", destination: "file://%s" } }
                hook: { job: media, environment: production, deploymentId: "42", onFailure: fail }
                """.formatted(source, destination));

        CommandProbe.Ended first = ended(objects);
        CommandProbe.Ended second = ended(objects);

        assertThat(first.said()).contains("SYNCED (deployment 42)");
        assertThat(first.code()).isZero();
        assertThat(destination.resolve("a.txt")).hasContent("a");
        assertThat(second.said()).contains("ALREADY_APPLIED");
        assertThat(second.code()).isZero();
    }

    private CommandProbe.Ended ended(Manifests objects) throws IOException {
        Container container = objects.pods().get(0).replicator().orElseThrow();
        List<String> words = new ArrayList<>(container.getArgs());
        words.replaceAll(word -> word.equals(PodRules.configuration(container)) ? configuration(objects) : word);
        return CommandProbe.run(words, Pods.environment(container), scratch);
    }

    private String configuration(Manifests objects) {
        try {
            return RenderedConfiguration.file(objects.only(ConfigMap.class), scratch)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBlockingHookDefersNothingThatNobodyWouldTakeUp() throws IOException {
        assertThat(Pods.environment(example().pods().get(0).replicator().orElseThrow()))
                .containsEntry("REPLICATOR_HOOK_MODE", "block");
    }

    @Test
    void itCanBeSwitchedOffAndGivenOtherEvents() throws IOException {
        Manifests objects = Chart.OURS.rendered(Chart.example("hook.yaml")
                .replace("\nhook:\n", "\nhook:\n  mode: off\n  events: [pre-upgrade, pre-rollback]\n"));

        assertThat(Pods.environment(objects.pods().get(0).replicator().orElseThrow()))
                .containsEntry("REPLICATOR_HOOK_MODE", "off");
        assertThat(objects.only(Job.class).getMetadata().getAnnotations())
                .containsAllEntriesOf(Map.of("helm.sh/hook", "pre-upgrade,pre-rollback"));
    }

    @Test
    void whoInstallsItIsToldHowLongHelmHasToWait() throws IOException {
        long deadline = example().only(Job.class).getSpec().getActiveDeadlineSeconds();

        assertThat(Chart.OURS.notes(Chart.example("hook.yaml")))
                .contains("helm upgrade --timeout " + deadline + "s")
                .contains("4f2a91c")
                .contains("hook.onFailure: warn");
    }
}
