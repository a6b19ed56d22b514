package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.DeletePolicy;
import dev.replicator.store.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    private String profile(String text) {
        return setup.load("stores: { s: { uri: s3://b, profile: '" + text + "' } }")
                .stores()
                .get("s")
                .profile()
                .orElse("<absent>");
    }

    @Test
    void aVariableIsFilledInAnywhereInAText() {
        setup.with("TEAM", "acme").with("STAGE", "prod");

        assertThat(profile("${env:TEAM}")).isEqualTo("acme");
        assertThat(profile("x-${env:TEAM}-${env:STAGE}-y")).isEqualTo("x-acme-prod-y");
    }

    @Test
    void aDefaultHoldsWhereTheVariableIsUnsetOrEmpty() {
        setup.with("EMPTY", "");

        assertThat(profile("${env:NOBODY:dev}")).isEqualTo("dev");
        assertThat(profile("${env:EMPTY:dev}")).isEqualTo("dev");
        assertThat(profile("${env:NOBODY:a:b}")).isEqualTo("a:b");
        assertThat(profile("${env:NOBODY:}")).isEqualTo("<absent>");
        assertThat(profile("${env:EMPTY}")).isEqualTo("<absent>");
    }

    @Test
    void aDefaultMayAskForAnotherVariable() {
        setup.with("SECOND", "two");

        assertThat(profile("${env:FIRST:${env:SECOND:three}}")).isEqualTo("two");
        assertThat(profile("${env:FIRST:${env:THIRD:three}}")).isEqualTo("three");
    }

    @Test
    void whatIsFilledInIsNotLookedAtAgain() {
        setup.with("SLY", "${env:OTHER}").with("OTHER", "no");

        assertThat(profile("${env:SLY}")).isEqualTo("${env:OTHER}");
    }

    @Test
    void doubledBracesStandForThemselves() {
        assertThat(profile("${{env:HOME}}")).isEqualTo("${env:HOME}");
        assertThat(profile("a $ b {c} $d")).isEqualTo("a $ b {c} $d");
    }

    @Test
    void aFilesContentIsFilledInTrimmed() {
        setup.write("secret", "  acme\n");

        assertThat(profile("${file:" + directory.resolve("secret") + "}")).isEqualTo("acme");
        assertThat(profile("${file:secret}")).isEqualTo("acme");
    }

    @Test
    void everyKindOfValueCanBeFilledIn() {
        setup.with("MODE", "mirror").with("MAX", "5").with("PATTERN", "*.tmp").with("SIDE", "dev");
        Configuration configuration = setup.load("""
                stores: { dev: { uri: s3://a }, prod: { uri: "s3://${env:SIDE}-prod" } }
                jobs:
                  j:
                    source: ${env:SIDE}
                    destination: prod
                    delete: { mode: "${env:MODE}", max-objects: "${env:MAX}" }
                    filter: { exclude: [ "${env:PATTERN}" ] }
                    metadata: { set: { cache-control: "max-age=${env:MAX}" } }
                """);

        var job = configuration.jobs().get("j").job();
        assertThat(job.source().uri().bucket()).isEqualTo("a");
        assertThat(job.destination().uri().bucket()).isEqualTo("dev-prod");
        assertThat(job.delete()).isEqualTo(new DeletePolicy(DeletePolicy.Mode.MIRROR, 5, 10));
        assertThat(job.filter().includes(ObjectKey.of("x.tmp"))).isFalse();
        assertThat(job.metadata().set()).containsEntry("cache-control", "max-age=5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:NOBODY} | the environment variable NOBODY is not set, and '${env:NOBODY}' has no default",
                "${env:NOBODY:${env:ELSE}} | the environment variable ELSE is not set, and '${env:ELSE}' has no default",
                "${env:} | '${env:…}' needs the name of a variable",
                "${env:A B} | '${env:…}' needs the name of a variable",
                "${HOME} | only ${env:NAME}, ${env:NAME:default} and ${file:/path} can be filled in; ${{x}} stands for ${x} itself",
                "${env:HOME | a '${' is not closed",
                "${{env:HOME} | a '${' is not closed",
                "${file:missing} | the file of '${file:missing}' is not there, or is no regular file",
                "${file:.} | the file of '${file:.}' is not there, or is no regular file",
                "${file:large} | the file of '${file:large}' is larger than 64 KiB",
                "${file:bytes} | the file of '${file:bytes}' is not UTF-8 text",
            })
    void whatCannotBeFilledInIsAProblemAtItsKey(String text, String problem) {
        setup.write("large", "x".repeat((64 << 10) + 1));
        setup.write("bytes", new byte[] {(byte) 0xC3, 0x28});

        assertThat(setup.problems("stores:\n  s:\n    uri: s3://b\n    profile: '" + text + "'\n"))
                .containsExactly("replicator.yaml:4:5: stores.s.profile: " + problem);
    }

    @Test
    void aFileOfExactlyTheLimitIsRead() throws Exception {
        setup.write("edge", "x" + "\n".repeat((64 << 10) - 1));

        assertThat(Files.size(directory.resolve("edge"))).isEqualTo(64 << 10);
        assertThat(profile("${file:edge}")).isEqualTo("x");
    }

    @Test
    void defaultsWithinDefaultsEndSomewhere() {
        String nested = "x";
        for (int i = 0; i < 50; i++) {
            nested = "${env:NOBODY:" + nested + "}";
        }

        assertThat(setup.problems("stores: { s: { uri: s3://b, profile: '" + nested + "' } }"))
                .singleElement()
                .asString()
                .endsWith("defaults within defaults go deeper than 8");
    }
}
