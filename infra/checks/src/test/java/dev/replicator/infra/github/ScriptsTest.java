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

    /** Those without an ending: what starts the build, the command and the release. */
    private static List<Path> programs() {
        return Stream.concat(
                        Stream.of(".ci", "distribution/src/main/dist/bin")
                                .flatMap(folder -> Tree.files(Tree.file(folder), "").stream()),
                        Stream.of(Tree.file("replicator")))
                .filter(file -> Tree.text(file).matches("(?s)#!\\S*[/ ](env )?(ba)?sh\\n.*"))
                .toList();
    }

    private static Program.Ended linted(Path script, String... options) {
        Path folder = script.getParent();
        return Program.of(folder, Program.needed("shellcheck").toString(), "-x", "-P", folder.toString())
                .words(options)
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
    void whatGoesWrongEndsAScript() {
        assertThat(scripts())
                .filteredOn(script -> Tree.text(script).startsWith("#!"))
                .hasSizeGreaterThan(4)
                .allSatisfy(script -> assertThat(Tree.text(script)).contains("\nset -euo pipefail\n"));
    }

    @Test
    void shellcheckWarnsOfNothingInPrograms() {
        assertThat(programs())
                .extracting(file -> file.getFileName().toString())
                .contains("run", "set-version", "rehearse-release", "replicator", "replicator-archive");
        assertThat(programs()).allSatisfy(script -> {
            Program.Ended ended = linted(script, "--severity=warning");
            assertThat(ended.exit()).as(ended.said()).isZero();
        });
    }

    @Test
    void aCarelessProgramIsFound() throws IOException {
        Path broken = Files.writeString(
                directory.resolve("run"),
                Tree.text(".ci/run") + "\nf() { local all=(1 2); cd /nowhere; echo $all; }\n");

        assertThat(linted(broken, "--severity=warning").exit()).isEqualTo(1);
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
