package dev.replicator.hook.detect;

import static dev.replicator.hook.detect.EnvironmentDetectionTest.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentIdDetectionTest {
    private static final BuildIdentity BUILT = () -> Optional.of(new BuildIdentity.Found("built", "the build"));

    static Stream<String> variables() {
        return Stream.of(
                        List.of(DeploymentIdDetection.VARIABLE),
                        DeploymentIdDetection.REVISIONS,
                        DeploymentIdDetection.DEPLOYMENTS)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("variables")
    void everyVariableOfTheTableNamesTheDeployment(String variable) {
        DetectedDeployment found = detect(Map.of(variable, " 4f2a91 "), BuildIdentity.NONE);

        assertThat(found.id()).contains("4f2a91");
        assertThat(found.reason()).isEqualTo(variable);
    }

    @Test
    void earlierRowsRule() {
        List<String> order = variables().toList();
        Map<String, String> environment = new HashMap<>();
        order.forEach(variable -> environment.put(variable, "of " + variable));

        for (String variable : order) {
            assertThat(detect(environment, BuildIdentity.NONE).id()).contains("of " + variable);
            environment.remove(variable);
        }
    }

    @Test
    void aVariableWithAControlCharacterIsIgnored() {
        assertThat(detect(Map.of(DeploymentIdDetection.VARIABLE, "a\u0007b", "GIT_SHA", "abc"), BUILT)
                        .id())
                .contains("abc");
        assertThat(detect(Map.of("GIT_SHA", "a\nb"), BUILT).id()).contains("built");
    }

    @Test
    void aGivenIdWithAControlCharacterIsRefusedAndNotReplaced() {
        DetectedDeployment found = new DeploymentIdDetection(Map.of("GIT_SHA", "abc"), BUILT)
                .detect(Optional.of("a\u0007b"), Optional.empty());

        assertThat(found.id()).isEmpty();
        assertThat(found.reason()).contains("control character");
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GIT_SHA=abc | abc",
                "REPLIT_DEPLOYMENT_ID=r1 | built",
                "RAILWAY_DEPLOYMENT_ID=d1 | built",
                "GIT_SHA=unknown SOURCE_VERSION=v7 | v7",
                "GIT_SHA= | built"
            })
    void theBuildStandsBetweenRevisionsAndDeploymentNumbers(String variables, String id) {
        assertThat(detect(parse(variables), BUILT).id()).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown", "UNDEFINED", "null", "latest", "HEAD", "dev", "${GIT_SHA}", "$(git rev-parse HEAD)"})
    void placeholdersOfBuildsAreNoId(String placeholder) {
        assertThat(detect(Map.of("GIT_SHA", placeholder), BuildIdentity.NONE).id())
                .isEmpty();
    }

    @Test
    void whatWasSaidExplicitlyIsTakenAsItIs() {
        assertThat(detect(Map.of(DeploymentIdDetection.VARIABLE, "latest"), BuildIdentity.NONE)
                        .id())
                .contains("latest");
    }

    @Test
    void aCallersIdRulesOverTheVariableAndTheVariableOverTheJobs() {
        DeploymentIdDetection detection =
                new DeploymentIdDetection(Map.of(DeploymentIdDetection.VARIABLE, "variable"), BUILT);

        assertThat(detection.detect(Optional.of("flag"), Optional.of("job")).id())
                .contains("flag");
        assertThat(detection.detect(Optional.empty(), Optional.of("job")).id()).contains("variable");
        assertThat(new DeploymentIdDetection(Map.of("GIT_SHA", "abc"), BUILT)
                        .detect(Optional.empty(), Optional.of("job"))
                        .id())
                .contains("job");
    }

    @Test
    void withoutAnyTheReasonNamesTheVariableToSet() {
        DetectedDeployment found = detect(Map.of("HOSTNAME", "web-1"), BuildIdentity.NONE);

        assertThat(found.id()).isEmpty();
        assertThat(found.reason()).contains("REPLICATOR_DEPLOYMENT_ID");
    }

    @Test
    void anEndlessIdIsRefused() {
        DetectedDeployment found = detect(Map.of(DeploymentIdDetection.VARIABLE, "x".repeat(513)), BuildIdentity.NONE);

        assertThat(found.id()).isEmpty();
        assertThat(found.reason()).contains("513").contains("REPLICATOR_DEPLOYMENT_ID");
    }

    private static DetectedDeployment detect(Map<String, String> environment, BuildIdentity build) {
        return new DeploymentIdDetection(environment, build).detect(Optional.empty(), Optional.empty());
    }
}
