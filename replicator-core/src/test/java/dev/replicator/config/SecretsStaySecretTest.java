package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Values from the environment and from files never appear in a message or a description, wherever they are misused. */
class SecretsStaySecretTest {
    /** Each has the secret in one place where it is wrong, or where a rule of the whole job trips over it. */
    private static final List<String> MISUSES = List.of(
            "stores: { s: { uri: '%s' } }",
            "stores: { s: { uri: 's3://%s@x' } }",
            "stores: { s: { uri: s3://b, endpoint: 'https://u:%s@host' } }",
            "stores: { s: { uri: s3://b, endpoint: '%s' } }",
            "stores: { s: { uri: s3://b, region: '!%s' } }",
            "stores: { s: { uri: s3://b, role-arn: '%s' } }",
            "stores: { s: { uri: s3://b, part-size: '%s' } }",
            "stores: { s: { uri: s3://b, path-style: '%s' } }",
            "stores: { s: { uri: s3://b, capabilities: ['%s'] } }",
            "stores: { s: { uri: s3://b, profile: '%s' } }",
            "jobs: { j: { source: '%s', destination: s3://b } }",
            "jobs: { j: { source: 's3://%s', destination: 's3://%s' } }",
            "jobs: { j: { source: 's3://%s/a', destination: 's3://%s/a/b' } }",
            "jobs: { j: { source: 's3://a/%s', destination: 's3://a' } }",
            "jobs: { j: { source: './%s', destination: '.' } }",
            "jobs: { j: { source: s3://a, destination: s3://b, compare: '%s' } }",
            "jobs: { j: { source: s3://a, destination: s3://b, paths: [ { from: '%s' }, { from: '%s/x' } ] } }",
            "jobs: { j: { source: s3://a, destination: s3://b, paths: [ { from: '.replicator/%s' } ] } }",
            "jobs: { j: { source: s3://a, destination: s3://b, paths: [ { from: 'private/%s', to: 'public/%s' } ] } }",
            "jobs: { j: { source: s3://a, destination: s3://b, control: '%s' } }",
            "jobs: { j: { source: s3://a, destination: s3://b, filter: { exclude: ['[%s'] } } }",
            "jobs: { j: { source: s3://a, destination: s3://b, delete: { max-objects: '%s', max-percent: '%s' } } }",
            "jobs: { j: { source: s3://a, destination: s3://b, retry: { base: '%s' } } }",
            "jobs: { j: { source: s3://a, destination: s3://b, transfer: { bandwidth: '%s', concurrency: '%s' } } }",
            "jobs: { j: { source: s3://a, destination: s3://b, hook: { mode: '%s', deployment-id: '%s' } } }",
            "jobs: { j: { source: s3://a, destination: s3://b, metadata: { set: { expires: '%s' } } } }",
            "server: { listen: '%s', base-path: '%s', hosts: ['%s'], title: '%s', keep-runs: '%s', max-runs: '%s' }",
            "server: { tokens: [ { name: '%s', role: '%s', sha256: '%s' } ] }",
            "server: { database: '%s', database-user: '%s', database-password: '%s' }",
            "server: { database: 'jdbc:postgresql://u:%s@host/name' }",
            "notifications: { silence: '%s', channels: { c: { webhook: { url: '%s', secret: '%s', headers: { '%s': '%s' } } } } }",
            "notifications: { channels: { c: { slack: { url: 'https://%s' }, on: ['%s'], jobs: ['%s'] } } }",
            "notifications: { channels: { c: { email: { server: '%s', user: '', password: '%s', from: '%s', to: ['%s'] } } } }",
            "jobs: { j: { source: s3://a, destination: s3://b, schedules: [ { cron: '%s', zone: '%s', jitter: '%s' } ] } }",
            "version: '%s'");

    private static Path directory;

    @BeforeContainer
    static void createDirectory() throws IOException {
        directory = Files.createTempDirectory("secrets");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 500)
    void neverToldWhereverTheyAreUsed(@ForAll @From("misuses") String misuse, @ForAll @From("secrets") String secret) {
        Setup fromEnvironment = new Setup(directory).with("PLANTED", secret);
        assertThat(said(fromEnvironment, misuse.replace("%s", "${env:PLANTED}")))
                .noneMatch(line -> line.contains(secret));

        Setup fromFile = new Setup(directory);
        fromFile.write("planted", secret);
        assertThat(said(fromFile, misuse.replace("%s", "${file:planted}"))).noneMatch(line -> line.contains(secret));
    }

    @Property(tries = 200)
    void neverToldOfTheOverridingVariables(@ForAll @From("secrets") String secret) {
        Setup setup = new Setup(directory)
                .with("REPLICATOR_MIN_INTERVAL", secret)
                .with("REPLICATOR_LEASE_TTL", secret)
                .with("REPLICATOR_HOOK_MODE", secret)
                .with("REPLICATOR_ENV", secret + "\u0007");

        assertThat(said(setup, Setup.withJob(""))).hasSizeGreaterThan(4).noneMatch(line -> line.contains(secret));
    }

    @Property(tries = 200)
    void neverToldOfALegacyLocationWithCredentials(@ForAll @From("secrets") String secret) throws IOException {
        Files.deleteIfExists(directory.resolve("replicator.yaml"));
        Setup setup = new Setup(directory)
                .with("DEV_STORAGE_BUCKET", "s3://key:" + secret + "@bucket")
                .with("PROD_STORAGE_BUCKET", "prod");

        Configuration configuration = setup.load();

        assertThat(configuration.notConfigured().orElseThrow())
                .contains("DEV_STORAGE_BUCKET")
                .doesNotContain(secret);
        assertThat(configuration.toString()).doesNotContain(secret);
    }

    /** Everything that a user or a log would see. */
    private static List<String> said(Setup setup, String yaml) {
        setup.write("replicator.yaml", yaml);
        List<String> said = new ArrayList<>();
        try {
            Configuration configuration = setup.loader().loadForgiving(Optional.empty());
            Configuration whole = setup.loader().load(Optional.empty());
            said.addAll(whole.warnings());
            said.add(whole.toString());
            said.add(whole.server().toString());
            said.add(whole.notifications().toString());
            said.addAll(configuration.warnings());
            said.add(configuration.toString());
            configuration.jobs().values().forEach(job -> said.add(job.toString()));
            configuration.notConfigured().ifPresent(said::add);
        } catch (ConfigException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                said.add(cause.toString());
            }
            said.addAll(e.problems());
        }
        assertThat(said).isNotEmpty();
        return said;
    }

    @Provide
    Arbitrary<String> misuses() {
        return Arbitraries.of(MISUSES);
    }

    /** Long enough not to stand in a message by chance. */
    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<String> alphanumeric =
                Arbitraries.strings().alpha().numeric().ofMinLength(12).ofMaxLength(40);
        Arbitrary<String> awkward = Arbitraries.strings()
                .withChars("Zq/+=:@%~ .\"\\{}$[]*?#é\u202e")
                .ofMinLength(10)
                .ofMaxLength(30)
                .map(text -> "Zq" + text.strip() + "7w");
        return Arbitraries.oneOf(alphanumeric, awkward);
    }
}
