package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {
    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    @Test
    void anUnknownKeyIsNamedWithItsPositionAndASuggestion() {
        List<String> problems = setup.problems("""
                version: 1
                stores: { dev: { uri: s3://d }, prod: { uri: s3://p } }
                jobs:
                  media:
                    sourcee: dev
                    source: dev
                    destination: prod
                """);

        assertThat(problems)
                .containsExactly("replicator.yaml:5:5: unknown key 'sourcee' in jobs.media; did you mean 'source'?");
    }

    @Test
    void whatAStoreOfGoogleRefusesAtEveryRunIsRefusedHere() {
        List<String> problems = setup.problems("""
                version: 1
                stores:
                  dev: { uri: "gs://acme-dev", profile: x, role-arn: "arn:aws:iam::123456789012:role/r" }
                  prod: { uri: "gs://acme-prod", expected-bucket-owner: "123456789012" }
                jobs:
                  media: { source: dev, destination: prod }
                """);

        assertThat(problems).hasSize(3);
        assertThat(problems.get(0))
                .contains("replicator.yaml:3:")
                .contains("profile")
                .contains("is S3's");
        assertThat(problems.get(1)).contains("role-arn").contains("GOOGLE_APPLICATION_CREDENTIALS");
        assertThat(problems.get(2)).contains("expected-bucket-owner");
    }

    @Test
    void allProblemsAreTold() {
        List<String> problems = setup.problems("""
                version: 2
                stores:
                  dev: { uri: acme, path-style: autoo }
                  prod: { regionn: x }
                jobs:
                  media:
                    target: prod
                    source: devv
                    compare: etagg
                    retry: { base: 5, max: 1x }
                  same: { source: s3://x/a, destination: s3://x/a/b }
                """);

        assertThat(problems)
                .containsExactly(
                        "replicator.yaml:1:1: version: '2' must be 1",
                        "replicator.yaml:3:10: stores.dev.uri: 'acme' is no location; write s3://bucket/prefix,"
                                + " gs://bucket/prefix, file:///dir, or ./dir for a directory here",
                        "replicator.yaml:3:21: stores.dev.path-style: 'autoo' is none of auto, always, never;"
                                + " did you mean 'auto'?",
                        "replicator.yaml:4:3: stores.prod needs 'uri': Location: s3://bucket/prefix, gs://bucket/prefix,"
                                + " file:///dir or ./dir.",
                        "replicator.yaml:4:11: unknown key 'regionn' in stores.prod; did you mean 'region'?",
                        "replicator.yaml:6:3: jobs.media needs 'destination': What is written: a store's name, or a"
                                + " location.",
                        "replicator.yaml:7:5: unknown key 'target' in jobs.media; did you mean 'destination'?",
                        "replicator.yaml:8:5: jobs.media.source: unknown store 'devv'; did you mean 'dev'? (stores: dev,"
                                + " prod; a directory here is written ./dir)",
                        "replicator.yaml:9:5: jobs.media.compare: 'etagg' is none of size-and-modified, size-only, etag,"
                                + " checksum; did you mean 'etag'?",
                        "replicator.yaml:10:14: jobs.media.retry.base: '5' is not a duration; write 30m, 1h30m, 500ms, 2d or"
                                + " PT30M",
                        "replicator.yaml:10:23: jobs.media.retry.max: '1x' is not a duration; write 30m, 1h30m, 500ms, 2d or"
                                + " PT30M",
                        "replicator.yaml:11:3: jobs.same: source s3://x/a/ and destination s3://x/a/b/ are the same or one"
                                + " lies inside the other");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "compare: 7 | 8:5 | jobs.j.compare: '7' is none of",
                "compare: | 8:5 | jobs.j.compare has no value",
                "compare: '' | 8:5 | jobs.j.compare: '' is none of",
                "compare: [etag] | 8:5 | jobs.j.compare is a list; expected a single value",
                "filter: { include: x } | 8:15 | jobs.j.filter.include is a single value; expected a list",
                "filter: { exclude: ['[a'] } | 8:25 | jobs.j.filter.exclude: '[a' is no filter pattern",
                "filter: { exclude: ['ok', {}] } | 8:31 | jobs.j.filter.exclude is a mapping; expected a single value",
                "filter: 3 | 8:5 | jobs.j.filter is a single value; expected a mapping",
                "filter: { max-size: 5GiB } | 8:15 | unknown key 'max-size' in jobs.j.filter",
                "filter: { modified-after: 30d } | 8:15 | unknown key 'modified-after' in jobs.j.filter",
                "metadata: { copy: yes } | 8:17 | jobs.j.metadata.copy: 'yes' is neither true nor false",
                "metadata: { set: { cache-controll: x } } | 8:24 | jobs.j.metadata.set: 'cache-controll' is no header; did you mean 'cache-control'?",
                "metadata: { set: { replicator-mtime: x } } | 8:24 | jobs.j.metadata.set: 'replicator-mtime' is Replicator's own",
                "metadata: { set: [a] } | 8:17 | jobs.j.metadata.set is a list; expected a mapping",
                "delete: { mode: always } | 8:15 | jobs.j.delete.mode: 'always' is none of never, mirror",
                "delete: { max-percent: 101 } | 8:15 | jobs.j.delete.max-percent: '101' is more than 100 percent",
                "delete: { max-percent: few } | 8:15 | jobs.j.delete.max-percent: 'few' is not a percentage",
                "delete: { max-objects: -1 } | 8:15 | jobs.j.delete.max-objects: '-1' is not between 0 and",
                "delete: { max-objects: 1e3 } | 8:15 | jobs.j.delete.max-objects: '1e3' is not a whole number",
                "transfer: { concurrency: 0 } | 8:17 | jobs.j.transfer.concurrency: '0' is not between 1 and 1024",
                "transfer: { part-size: 1MiB } | 8:17 | jobs.j.transfer.part-size: '1MiB' is too small; 5MiB is the least",
                "transfer: { part-size: 6GiB } | 8:17 | jobs.j.transfer.part-size: '6GiB' is too large; 5GiB is the most",
                "transfer: { bytes-in-flight: 16M } | 8:17 | jobs.j.transfer.bytes-in-flight: '16M' has no unit of bytes",
                "transfer: { bandwidth: fast } | 8:17 | jobs.j.transfer.bandwidth: 'fast' is not a size",
                "retry: { attempts: 0 } | 8:14 | jobs.j.retry.attempts: '0' is not between 1 and 100",
                "retry: { base: 0 } | 8:14 | jobs.j.retry.base: '0' is too short; 1ms is the least",
                "retry: { base: 30s } | 8:5 | jobs.j.retry: base must not be longer than max",
                "hook: { mode: later } | 8:13 | jobs.j.hook.mode: 'later' is none of background, block, validate-only, off",
                "hook: { lease-ttl: 20y } | 8:13 | jobs.j.hook.lease-ttl: '20y' is not a duration",
                "hook: { timeout: 99999d } | 8:13 | jobs.j.hook.timeout: '99999d' is longer than ten years",
                "hook: { on-known-deployment: again } | 8:13 | jobs.j.hook.on-known-deployment: 'again' is none of skip, run",
                "paths: [] | 8:5 | jobs.j.paths: is an empty list",
                "paths: public/ | 8:5 | jobs.j.paths is a single value; expected a list of mappings",
                "paths: [ public/ ] | 8:14 | jobs.j.paths[0] is a single value; expected a mapping with keys such as from",
                "paths: [ { to: a/ } ] | 8:14 | jobs.j.paths[0] needs 'from'",
                "paths: [ { from: /a } ] | 8:16 | jobs.j.paths[0].from: starts with '/'",
                "paths: [ { from: a }, { from: a/b } ] | 5:3 | jobs.j: two paths go to the same place",
                "paths: [ { from: .private/a, to: public/a } ] | 5:3 | jobs.j: path '.private/a/' goes to 'public/a/': a private path never lands under a public one",
                "paths: [ { from: .replicator/x } ] | 5:3 | jobs.j: path '.replicator/x/' is under .replicator/",
                "control: /x | 8:5 | jobs.j.control: starts with '/'",
                "control: x | 5:3 | jobs.j: control 'x/' lies under a path that the job publishes",
                "source: prod | 8:5 | duplicate key 'source'; it stands on line 6 already",
            })
    void aWrongValueIsToldAtItsKey(String body, String position, String message) {
        List<String> problems = setup.problems(Setup.withJob(body));

        assertThat(problems).hasSize(1).first().asString().startsWith("replicator.yaml:" + position + ": " + message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "region: no where | region: 'no where' is not the name of a region",
                "endpoint: s3.internal:9000 | endpoint: must be http:// or https://",
                "endpoint: 'http://a b' | endpoint: is not a URL",
                "path-style: true | path-style: 'true' is none of auto, always, never",
                "checksums: never | checksums: 'never' is none of when-supported, when-required",
                "expected-bucket-owner: 12 | expected-bucket-owner: '12' is not an account id",
                "role-arn: promoter | role-arn: 'promoter' is no role's ARN",
                "links: both | links: 'both' is none of skip, follow",
                "capabilities: tags | capabilities is a single value; expected a list or auto",
                "capabilities: [tagz] | capabilities: 'tagz' is none of",
                "multipart-copy: 6GiB | multipart-copy: '6GiB' is too large; 5GiB is the most",
                "write: { sse: aes } | write.sse: 'aes' is none of AES256, aws:kms",
                "write: { composite-uploads: true } | write.composite-uploads: is for gs:// only",
                "write: { kms-key: k } | write.kms-key: a kms-key goes with sse: aws:kms only",
            })
    void aStoresWrongValueIsTold(String body, String message) {
        List<String> problems = setup.problems("stores:\n  s:\n    uri: s3://b\n    " + body + "\n");

        assertThat(problems).hasSize(1).first().asString().contains(": stores.s." + message);
    }

    @Test
    void credentialsAreSentElsewhereAndNotRepeated() {
        List<String> problems = setup.problems("""
                stores:
                  a: { uri: "s3://KEYID:SECRETKEY@bucket", secret-access-key: SECRETKEY }
                  b: { uri: "s3://b", endpoint: "https://KEYID:SECRETKEY@host" }
                """);

        assertThat(problems).hasSize(3).noneMatch(line -> line.contains("SECRETKEY"));
        assertThat(problems.get(1))
                .endsWith("credentials are never written here: use the SDK's own chain, profile or role-arn");
    }

    @Test
    void aBrokenStoreIsNotReportedAgainByTheJobsThatUseIt() {
        List<String> problems = setup.problems("""
                stores: { dev: { uri: s3://d, requester-pays: maybe }, prod: { uri: nowhere } }
                jobs: { j: { source: dev, destination: prod } }
                """);

        assertThat(problems).hasSize(2).allMatch(line -> line.contains("stores."));
    }

    @Test
    void aJobsNameIsChecked() {
        assertThat(setup.problems("jobs: { 'a/b': { source: s3://a, destination: s3://b } }"))
                .singleElement()
                .asString()
                .startsWith("replicator.yaml:1:9: jobs.a/b: job name 'a/b' may have letters");
    }

    @Test
    void onlySoManyProblemsAreListed() {
        StringBuilder yaml = new StringBuilder("stores:\n");
        for (int i = 0; i < 150; i++) {
            yaml.append("  s").append(i).append(": { uri: nowhere }\n");
        }

        assertThat(setup.problems(yaml.toString()))
                .hasSize(101)
                .last()
                .isEqualTo("replicator.yaml: and 50 more problems");
    }

    @Test
    void hostileKeysAreShownHarmless() {
        List<String> problems = setup.problems("\"evil\\e[2Jkey\\u202e\": 1\n");

        assertThat(problems).singleElement().asString().contains("'evil\\u001B[2Jkey\\u202E'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "~", "\n\n", "\uFEFF"})
    void anEmptyFileIsToldSo(String yaml) {
        assertThat(setup.problems(yaml))
                .containsExactly("replicator.yaml:1:1: the file is empty; a configuration has stores and jobs");
    }

    @Test
    void aByteOrderMarkIsNoProblem() {
        assertThat(setup.problems("\uFEFF" + Setup.withJob(""))).isEmpty();
    }

    @Test
    void aTabIsToldWithItsPlace() {
        assertThat(setup.problems("version: 1\nstores:\n\ta: 1\n"))
                .singleElement()
                .asString()
                .startsWith("replicator.yaml:3:1: is not YAML: found character '\\t(TAB)'");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'version: 1\n---\nversion: 1\n' | 3:1: holds more than one YAML document",
                "'a: &a [*a]' | 1:8: uses an alias whose anchor does not stand before it",
                "'a: *b' | 1:4: uses an alias whose anchor does not stand before it",
                "'<<: 3' | 1:1: merges something that is not a mapping",
                "'? [a]\n: b' | 1:4: is not YAML that a configuration can be written in",
                "'a: [1, 2' | 1:9: is not YAML: expected",
                "'- a' | 1:1: the file holds a list; expected keys: version, stores, jobs, server, notifications",
                "just words | 1:1: the file holds a single value; expected keys: version, stores, jobs, server, notifications",
                "'a: \"\u0001\"' | 1:5: holds a control character",
                "'a: !!binary aGk=' | 1:4: holds a kind of value that a configuration has no use for",
            })
    void whatIsNotOnePlainDocumentIsRefused(String yaml, String problem) {
        assertThat(setup.problems(yaml)).hasSize(1).first().asString().startsWith("replicator.yaml:" + problem);
    }

    @Test
    void anAliasBombDoesNotGoOff() {
        StringBuilder bomb = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String alias = "*l" + (i - 1);
            bomb.append("l" + i + ": &l" + i + " [" + String.join(", ", List.of(alias, alias, alias, alias, alias))
                    + "]\n");
        }

        assertThat(setup.problems(bomb.toString()))
                .singleElement()
                .asString()
                .endsWith("holds more than 50000 values with its aliases written out");
    }

    @Test
    void deepNestingIsRefusedEarly() {
        assertThat(setup.problems("a: " + "[".repeat(500_000)))
                .singleElement()
                .asString()
                .endsWith("is nested deeper than 20 levels");
    }

    @Test
    void aHugeFileIsRefusedUnread() {
        assertThat(setup.problems("# " + "x".repeat(1 << 20)))
                .containsExactly("replicator.yaml:1:1: is larger than 1 MiB, which no configuration needs");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        setup.write("replicator.yaml", "version: 1 # caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(ConfigException.class, setup::load)
                        .problems())
                .containsExactly("replicator.yaml:1:1: is not UTF-8 text");
    }

    @Test
    void theForgivingReadingWarnsWhereAValueCouldAsWellBeLeftOut() {
        setup.write(
                "replicator.yaml",
                Setup.withJob(
                        "hook: { mode: later, min-interval: 1y }\ntransfer: { concurrency: many }\nretry: { base: 1h }"));

        Configuration configuration = setup.loader().loadForgiving(Optional.empty());

        assertThat(configuration.jobs().get("j").hook()).isEqualTo(dev.replicator.job.HookSettings.DEFAULT);
        assertThat(configuration.jobs().get("j").job().retry()).isEqualTo(dev.replicator.store.RetrySettings.DEFAULT);
        assertThat(configuration.warnings())
                .hasSize(4)
                .allMatch(line -> line.endsWith("; its default is used"))
                .first()
                .asString()
                .startsWith("replicator.yaml:8:13: jobs.j.hook.mode: 'later' is none of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete: { max-objects: many }",
                "overwrite: nevr",
                "hook: { modee: off }",
                "filter: { exclude: ['['] }",
                "compare: sizes"
            })
    void theForgivingReadingRefusesWhereADefaultCouldDoHarm(String body) {
        setup.write("replicator.yaml", Setup.withJob(body));

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                ConfigException.class, () -> setup.loader().loadForgiving(Optional.empty()))
                        .problems())
                .hasSize(1);
    }
}
