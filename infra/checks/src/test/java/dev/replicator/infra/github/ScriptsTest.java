package dev.replicator.infra.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScriptsTest {
    @TempDir
    Path directory;

    private static List<Path> scripts() {
        return Stream.of("infra", ".github")
                .flatMap(folder -> Tree.files(Tree.file(folder), ".sh").stream())
                .toList();
    }

    private static Program.Ended linted(Path script) {
        Path folder = script.getParent();
        return Program.of(folder, Program.needed("shellcheck").toString(), "-x", "-P", folder.toString())
                .words(script.toString())
                .run();
    }

    @Test
    void shellcheckFindsNothing() {
        assertThat(scripts()).hasSizeGreaterThan(4).allSatisfy(script -> {
            Program.Ended ended = linted(script);
            assertThat(ended.exit()).as(ended.said()).isZero();
        });
    }

    @Test
    void aWordThatMaySplitIsFound() throws IOException {
        Path script = directory.resolve("comment.sh");
        Files.writeString(
                script,
                Tree.text("infra/github-action/comment.sh").replace("rm -rf \"$work\"", "rm -rf $work")
                        + "\nrm -rf $work\n");

        assertThat(linted(script).exit()).isEqualTo(1);
    }

    @Test
    void aSkippedTestIsNotTakenForOneThatRan() throws IOException {
        Path ran = report("ran", "tests=\"3\" errors=\"0\" skipped=\"0\"");
        Path skipped = report("skipped", "tests=\"1\" errors=\"0\" skipped=\"1\"");
        Path some = report("some", "tests=\"9\" errors=\"0\" skipped=\"1\"");
        Path none = report("none", "tests=\"0\" errors=\"0\" skipped=\"0\"");

        assertThat(mustHaveRun(ran)).isZero();
        assertThat(mustHaveRun(some)).isZero();
        assertThat(mustHaveRun(skipped)).isEqualTo(1);
        assertThat(mustHaveRun(none)).isEqualTo(1);
        assertThat(mustHaveRun(directory.resolve("missing.xml"))).isEqualTo(1);
    }

    private Path report(String name, String counts) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".xml"), "<?xml version=\"1.0\"?>\n<testsuite name=\"x\" " + counts + ">\n");
    }

    private int mustHaveRun(Path report) {
        return Program.of(
                        directory,
                        "bash",
                        Tree.file(".github/scripts/must-have-run.sh").toString())
                .words(report.toString())
                .run()
                .exit();
    }
}
