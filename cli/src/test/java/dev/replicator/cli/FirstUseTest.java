package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on the first day, and what is said then. */
class FirstUseTest {
    @TempDir
    Path directory;

    @BeforeEach
    void source() {
        Directories.put(directory.resolve("out"), "a.txt", "a");
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    private static long times(String word, String text) {
        return text.lines().filter(line -> line.contains(word)).count();
    }

    private void configured(String text) throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), text);
    }

    @Test
    void aHookOfANamedJobTellsWhatIsWrongWithTheFile() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "version: 1\nbogus: 2\n");

        Invocation.Ended bad =
                run("hook", "media", "-c", "bad.yaml", "--env", "production").expect(0);
        Invocation.Ended missing =
                run("hook", "media", "-c", "nofile.yaml", "--env", "production").expect(0);

        assertThat(bad.out()).startsWith("NOT_CONFIGURED").contains("bogus").doesNotContain("environment variables");
        assertThat(missing.out()).startsWith("NOT_CONFIGURED").contains("nofile.yaml");
        run("hook", "media", "-c", "bad.yaml", "--env", "production", "--on-failure", "fail")
                .expect(2);
    }

    @Test
    void aHooksResultIsSaidOnce() {
        Invocation.Ended ended = run("hook", "--env", "production").expect(0);

        assertThat(ended.out()).startsWith("NOT_CONFIGURED");
        assertThat(ended.err()).doesNotContain("NOT_CONFIGURED");
    }

    @Test
    void aHooksFailureIsOnStderrWhereStdoutIsForScripts() {
        Invocation.Ended ended =
                run("hook", "--env", "production", "-o", "json").expect(0);

        assertThat(ended.json().path("result").asText()).isEqualTo("NOT_CONFIGURED");
        assertThat(times("NOT_CONFIGURED", ended.err())).isOne();
    }

    @Test
    void warningsOfTheConfigurationAreSaidOnce() throws IOException {
        configured("""
                version: 1
                stores: { dev: { uri: ./out }, prod: { uri: ./prod } }
                jobs: { media: { source: dev, destination: prod } }
                """);

        Invocation surrounding =
                Invocation.in(directory).with("REPLICATOR_MIN_INTERVAL", "soon").with("PRIVATE_OBJECT_DIR", "x");
        String hook = surrounding
                .run("hook", "--env", "production", "--deployment-id", "v1")
                .expect(0)
                .err();
        String status = Invocation.in(directory)
                .with("PRIVATE_OBJECT_DIR", "x")
                .run("status")
                .expect(0)
                .err();

        assertThat(times("REPLICATOR_MIN_INTERVAL is ignored", hook)).isOne();
        assertThat(times("ignored, since there is a configuration file", hook)).isOne();
        assertThat(times("ignored, since there is a configuration file", status))
                .isOne();
    }

    @Test
    void aBareWordAsADestinationIsTakenForADirectoryAloud() throws IOException {
        String said = "'acme-prod' is taken for a directory here; a bucket is s3://acme-prod or gs://acme-prod, a"
                + " directory ./acme-prod";

        assertThat(times(said, run("plan", "./out", "acme-prod").expect(0).err()))
                .isOne();
        assertThat(times(said, run("sync", "./out", "acme-prod").expect(0).err()))
                .isOne();
        assertThat(run("sync", "./out", "acme-prod").expect(0).err()).doesNotContain("is taken for");
        assertThat(run("sync", "./out", "./other").expect(0).err()).doesNotContain("is taken for");
    }

    @Test
    void aListOfKeysOnStdoutLeavesTheSummaryToStderr() throws IOException {
        Files.createDirectories(directory.resolve("prod"));

        Invocation.Ended ended =
                run("validate", "./out", "./prod", "--write-missing", "-").expect(3);

        assertThat(ended.out()).isEqualTo("a.txt\n");
        assertThat(ended.err()).contains("Not valid: ").containsPattern("Missing +1");
    }

    @Test
    void anEndpointIsForS3Only() {
        Invocation.Ended google = run("sync", "./out", "gs://acme-prod", "--endpoint", "http://127.0.0.1:9")
                .expect(2);

        assertThat(google.err())
                .contains("--endpoint is of S3-compatible servers")
                .contains("--destination-endpoint");
        assertThat(run("plan", "gs://acme-dev", "./x", "--endpoint", "http://127.0.0.1:9")
                        .expect(2)
                        .err())
                .contains("--source-endpoint");
    }

    @Test
    void anEndpointWithoutABucketIsNotSilentlyIgnored() {
        assertThat(run("sync", "./out", "./copy", "--endpoint", "http://127.0.0.1:9")
                        .expect(2)
                        .err())
                .contains("no side is s3://");
    }

    @Test
    void aFileThatCantBeMadeIsSaidBeforeAnythingIsDone() {
        assertThat(run("sync", "./out", "./copy", "--report", "no/such/report.jsonl")
                        .expect(2)
                        .err())
                .contains("no/such/report.jsonl: there is no such folder");
        assertThat(run("validate", "./out", "./copy", "--write-missing", "no/such/keys")
                        .expect(2)
                        .err())
                .contains("no/such/keys: there is no such folder");
        assertThat(directory.resolve("copy")).doesNotExist();
    }

    @Test
    void aSourceWithNothingInItIsSaid() throws IOException {
        Files.createDirectories(directory.resolve("empty"));

        Invocation.Ended ended = run("sync", "./empty", "./copy").expect(0);

        assertThat(times("nothing is there under file://", ended.err())).isOne();
        assertThat(ended.err()).doesNotContain("empty//");
        assertThat(run("sync", "./out", "./copy").expect(0).err()).doesNotContain("nothing is there");
        assertThat(run("validate", "./empty", "./none").err()).contains("nothing is there under");
        assertThat(run("sync", "./empty", "./copy", "--delete", "--yes", "--path", "typo/")
                        .err())
                .contains("/empty/typo/")
                .doesNotContain("//typo", "typo//");
    }

    @Test
    void whatWasLeftAloneWithoutANameSaysHowToHaveItNamed() throws IOException {
        Files.createSymbolicLink(directory.resolve("out/link"), Path.of("a.txt"));

        Invocation.Ended hinted = run("sync", "./out", "./copy");
        Invocation.Ended named = run("sync", "./out", "./copy", "--show-skipped");

        assertThat(hinted.out()).contains("1 left alone (--show-skipped names them)");
        assertThat(named.out()).contains("1 left alone").contains("link").doesNotContain("names them");
    }

    @Test
    void aMistypedWordIsMetWithTheOneThatWasMeant() {
        assertThat(run("snyc", "./out", "./copy").expect(2).err()).contains("did you mean 'sync'?");
        assertThat(run("sync", "./out", "./copy", "--dryrun").expect(2).err()).contains("did you mean '--dry-run'?");
    }

    @Test
    void aLimitThatIsNoNumberIsSaidToBeNone() {
        assertThat(run("sync", "./out", "./copy", "--max-delete", "abc")
                        .expect(2)
                        .err())
                .contains("'abc' is neither a number of objects");
    }

    @Test
    void aFileThatIsNoPlanIsSaidToBeNone() throws IOException {
        Files.writeString(directory.resolve("bad.yaml"), "version: 1\n");

        assertThat(run("apply", "bad.yaml").expect(2).err())
                .contains("bad.yaml")
                .contains("not a plan file");
    }

    @Test
    void theHelpNamesGooglesVariablesAndWhatDriftTakes() {
        assertThat(run("help", "environment").expect(0).out())
                .contains("gs://", "GOOGLE_APPLICATION_CREDENTIALS", "STORAGE_EMULATOR_HOST");
        assertThat(run("help", "exit-codes").expect(0).out()).contains("drift found something");
        assertThat(run("drift", "--help").expect(0).out()).contains("JOB").doesNotContain("SOURCE DESTINATION");
    }
}
