package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.CommandProbe;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A misspelt replicator.yaml is refused by Helm: a hook with {@code onFailure: warn} would go on without it. */
class ConfigurationSchemaTest {
    private static final Path SCHEMA = Chart.OURS.directory().resolve("values.schema.json");
    private static final Pattern EVERYTHING =
            Pattern.compile("### Everything at once\n\n```yaml\n(.*?)```", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path scratch;

    /** {@code -Dinfra.update=true} writes it. */
    @Test
    void theChartKnowsTheCommandsOwnSchema() throws IOException {
        ObjectNode present = (ObjectNode) JSON.readTree(SCHEMA.toFile());
        ObjectNode expected = present.deepCopy();
        expected.set("$defs", ConfigurationSchema.definitions());
        if (Boolean.getBoolean("infra.update")) {
            Files.writeString(SCHEMA, JSON.writer(printer()).writeValueAsString(expected) + "\n");
            return;
        }

        assertThat(present)
                .as("values.schema.json has the schema of replicator.yaml; after a change of that, run this test with"
                        + " -Dinfra.update=true")
                .isEqualTo(expected);
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(indenter);
        return printer;
    }

    @Test
    void allThatAConfigurationMaySayIsTakenAndSaidAgain() throws IOException {
        Matcher everything = EVERYTHING.matcher(Files.readString(Chart.ROOT.resolve("docs/configuration.md")));
        assertThat(everything.find()).isTrue();
        String text = everything.group(1);
        Manifests objects = Chart.OURS.rendered(
                "config:\n" + text.indent(2),
                "{ mode: cron, cron: { schedules: [ { name: often, schedule: \"*/5 * * * *\" } ] } }");
        Path original = Files.writeString(scratch.resolve("original.yaml"), text);

        Path rendered = RenderedConfiguration.file(objects.only(ConfigMap.class), scratch);

        assertThat(shown(rendered)).contains("jobs:").isEqualTo(shown(original));
    }

    private String shown(Path file) {
        CommandProbe.Ended ended =
                CommandProbe.run(List.of("config", "show", "--quiet", "--config", file.toString()), Map.of(), scratch);
        assertThat(ended.code()).as(ended.said()).isZero();
        return ended.said().replace(file.toString(), "FILE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    jobs: { media: { sourcee: dev } }              | sourcee
                    jobs: { media: { compare: sideways } }         | /config/jobs/media/compare
                    jobs: { media: { delete: { mode: mirorr } } }  | /config/jobs/media/delete
                    stores: { dev: { uri: s3://a, regio: x } }     | regio
                    server: { tokenz: [] }                         | tokenz
                    notification: {}                               | notification
                    """)
    void aMisspeltConfigurationIsRefused(String configuration, String where) throws IOException {
        assertThatThrownBy(() -> Chart.OURS.rendered(Chart.example("hook.yaml"), "config: { " + configuration + " }"))
                .hasMessageContaining(where);
    }
}
