package dev.replicator.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Spring's properties as the tree that a file would hold. */
class GivenPropertiesTest {
    private final ConfigurableEnvironment environment = new StandardEnvironment();

    @Test
    void nestsKeysAndLists() {
        properties(
                "file",
                Map.of(
                        "replicator.jobs.media-files.paths[0].from", "a/",
                        "replicator.jobs.media-files.paths[1].from", "b/",
                        "replicator.jobs.media-files.metadata.set[custom:aclPolicy]", "public",
                        "replicators.other", "x"));

        assertThat(tree())
                .isEqualTo(Map.of(
                        "jobs",
                        Map.of(
                                "media-files",
                                Map.of(
                                        "paths", List.of(Map.of("from", "a/"), Map.of("from", "b/")),
                                        "metadata", Map.of("set", Map.of("custom:aclPolicy", "public"))))));
    }

    @Test
    void aVariableOverridesAKeyAndAddsToAJobWhoseNameItCannotSpell() {
        properties("file", Map.of("replicator.jobs.media-files.source", "./dev"));
        variables(Map.of(
                "REPLICATOR_JOBS_MEDIAFILES_SOURCE", "./other", "REPLICATOR_JOBS_MEDIAFILES_HOOK_LEASETTL", "10s"));

        assertThat(tree())
                .isEqualTo(Map.of(
                        "jobs", Map.of("media-files", Map.of("source", "./other", "hook", Map.of("leasettl", "10s")))));
    }

    @Test
    void variablesWithAMeaningOfTheirOwnAreNoKeys() {
        variables(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_HOOK_MODE", "off", "REPLICATOR_CONFIG", "x"));

        assertThat(tree()).isEmpty();
    }

    @Test
    void aListComesFromOneSource() {
        properties("below", Map.of("replicator.jobs.a.paths[0].from", "a/", "replicator.jobs.a.paths[1].from", "b/"));
        properties("above", Map.of("replicator.jobs.a.paths[0].from", "c/"));

        assertThat(tree()).isEqualTo(Map.of("jobs", Map.of("a", Map.of("paths", List.of(Map.of("from", "c/"))))));
    }

    @Test
    void placeholdersAreSprings() {
        properties("file", Map.of("replicator.jobs.a.source", "s3://${bucket}/${prefix:x}", "bucket", "acme"));

        assertThat(tree()).isEqualTo(Map.of("jobs", Map.of("a", Map.of("source", "s3://acme/x"))));
    }

    @Test
    void placeholdersOfTheFileAreRefusedForSpringWouldTakeTheNameForTheValue() {
        properties("file", Map.of("replicator.jobs.a.source", "s3://${env:BUCKET}"));

        assertThat(GivenProperties.of(environment).problems())
                .singleElement()
                .asString()
                .startsWith("replicator.jobs.a.source: here placeholders are Spring's: write ${NAME}");
    }

    private Map<String, Object> tree() {
        return GivenProperties.of(environment).values();
    }

    private void properties(String name, Map<String, Object> values) {
        environment.getPropertySources().addFirst(new MapPropertySource(name, values));
    }

    private void variables(Map<String, Object> values) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", values));
    }
}
