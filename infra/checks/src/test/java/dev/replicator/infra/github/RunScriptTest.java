package dev.replicator.infra.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code run.sh} with the command itself, over directories. */
@Timeout(120)
class RunScriptTest {
    private static final String SCRIPT = Tree.file("infra/github-action/run.sh").toString();

    @TempDir
    Path directory;

    private Path command;

    /** What a step left behind. */
    private record Step(Program.Ended ended, String summary, Map<String, String> outputs) {}

    @BeforeEach
    void twoSides() throws IOException {
        Program.needed("jq");
        Files.createDirectories(directory.resolve("dev"));
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(directory.resolve("dev/a.txt"), "a");
        Files.writeString(directory.resolve("replicator.yaml"), """
                jobs:
                  media: { source: ./dev, destination: ./prod }
                  mirror: { source: ./dev, destination: ./prod, delete: { mode: mirror } }
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command = script(
                "replicator",
                "exec '" + java + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' dev.replicator.cli.Main \"$@\"");
    }

    private Path script(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Step step(String... settings) throws IOException {
        Files.deleteIfExists(directory.resolve("summary.md"));
        Files.deleteIfExists(directory.resolve("output.txt"));
        Program program = Program.of(directory, "bash", SCRIPT)
                .with("GITHUB_STEP_SUMMARY", directory.resolve("summary.md").toString())
                .with("GITHUB_OUTPUT", directory.resolve("output.txt").toString())
                .with("RUNNER_TEMP", directory.toString())
                .with("INPUT_COMMAND", command.toString());
        for (int i = 0; i < settings.length; i += 2) {
            program = program.with(settings[i], settings[i + 1]);
        }
        Program.Ended ended = program.run();
        Map<String, String> outputs = new LinkedHashMap<>();
        if (Files.exists(directory.resolve("output.txt"))) {
            for (String line : Files.readAllLines(directory.resolve("output.txt"))) {
                outputs.put(line.split("=", 2)[0], line.split("=", 2)[1]);
            }
        }
        Path summary = directory.resolve("summary.md");
        return new Step(ended, Files.exists(summary) ? Files.readString(summary) : "", outputs);
    }

    @Test
    void aPullRequestSeesAPlanAndNothingIsWritten() throws IOException {
        Files.writeString(directory.resolve("dev/``` <img src=x> %0A::error::.txt"), "b");

        Step step = step("GITHUB_EVENT_NAME", "pull_request", "INPUT_JOB", "media");

        assertThat(step.ended().exit()).as(step.ended().said()).isZero();
        assertThat(step.outputs())
                .containsEntry("exit-code", "3")
                .containsEntry("changes", "true")
                .containsEntry("outcome", "SUCCEEDED");
        assertThat(step.summary())
                .startsWith("<!-- replicator:media -->")
                .contains("| 2 | 0 | 0 | 0 | 0 |", "+ a.txt", "+ ··· <img src=x> %0A::error::.txt")
                .contains("Exit code **3**");
        assertThat(Path.of(step.outputs().get("plan"))).isNotEmptyFile();
        assertThat(Files.readString(Path.of(step.outputs().get("comment")))).isEqualTo(step.summary());
        assertThat(directory.resolve("prod")).isEmptyDirectory();
    }

    @Test
    void aPlanIsAppliedAsItWasMade() throws IOException {
        Step plan = step("INPUT_MODE", "plan", "INPUT_JOB", "media");
        Files.writeString(directory.resolve("dev/later.txt"), "b");

        Step apply = step("INPUT_MODE", "apply", "INPUT_PLAN", plan.outputs().get("plan"));

        assertThat(apply.ended().exit()).as(apply.ended().said()).isZero();
        assertThat(directory.resolve("prod/a.txt")).hasContent("a");
        assertThat(directory.resolve("prod/later.txt")).doesNotExist();
        assertThat(apply.outputs()).containsEntry("changes", "true").doesNotContainKey("comment");
        assertThat(apply.summary()).contains("**SUCCEEDED**", "| 1 | 0 |");
    }

    @Test
    void theMainBranchSyncs() throws IOException {
        Files.writeString(directory.resolve("prod/a.txt"), "a");

        Step step = step("GITHUB_EVENT_NAME", "push", "INPUT_JOB", "media");

        assertThat(step.ended().exit()).as(step.ended().said()).isZero();
        assertThat(step.outputs()).containsEntry("outcome", "NOTHING_TO_DO").containsEntry("changes", "false");
    }

    @Test
    void deletesNeedTheWordYes() throws IOException {
        Files.writeString(directory.resolve("prod/extra.txt"), "x");

        Step without = step("INPUT_MODE", "sync", "INPUT_JOB", "mirror");
        Step with = step("INPUT_MODE", "sync", "INPUT_JOB", "mirror", "INPUT_YES", "true");

        assertThat(without.ended().exit()).isEqualTo(5);
        assertThat(without.ended().said()).contains("::error title=Replicator::sync ended with 5: refused by a guard");
        assertThat(without.summary()).contains("Exit code **5**", "there is no terminal to ask at");
        assertThat(with.ended().exit()).as(with.ended().said()).isZero();
        assertThat(directory.resolve("prod/extra.txt")).doesNotExist();
    }

    @Test
    void whatUsersGiveIsNeitherAnOptionNorAScript() throws IOException {
        command = script("tells", "for word in \"$@\"; do echo \"word=$word\" >&2; done");

        Step option = step("INPUT_MODE", "sync", "INPUT_JOB", "--help");
        Step code =
                step("INPUT_MODE", "sync", "INPUT_JOB", "$(touch injected) `touch injected`; *", "INPUT_CONFIG", "a b");
        Step mode = step("INPUT_MODE", "serve");

        assertThat(words(option)).endsWith("--", "--help");
        assertThat(words(code))
                .containsExactly(
                        "sync",
                        "-o",
                        "json",
                        "--color",
                        "never",
                        "--config=a b",
                        "--",
                        "$(touch injected) `touch injected`; *");
        assertThat(directory.resolve("injected")).doesNotExist();
        assertThat(mode.ended().exit()).isEqualTo(2);
        assertThat(words(mode)).isEmpty();
    }

    private static List<String> words(Step step) {
        return step.ended()
                .said()
                .lines()
                .filter(line -> line.startsWith("word="))
                .map(line -> line.substring("word=".length()))
                .toList();
    }

    @Test
    void theLogTakesNoCommandsWhileTheCommandSpeaks() throws IOException {
        command = script("chatty", "echo '::error::from a key' >&2; exit 1");

        String said = step("INPUT_MODE", "sync").ended().said();

        String fence = said.lines()
                .filter(line -> line.startsWith("::stop-commands::"))
                .map(line -> line.substring("::stop-commands::".length()))
                .findFirst()
                .orElseThrow();
        assertThat(fence).hasSize(32);
        assertThat(said.indexOf("::error::from a key"))
                .isBetween(said.indexOf(fence), said.lastIndexOf("::" + fence + "::"));
    }

    @ParameterizedTest
    @EnumSource
    void everyExitCodeIsHandedOn(ExitCode code) throws IOException {
        command = script("ends", "exit " + code.number());

        Step sync = step("INPUT_MODE", "sync");

        assertThat(sync.ended().exit()).isEqualTo(code.number());
        assertThat(sync.outputs()).containsEntry("exit-code", Integer.toString(code.number()));
        assertThat(sync.ended().said().contains("::error title=")).isEqualTo(code != ExitCode.OK);
        if (code != ExitCode.FAILED) {
            assertThat(sync.ended().said()).doesNotContain(": failed");
        }
    }
}
