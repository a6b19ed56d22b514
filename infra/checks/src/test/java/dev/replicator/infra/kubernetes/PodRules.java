package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.CommandProbe;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds for every pod of ours, whatever makes it. */
final class PodRules {
    private PodRules() {}

    static void holdFor(Pods pods, Manifests among) {
        runsAsNobodyInParticular(pods);
        pods.containers().forEach(container -> mayDoNothingElse(pods, container));
        findsWhatItNames(pods, among);
        pods.replicator().ifPresent(container -> callsTheCommand(pods, container, among));
    }

    private static void runsAsNobodyInParticular(Pods pods) {
        PodSpec spec = pods.spec();
        PodSecurityContext context = spec.getSecurityContext();
        assertThat(context.getRunAsNonRoot()).as("%s runAsNonRoot", pods).isTrue();
        assertThat(context.getRunAsUser()).as("%s runAsUser", pods).isPositive();
        assertThat(context.getSeccompProfile().getType()).as("%s seccomp", pods).isEqualTo("RuntimeDefault");
        assertThat(spec.getAutomountServiceAccountToken())
                .as("%s automountServiceAccountToken", pods)
                .isFalse();
        assertThat(spec.getTerminationGracePeriodSeconds())
                .as("%s terminationGracePeriodSeconds, where the process takes so long to say farewell", pods)
                .isGreaterThan(CommandProbe.longestFarewell().toSeconds());
    }

    private static void mayDoNothingElse(Pods pods, Container container) {
        String name = pods + ", container " + container.getName();
        SecurityContext context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation())
                .as("%s allowPrivilegeEscalation", name)
                .isFalse();
        assertThat(context.getReadOnlyRootFilesystem())
                .as("%s readOnlyRootFilesystem", name)
                .isTrue();
        assertThat(context.getCapabilities().getDrop())
                .as("%s capabilities", name)
                .containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd())
                .as("%s capabilities", name)
                .isEmpty();
        assertThat(container.getResources().getRequests())
                .as("%s requests", name)
                .containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).as("%s limits", name).containsKey("memory");
        assertThat(container.getImage())
                .as("%s image", name)
                .matches(".+(:[^:/]+|@sha256:[0-9a-f]{64})")
                .doesNotEndWith(":latest");
        assertThat(container.getVolumeMounts())
                .as("%s: a directory to write to", name)
                .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
    }

    private static void findsWhatItNames(Pods pods, Manifests among) {
        Map<String, ConfigMap> maps = among.all(ConfigMap.class).stream()
                .collect(Collectors.toMap(map -> map.getMetadata().getName(), map -> map));
        Set<String> volumes = pods.spec().getVolumes().stream()
                .map(volume -> volume.getName())
                .collect(Collectors.toSet());
        pods.containers()
                .forEach(container -> assertThat(container.getVolumeMounts())
                        .as("%s mounts", pods)
                        .allMatch(mount -> volumes.contains(mount.getName())));
        assertThat(pods.spec().getVolumes())
                .as("%s ConfigMaps", pods)
                .allMatch(volume -> volume.getConfigMap() == null
                        || maps.containsKey(volume.getConfigMap().getName()));
        List<String> accounts = among.all(ServiceAccount.class).stream()
                .map(account -> account.getMetadata().getName())
                .toList();
        assertThat(accounts).as("%s service account", pods).contains(pods.spec().getServiceAccountName());
    }

    private static void callsTheCommand(Pods pods, Container container, Manifests among) {
        assertThat(container.getCommand())
                .as("%s: the image says what runs", pods)
                .isEmpty();
        CommandProbe.parse(container.getArgs());
        String file = configuration(container);
        Optional<String> map = pods.mountOf(container, file)
                .flatMap(mount -> pods.spec().getVolumes().stream()
                        .filter(volume -> volume.getName().equals(mount.getName()))
                        .findFirst())
                .flatMap(volume -> Optional.ofNullable(volume.getConfigMap()))
                .map(source -> source.getName());
        assertThat(map).as("%s: where %s is", pods, file).isPresent();
        assertThat(among.all(ConfigMap.class))
                .as("%s: who has %s", pods, file)
                .anyMatch(found -> found.getMetadata().getName().equals(map.get())
                        && found.getData().containsKey(file.substring(file.lastIndexOf('/') + 1)));
    }

    /** The file that the command reads. */
    static String configuration(Container container) {
        int flag = container.getArgs().indexOf("--config");
        return flag < 0
                ? Pods.environment(container).getOrDefault("REPLICATOR_CONFIG", "none")
                : container.getArgs().get(flag + 1);
    }
}
