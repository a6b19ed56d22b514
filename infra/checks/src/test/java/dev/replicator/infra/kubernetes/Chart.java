package dev.replicator.infra.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** The chart, linted and rendered by Helm itself, without a cluster. */
record Chart(Path directory) {
    static final Path ROOT = Tree.root();
    static final Path EXAMPLES = ROOT.resolve("infra/helm/examples");
    static final Chart OURS = new Chart(ROOT.resolve("infra/helm/replicator"));

    static final String RELEASE = "media";
    static final String NAMESPACE = "shop";

    private static final String OLDEST = "1.27.0";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Helm leaves hooks out of what it shows, so that rendering takes a copy in which they have another name. */
    private static final String HOOK = "helm.sh/hook";

    private static final String SHOWN = "shown.helm.sh/hook";

    /**
     * Everything that a release would consist of, hooks among it, on the oldest Kubernetes that the chart works with.
     *
     * @param values YAML; later ones go before earlier ones
     * @throws IllegalStateException with Helm's words when it is refused
     */
    Manifests rendered(String... values) throws IOException {
        Path folder = Files.createTempDirectory("chart");
        try {
            Chart copy = copiedTo(folder.resolve("chart"));
            copy.showHooksInTheNamespace();
            TemplateCommand template =
                    new Helm(copy.directory).template().withName(RELEASE).withKubeVersion(OLDEST);
            for (int i = 0; i < values.length; i++) {
                template.withValuesFile(Files.writeString(folder.resolve(i + ".yaml"), values[i]));
            }
            return Manifests.of(Objects.requireNonNullElse(template.call(), "").replace(SHOWN, HOOK));
        } finally {
            delete(folder);
        }
    }

    /** What whoever installs it is told. */
    String notes(String values) throws IOException {
        Path file = Files.writeString(Files.createTempFile("values", ".yaml"), values);
        try {
            String output = new Helm(directory)
                    .install()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(OLDEST)
                    .clientOnly()
                    .withDryRunOption(DryRun.CLIENT)
                    .withValuesFile(file)
                    .call()
                    .getOutput();
            return output.substring(output.indexOf("\nNOTES:\n") + "\nNOTES:\n".length());
        } finally {
            Files.delete(file);
        }
    }

    private void showHooksInTheNamespace() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path template : files.filter(file -> file.toString().matches(".*/templates/[^/]+"))
                    .toList()) {
                String text = Files.readString(template);
                Files.writeString(
                        template,
                        text.replace(HOOK, SHOWN).replaceAll("\\$?\\.Release\\.Namespace", "\"" + NAMESPACE + "\""));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What Helm's linter says of the chart with these values. */
    LintResult linted(String values, Path scratch) throws IOException {
        Chart copy = copiedTo(scratch);
        Path own = copy.directory.resolve("values.yaml");
        ObjectNode merged = (ObjectNode) YAML.readTree(own.toFile());
        merge(merged, YAML.readTree(values));
        Files.writeString(own, YAML.writeValueAsString(merged));
        return new Helm(copy.directory).lint().strict().call();
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            JsonNode before = into.get(field.getKey());
            if (before instanceof ObjectNode inner && field.getValue().isObject()) {
                merge(inner, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** A copy that a test may change. */
    Chart copiedTo(Path target) {
        Tree.copy(directory, target);
        return new Chart(target);
    }

    /** Changes one file of a copy, which has to hold what is replaced. */
    Chart changed(String file, String before, String after) throws IOException {
        Path changed = directory.resolve(file);
        String text = Files.readString(changed);
        if (!text.contains(before)) {
            throw new AssertionError(file + " has no '" + before + "'");
        }
        Files.writeString(changed, text.replace(before, after));
        return this;
    }

    static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }
}
