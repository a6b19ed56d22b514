package dev.replicator.infra.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pods that an object makes. */
record Pods(HasMetadata owner, PodTemplateSpec template) {
    PodSpec spec() {
        return template.getSpec();
    }

    List<Container> containers() {
        return Stream.concat(spec().getInitContainers().stream(), spec().getContainers().stream())
                .toList();
    }

    /** The one that runs the command. */
    Optional<Container> replicator() {
        return containers().stream()
                .filter(container -> container.getName().equals("replicator"))
                .findFirst();
    }

    /** Variables with the values that stand here; those of Secrets get one of their own. */
    static Map<String, String> environment(Container container) {
        Map<String, String> variables = new TreeMap<>();
        for (EnvVar variable : container.getEnv()) {
            variables.put(
                    variable.getName(), Optional.ofNullable(variable.getValue()).orElse("from-a-secret"));
        }
        return variables;
    }

    /** The volume whose directory holds that file. */
    Optional<VolumeMount> mountOf(Container container, String file) {
        return container.getVolumeMounts().stream()
                .filter(mount -> file.startsWith(mount.getMountPath() + "/"))
                .findFirst();
    }

    @Override
    public String toString() {
        return owner.getKind() + " " + owner.getMetadata().getName();
    }
}
