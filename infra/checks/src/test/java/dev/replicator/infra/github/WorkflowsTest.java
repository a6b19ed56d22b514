package dev.replicator.infra.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.replicator.infra.NodeTools;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkflowsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern USES = Pattern.compile("(?m)^\\s*(?:- )?uses: (\\S+)");
    /** By its major version or a commit: never by a branch. */
    private static final Pattern TAKEN = Pattern.compile("[\\w-]+/[\\w/-]+@(?:v\\d+(?:\\.\\d+\\.\\d+)?|[0-9a-f]{40})");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{");

    @TempDir
    Path directory;

    private static List<Path> own() {
        return Tree.files(Tree.file(".github/workflows"), ".yml");
    }

    private static List<Path> samples() {
        return List.of(Tree.file("infra/github-action/workflow.yml"), Tree.file("infra/github-action/approved.yml"));
    }

    private static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(Tree.text(file));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Program.Ended linted(List<Path> files) {
        return NodeTools.node("lint-workflows.mjs")
                .words(files.stream().map(Path::toString).toArray(String[]::new))
                .run();
    }

    private static Program.Ended action(Path file) {
        return NodeTools.node("node_modules/@action-validator/cli/cli.mjs")
                .words(file.toString())
                .run();
    }

    @Test
    void actionlintFindsNothing() {
        Program.Ended ended =
                linted(Stream.concat(own().stream(), samples().stream()).toList());

        assertThat(own()).isNotEmpty();
        assertThat(ended.exit()).as(ended.said()).isZero();
    }

    @Test
    void aMistypedExpressionAndKeyAreFound() throws IOException {
        Path broken = directory.resolve("broken.yml");
        Files.writeString(
                broken,
                Tree.text(samples().get(0))
                        .replace("github.event_name == 'push'", "github.evnt_name == 'push'")
                        .replace("environment: production", "enviroment: production"));

        Program.Ended ended = linted(List.of(broken));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.said()).contains("evnt_name").contains("enviroment");
    }

    @Test
    void theActionIsOne() throws IOException {
        Path broken = directory.resolve("action.yml");
        Files.writeString(
                broken, Tree.text("infra/github-action/action.yml").replace("using: composite", "using: compose"));

        Program.Ended good = action(Tree.file("infra/github-action/action.yml"));

        assertThat(good.exit()).as(good.said()).isZero();
        assertThat(action(broken).exit()).isNotZero();
    }

    @Test
    void noJobMayMoreThanRead() {
        for (Path file : own()) {
            JsonNode workflow = yaml(file);
            if (file.getFileName().toString().equals("release.yml")) {
                assertThat(workflow.path("jobs")
                                .path("release")
                                .path("permissions")
                                .toString())
                        .isEqualTo("{\"contents\":\"write\",\"packages\":\"write\"}");
                assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
                continue;
            }
            assertThat(workflow.path("permissions").toString())
                    .as(file.toString())
                    .isEqualTo("{\"contents\":\"read\"}");
            workflow.path("jobs")
                    .forEach(job -> assertThat(job.has("permissions")).isFalse());
            workflow.path("jobs")
                    .forEach(job ->
                            assertThat(job.path("timeout-minutes").asInt()).isPositive());
        }
        for (Path file : samples()) {
            JsonNode workflow = yaml(file);
            assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
            workflow.path("jobs")
                    .forEach(job -> job.path("permissions")
                            .properties()
                            .forEach(granted -> assertThat(
                                            granted.getValue().asText().equals("read")
                                                    || Set.of("id-token", "pull-requests")
                                                            .contains(granted.getKey()))
                                    .as(file + " " + granted)
                                    .isTrue()));
        }
    }

    /** Reviewers and branch rules hang on the environment; without its name a job that writes would wait for nobody. */
    @Test
    void whatWritesIsHeldByTheEnvironmentAndNeverCancelled() {
        for (Path file : samples()) {
            JsonNode workflow = yaml(file);
            assertThat(workflow.path("concurrency").path("group").asText()).startsWith("media");
            assertThat(workflow.path("concurrency").path("cancel-in-progress").asText("false"))
                    .isIn("false", "${{ github.event_name == 'pull_request' }}");
            assertThat(workflow.path("jobs")).hasSize(2).allSatisfy(job -> {
                assertThat(mode(job)).isIn("plan", "sync", "apply");
                boolean writes = !mode(job).equals("plan");
                assertThat(job.path("environment").asText()).isEqualTo(writes ? "production" : "");
                assertThat(job.path("steps").findValuesAsText("role-to-assume"))
                        .singleElement()
                        .asString()
                        .endsWith(writes ? "/replicator-sync" : "/replicator-plan");
                assertThat(job.path("permissions").path("id-token").asText()).isEqualTo("write");
            });
        }
    }

    private static String mode(JsonNode job) {
        return job.path("steps").findValuesAsText("mode").stream().findFirst().orElse("");
    }

    @Test
    void noTokenIsLeftInACheckout() {
        for (Path file : samples()) {
            yaml(file)
                    .path("jobs")
                    .forEach(job -> assertThat(job.path("steps"))
                            .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
                            .isNotEmpty()
                            .allMatch(step -> step.path("with")
                                    .path("persist-credentials")
                                    .asText("true")
                                    .equals("false")));
        }
    }

    @Test
    void actionsAreTakenByVersion() {
        Stream<Path> files = Stream.of(own(), samples(), List.of(Tree.file("infra/github-action/action.yml")))
                .flatMap(List::stream);

        assertThat(files.flatMap(WorkflowsTest::uses)).hasSizeGreaterThan(8).allMatch(TAKEN.asMatchPredicate());
        assertThat("actions/checkout@main").doesNotMatch(TAKEN);
    }

    @Test
    void nothingThatUsersGiveBecomesAPartOfAScript() {
        JsonNode action = yaml(Tree.file("infra/github-action/action.yml"));

        assertThat(action.path("runs").path("steps").findValuesAsText("run"))
                .hasSize(2)
                .noneMatch(script -> EXPRESSION.matcher(script).find());
        for (Path file : own()) {
            assertThat(yaml(file).findValuesAsText("run"))
                    .isNotEmpty()
                    .noneMatch(script -> EXPRESSION.matcher(script).find());
        }
    }

    @Test
    void everyInputIsUsedAndExplained() {
        JsonNode action = yaml(Tree.file("infra/github-action/action.yml"));
        String readme = Tree.text("infra/github-action/README.md");
        String steps = action.path("runs").toString();

        action.path("inputs").fieldNames().forEachRemaining(name -> {
            assertThat(steps).contains("inputs." + name);
            assertThat(readme).contains("| `" + name + "` |");
        });
        action.path("outputs")
                .fieldNames()
                .forEachRemaining(name -> assertThat(readme).contains("`" + name + "`"));
    }

    private static Stream<String> uses(Path file) {
        return USES.matcher(Tree.text(file)).results().map(found -> found.group(1));
    }
}
