package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern TESTED = Pattern.compile("<!-- test -->\n```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FENCED = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    @Test
    void theQuickStartWorksAsPrinted() throws IOException {
        List<String> lines = TESTED.matcher(text("README.md"))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();

        assertThat(lines).isNotEmpty().allMatch(line -> line.startsWith("./replicator "));
        for (String line : lines) {
            Invocation.in(directory)
                    .run(ShellWords.of(line).stream().skip(1).toList())
                    .expect(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/exit-codes.md", "docs/server.md", "SECURITY.md", "CONTRIBUTING.md"})
    void everyOptionNamedExists(String file) throws IOException {
        assertThat(HelpTest.optionsIn(text(file)).stream()
                        .filter(option -> !option.equals("--remove") && !option.equals("--version")))
                .allMatch(HelpTest::existsSomewhere);
    }

    @Test
    void everyCommandInAFenceParses() throws IOException {
        List<String> lines = FENCED.matcher(text("README.md"))
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.replaceAll(" +#.*$", "").replaceAll("^([A-Z_]+=\\S+ )+", ""))
                .toList();

        assertThat(lines).hasSizeGreaterThan(8);
        for (String line : lines) {
            List<String> words = ShellWords.of(line);
            assertThat(words.get(0)).isEqualTo("./replicator");
            HelpTest.tree().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyExitCodeIsDocumented(ExitCode code) throws IOException {
        assertThat(text("docs/exit-codes.md")).containsPattern("(?m)^\\| .*\\b" + code.number() + "\\b");
    }
}
