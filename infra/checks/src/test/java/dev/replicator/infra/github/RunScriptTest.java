package dev.replicator.infra.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code run.sh} with the command itself, over directories. */
@Timeout(120)
class RunScriptTest {
    private static final String SCRIPT = Tree.file("infra/github-action/run.sh").toString();

    private static final String EVENT = "{\"repository\":{\"default_branch\":\"main\"}}";

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

    private Path tellsItsWords() throws IOException {
        return script("tells", "for word in \"$@\"; do echo \"word=$word\" >&2; done");
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
                .contains("| 2 | 0 | 0 | 0 | 0 |")
                .contains("+ ··· <img src=x> %0A::error::.txt\n+ a.txt\n```\n\n`+` copied")
                .contains("</details>\n\nExit code **3**");
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

        Step step = on("push", "refs/heads/main", EVENT, "INPUT_JOB", "media");

        assertThat(step.ended().exit()).as(step.ended().said()).isZero();
        assertThat(step.outputs()).containsEntry("outcome", "NOTHING_TO_DO").containsEntry("changes", "false");
    }

    private Step on(String event, String ref, String payload, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        Collections.addAll(all, "GITHUB_EVENT_NAME", event, "GITHUB_REF", ref, "GITHUB_EVENT_PATH");
        all.add(Files.writeString(directory.resolve("event.json"), payload).toString());
        return step(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "push, refs/heads/main, sync",
        "schedule, refs/heads/main, sync",
        "workflow_dispatch, refs/heads/main, sync",
        "pull_request, refs/pull/7/merge, plan",
        "pull_request_target, refs/heads/main, plan",
        "merge_group, refs/heads/gh-readonly-queue/main/pr-7-0a1b2c, plan",
    })
    void theEventDecidesWhatIsDone(String event, String ref, String mode) throws IOException {
        command = tellsItsWords();

        assertThat(words(on(event, ref, EVENT))).startsWith(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "push, refs/heads/feature",
        "push, refs/tags/main",
        "push, refs/heads/feature/main",
        "push, ''",
        "schedule, refs/heads/feature",
        "workflow_dispatch, refs/heads/feature",
        "release, refs/heads/main",
        "issue_comment, refs/heads/main",
        "workflow_run, refs/heads/main",
        "pullrequest, refs/heads/main",
        "'', refs/heads/main",
    })
    void nothingElseIsWrittenByItself(String event, String ref) throws IOException {
        command = tellsItsWords();

        Step step = on(event, ref, EVENT);

        assertThat(step.ended().exit()).isEqualTo(2);
        assertThat(words(step)).isEmpty();
        assertThat(step.ended().said()).contains("::error title=Replicator::mode auto", "default branch", "mode: sync");
    }

    @Test
    void aScheduleNeedsNoPayloadAndAPushDoes() throws IOException {
        command = tellsItsWords();

        assertThat(words(on("schedule", "refs/heads/main", "{\"schedule\":\"0 2 * * *\"}")))
                .startsWith("sync");
        assertThat(words(on("push", "refs/heads/main", "{}"))).isEmpty();
        assertThat(words(on("push", "refs/heads/", "{\"repository\":{\"default_branch\":\"\"}}")))
                .isEmpty();
        assertThat(words(on("push", "refs/heads/main", "no JSON"))).isEmpty();
        assertThat(words(step("GITHUB_EVENT_NAME", "push", "GITHUB_REF", "refs/heads/main")))
                .isEmpty();
    }

    @Test
    void keysCannotHideInWhatPeopleRead() throws IOException {
        command = script("reports", """
                while [ $# -gt 0 ]; do [ "$1" = --out ] && plan=$2; shift; done
                cat report.json
                cat plan.json >"$plan"
                printf 'failed: a\\342\\200\\256gpj.exe`|\\tb\\n' >&2
                exit 4""");
        String hostile = "a\u202egpj.exe\u2028## b\u2029c\u2066d\u200be\u0085f";
        Files.writeString(directory.resolve("report.json"), """
                {"job":"media","source":"%s","destination":"%s","outcome":"PARTIAL","copied":1,"overwritten":0,"deleted":0,
                 "metadataUpdated":0,"unchanged":0,"skipped":0,"stale":0,"failed":1,"bytes":1,"gate":{"planned":0}}
                """.formatted(hostile, "x".repeat(201)));
        Files.writeString(
                directory.resolve("plan.json"),
                "{\"header\":1}\n"
                        + Stream.of(hostile, "k".repeat(200), "l".repeat(201))
                                .map(key -> "{\"op\":\"copy\",\"key\":\"" + key + "\"}\n")
                                .collect(Collectors.joining()));

        String summary = step("INPUT_MODE", "plan").summary();

        assertThat(summary)
                .contains("`a·gpj.exe·## b·c·d·e·f` to `" + "x".repeat(199) + "…`: ")
                .contains("+ a·gpj.exe·## b·c·d·e·f\n")
                .contains("+ " + "k".repeat(200) + "\n", "+ " + "l".repeat(199) + "…\n")
                .contains("\nfailed: a·gpj.exe'| b\n")
                .doesNotContainPattern("[\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cc}&&[^\\n]]");
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
        command = tellsItsWords();

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
    @CsvSource({"999, 999 B", "1500, 1.5 kB", "2540000, 2.5 MB", "3000000000, 3 GB"})
    void bytesAreToldInTheirUnits(long bytes, String told) throws IOException {
        Files.writeString(directory.resolve("report.json"), """
                {"job":"media","source":"a","destination":"b","outcome":"SUCCEEDED","copied":1,"overwritten":0,"deleted":0,
                 "metadataUpdated":0,"unchanged":0,"skipped":0,"stale":0,"failed":0,"bytes":%d,"gate":{"planned":0}}
                """.formatted(bytes));
        command = script("reports", "cat report.json");

        assertThat(step("INPUT_MODE", "sync").summary()).contains("| 0 | " + told + " |\n");
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
