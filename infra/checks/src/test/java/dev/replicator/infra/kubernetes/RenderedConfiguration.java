package dev.replicator.infra.kubernetes;

import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The replicator.yaml of a ConfigMap as a pod would read it. */
final class RenderedConfiguration {
    private static final Pattern SECRET = Pattern.compile("\\$\\{file:/run/secrets/replicator/([^}]+)}");

    private RenderedConfiguration() {}

    /**
     * The file on this machine; each secret file that it names is there, too.
     *
     * @param scratch a directory of its own
     */
    static Path file(ConfigMap map, Path scratch) throws IOException {
        String text = map.getData().get("replicator.yaml");
        for (var secret : SECRET.matcher(text).results().toList()) {
            Files.writeString(scratch.resolve("secret-" + secret.group(1)), "https://hooks.example/of-a-secret");
        }
        String local = SECRET.matcher(text).replaceAll("\\${file:" + scratch + "/secret-$1}");
        return Files.writeString(scratch.resolve(map.getMetadata().getName() + ".yaml"), local);
    }

    /**
     * Read with all that a server reads of it.
     *
     * @throws dev.replicator.config.ConfigException when the command would refuse it
     */
    static Configuration load(ConfigMap map, Container container, Path scratch) throws IOException {
        return new ConfigLoader(scratch, Pods.environment(container)).load(Optional.of(file(map, scratch)));
    }
}
