package dev.replicator.infra.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the chart makes of an example with every option set, object for object: who changes a template sees, and shows a
 * reviewer, what that means for a cluster. {@code -Dinfra.update=true} writes the files anew.
 */
class RenderedExamplesTest {
    private static final Path FILES = Tree.file("infra/checks/src/test/resources/dev/replicator/infra/kubernetes");
    private static final Pattern RELEASED =
            Pattern.compile("(app\\.kubernetes\\.io/version|helm\\.sh/chart|checksum/config): \"[^\"\\n]+\"");

    @ParameterizedTest
    @ValueSource(strings = {"hook", "cron", "server"})
    void itIsWhatItWasWhenSomebodyLookedAtIt(String mode) throws IOException {
        String rendered = withoutReleases(Chart.OURS
                .rendered(Chart.example(mode + ".yaml"), Files.readString(FILES.resolve("options.yaml")))
                .text());
        Path file = FILES.resolve("rendered-" + mode + ".yaml");
        if (Boolean.getBoolean("infra.update")) {
            Files.writeString(file, rendered);
        }

        assertThat(rendered)
                .as("after a change of the chart, look at it with -Dinfra.update=true")
                .isEqualTo(Tree.text(file));
    }

    /** Without what every release changes. */
    private static String withoutReleases(String rendered) {
        return RELEASED.matcher(rendered).replaceAll("$1: \"RELEASED\"");
    }
}
