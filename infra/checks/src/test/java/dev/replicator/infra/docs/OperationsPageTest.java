package dev.replicator.infra.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.exit.ExitCode;
import dev.replicator.execute.DeleteGate;
import dev.replicator.infra.Anchors;
import dev.replicator.infra.Tree;
import dev.replicator.job.DeletePolicy;
import dev.replicator.plan.Action;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The runbook has a part for each exit code and each guard of the code. */
class OperationsPageTest {
    private static final String PAGE = Tree.text("docs/operations.md");
    private static final String SECURITY = Tree.text("SECURITY.md");
    /** Where the code refuses, and the part of the page that says what to do. */
    private static final Map<String, String> REFUSING = Map.of(
            "replicator-core/src/main/java/dev/replicator/Preparation.java", "one-bucket-under-two-names",
            "deploy-hook/hook/src/main/java/dev/replicator/hook/Decider.java", "a-marker-of-a-newer-version",
            "deploy-hook/hook/src/main/java/dev/replicator/hook/LeasedRuns.java", "a-marker-of-a-newer-version",
            "cli/src/main/java/dev/replicator/cli/session/Consent.java", "nobody-consented",
            "cli/src/main/java/dev/replicator/cli/remote/ServerClient.java", "the-plan-was-not-approved",
            "replicator-core/src/main/java/dev/replicator/GatePassage.java", "nobody-consented",
            "deploy-hook/hook/src/main/java/dev/replicator/hook/Decider.java#UNSAFE_STORE", "an-unsafe-store");

    private static final String SPOOL = "replicator-core/src/main/java/dev/replicator/execute/DeleteSpool.java";
    private static final Action.Delete DELETE =
            new Action.Delete(0, new ObjectMeta(ObjectKey.of("a"), 1, Instant.EPOCH, new Version("1")));

    private static final Pattern REFUSES = Pattern.compile(
            "(?:Problem\\.Kind|ExitCode)\\.REFUSED,|return ExitCode\\.REFUSED;|new End\\.Refused\\(|Verdict\\.CLOSED, \"");

    @ParameterizedTest
    @EnumSource
    void everyExitCodeHasAPart(ExitCode code) {
        assertThat(PAGE).containsPattern("(?m)^### Exit codes? (?:\\d+ and )?" + code.number() + "\\b");
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void everySentenceOfTheGateIsOnThePage(String sentence) {
        String generalised = sentence.replaceAll("\\d+%?|file:\\S+", "…").strip();

        assertThat(PAGE.contains(generalised)).as(generalised).isTrue();
    }

    static Stream<String> sentences() {
        DeletePolicy never = DeletePolicy.NEVER;
        DeletePolicy two = new DeletePolicy(DeletePolicy.Mode.MIRROR, 2, 100);
        DeletePolicy some = new DeletePolicy(DeletePolicy.Mode.MIRROR, 1000, 10);
        DeleteGate.Facts fine = new DeleteGate.Facts("", true, 0, 25);
        return Stream.of(
                judged(never, fine),
                judged(some, new DeleteGate.Facts("", false, 0, 25)),
                judged(some, new DeleteGate.Facts("file:///gone", true, 0, 25)),
                judged(some, new DeleteGate.Facts("", true, 7, 25)),
                judged(two, fine),
                judged(some, fine),
                written(some, "x", 0).replace(": x", ": …"),
                written(some, "", 7));
    }

    private static String judged(DeletePolicy policy, DeleteGate.Facts facts) {
        try (DeleteGate gate = waiting(policy)) {
            return closed(gate.judge(facts));
        }
    }

    private static String written(DeletePolicy policy, String then, long failures) {
        try (DeleteGate gate = waiting(policy)) {
            return closed(gate.judgeWritten(then, failures));
        }
    }

    private static String closed(DeleteGate.Verdict verdict) {
        assertThat(verdict.open()).isFalse();
        return verdict.reason();
    }

    private static DeleteGate waiting(DeletePolicy policy) {
        DeleteGate gate = new DeleteGate(policy);
        for (int i = 0; i < 3; i++) {
            gate.hold(DELETE);
        }
        return gate;
    }

    @Test
    void everyPlaceThatRefusesHasAPart() {
        Set<String> found = Stream.of("replicator-core", "deploy-hook/hook", "cli", "server")
                .flatMap(module -> Tree.files(Tree.file(module + "/src/main/java"), ".java").stream())
                .filter(file -> REFUSES.matcher(Tree.text(file)).find())
                .map(OperationsPageTest::name)
                .filter(file -> !file.endsWith("/cli/command/Runs.java")) // hands on what LeasedRuns says
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(REFUSING.keySet().stream().filter(place -> !place.contains("#")))
                .containsExactlyInAnyOrderElementsOf(found);
        assertThat(REFUSING.values()).allMatch(Anchors.of(PAGE)::contains);
    }

    @Test
    void sentencesOfOtherGuardsAreTheCodes() {
        String flat = PAGE.replaceAll("\\s+", " ");
        Matcher quoted = Pattern.compile(
                        "`((?:deletes can't|source|the marker|the job's marker|this run may|consent)[^`]*)`")
                .matcher(flat.substring(flat.indexOf("## Guards")));
        String code = Stream.concat(REFUSING.keySet().stream(), Stream.of(SPOOL))
                .filter(place -> !place.contains("#"))
                .map(place -> Tree.text(place).replaceAll("\"\\s*\\+\\s*\"", ""))
                .collect(Collectors.joining("\n"));

        assertThat(quoted.results().map(sentence -> sentence.group(1)))
                .hasSizeGreaterThan(4)
                .allSatisfy(sentence -> {
                    for (String part : sentence.split("…")) {
                        assertThat(code.contains(part.strip())).as(part).isTrue();
                    }
                });
    }

    @Test
    void everyOptionNamedExists() {
        String command = Tree.files(Tree.file("cli/src/main/java"), ".java").stream()
                .map(Tree::text)
                .collect(Collectors.joining());

        assertThat(Pattern.compile("(?<![\\w-])--[a-z][a-z-]+")
                        .matcher(PAGE + SECURITY)
                        .results())
                .hasSizeGreaterThan(8)
                .allSatisfy(option -> assertThat(command.contains("\"" + option.group() + "\""))
                        .as(option.group())
                        .isTrue());
    }

    private static String name(Path file) {
        return Tree.root().relativize(file).toString();
    }
}
