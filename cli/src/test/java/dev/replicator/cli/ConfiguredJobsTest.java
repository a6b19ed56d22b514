package dev.replicator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.Replicator;
import dev.replicator.config.ConfigLoader;
import dev.replicator.config.Configuration;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.Leases;
import dev.replicator.hook.lease.Timing;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredJobsTest {
    private static final String ONE_JOB = """
            version: 1
            stores:
              dev: { uri: ./dev }
              prod: { uri: ./prod }
            jobs:
              media:
                source: dev
                destination: prod
                paths: [ { from: public/, to: www/ } ]
                hook: { lease-ttl: 1s }
            """;

    @TempDir
    Path directory;

    private Path prod;

    @BeforeEach
    void oneJob() throws IOException {
        prod = directory.resolve("prod");
        Files.createDirectories(prod);
        Directories.put(directory.resolve("dev"), "public/a.txt", "a");
        Directories.put(directory.resolve("dev"), "public/img/b.png", "b");
        Directories.put(directory.resolve("dev"), "private/c.txt", "c");
        Files.writeString(directory.resolve("replicator.yaml"), ONE_JOB);
    }

    private Invocation.Ended run(String... words) {
        return Invocation.in(directory).run(words);
    }

    @Test
    void theOnlyJobNeedsNoName() {
        run("sync").expect(0);

        assertThat(Directories.content(prod)).containsOnlyKeys("www/a.txt", "www/img/b.png");
    }

    @Test
    void namesInTheLogAreTheDestinations() {
        assertThat(run("sync", "media").expect(0).out()).contains("✓ Synced: www/a.txt (0.00 KB)");
    }

    @Test
    void aPathNarrowsTheJobAndKeepsItsMapping() {
        run("sync", "media", "--path", "public/img").expect(0);

        assertThat(Directories.content(prod)).containsOnlyKeys("www/img/b.png");
    }

    @Test
    void aPathOutsideTheJobIsRefused() {
        assertThat(run("sync", "media", "--path", "private/").expect(2).err())
                .contains("outside")
                .contains("public/");
        assertThat(Directories.everything(prod)).isEmpty();
    }

    @Test
    void aPlanOfAJobIsAppliedToThatJob() {
        run("plan", "media", "--path", "public/img/", "--out", "media.plan").expect(0);

        run("apply", "media.plan").expect(0);

        assertThat(Directories.content(prod)).containsOnlyKeys("www/img/b.png");
    }

    @Test
    void severalJobsAndNoNameListsThem() throws IOException {
        Files.writeString(
                directory.resolve("replicator.yaml"),
                ONE_JOB + "  docs: { source: dev, destination: prod, paths: [ { from: private/, to: docs/ } ] }\n");

        assertThat(run("sync").expect(2).err()).contains("media").contains("docs");
        assertThat(run("sync", "medai").expect(2).err())
                .contains("no job 'medai'")
                .contains("media, docs");
    }

    @Test
    void withoutAnyJobTheErrorSaysWhatToGive() throws IOException {
        Files.delete(directory.resolve("replicator.yaml"));

        assertThat(run("sync").expect(2).err()).contains("SOURCE and DESTINATION");
        assertThat(run("sync", "./dev").expect(2).err()).contains("SOURCE and DESTINATION");
    }

    @Test
    void aTypoInTheFileIsShownWithItsPlace() throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), ONE_JOB.replace("destination:", "destinaton:"));

        Invocation.Ended ended = run("plan").expect(2);

        assertThat(ended.err()).contains("replicator.yaml:8:").contains("destination");
    }

    @Test
    void aRunKeepsItsReportBesideTheJobAndReleasesTheLease() {
        run("sync").expect(0);

        assertThat(Directories.everything(prod).keySet())
                .anyMatch(key -> key.matches("\\.replicator/media/runs/.*\\.json"));
        JsonNode status = run("status", "-o", "json").expect(0).json();
        assertThat(status.path("lease").path("held").asBoolean()).isFalse();
        assertThat(status.path("lastRuns")).hasSize(1);
        assertThat(directory.resolve("home")).doesNotExist();
    }

    @Test
    void aJobThatAnotherRunsIsLocked() throws Exception {
        ReplicationJob job = ReplicationJob.of(StoreUri.parse("dev", directory), StoreUri.parse("prod", directory))
                .withName("media");
        Timing timing = Timing.system(Clock.systemUTC());
        LeaseOwner other = new LeaseOwner("other", "elsewhere", 1, "v7", timing.now(), Duration.ofMinutes(5));
        try (ControlObjects control = new ControlObjects(Replicator.create().openControl(job))) {
            Leases leases = new Leases(control, timing, other);
            Lease lease = leases.take(leases.look()).orElseThrow();

            Invocation.Ended ended = run("sync").expect(7);

            assertThat(ended.err()).contains("elsewhere");
            Invocation.in(directory).terminated().run("sync").expect(143);
            assertThat(Directories.content(prod)).isEmpty();
            lease.release();
        }
        run("sync").expect(0);
    }

    @Test
    void configShowsWhatIsInForce() {
        JsonNode shown = run("config", "show", "-o", "json").expect(0).json();

        assertThat(shown.path("jobs").path("media").path("delete").path("mode").asText())
                .isEqualTo("never");
        assertThat(run("config", "show").expect(0).out()).contains("uri: ").contains("media:");
    }

    @Test
    void whatConfigShowsIsAFileThatMeansTheSame() throws IOException {
        Files.writeString(directory.resolve("replicator.yaml"), """
                version: 1
                stores:
                  dev: { uri: ./dev, links: follow }
                  prod:
                    uri: s3://acme-prod/site
                    region: eu-west-1
                    expected-bucket-owner: "123456789012"
                    capabilities: [create-only-write, server-side-copy]
                    part-size: 8MiB
                    write: { storage-class: STANDARD_IA, sse: "aws:kms", kms-key: alias/media }
                jobs:
                  media:
                    source: dev
                    destination: prod
                    filter: { include: ["**", "[!a]*.css"], exclude: ["tmp/**"] }
                    metadata: { strict: true, set: { cache-control: "max-age=60, public" } }
                    transfer: { concurrency: 7, bandwidth: 50MiB/s, part-size: 32MiB }
                    retry: { attempts: 3, deadline: 1m30s }
                    hook: { min-interval: 90m, timeout: 45m }
                  pages: { source: ./pages, destination: prod, filter: { include: ["*.html"] } }
                  rest: { source: ./rest, destination: prod, filter: { exclude: ["*.html"] } }
                """);
        Configuration read = new ConfigLoader(directory, Map.of()).load(Optional.empty());

        String shown = run("config", "show").expect(0).out();
        Path again = Files.writeString(directory.resolve("again.yaml"), shown);
        Configuration reread = new ConfigLoader(directory, Map.of()).load(Optional.of(again));

        assertThat(shown).contains("deadline: 1m30s", "min-interval: 1h30m", "strict: true", "destination: prod");
        assertThat(reread.stores()).isEqualTo(read.stores());
        assertThat(reread.jobs().keySet()).isEqualTo(read.jobs().keySet());
        read.jobs()
                .forEach((name, config) -> assertThat(
                                reread.jobs().get(name).job().withName("x"))
                        .usingRecursiveComparison()
                        .ignoringFields("control")
                        .isEqualTo(config.job().withName("x")));
    }

    @Test
    void configIsValidatedWithoutContactingAnything() throws IOException {
        assertThat(run("config", "validate").expect(0).out()).contains("✓").contains("media");
        Files.writeString(directory.resolve("replicator.yaml"), ONE_JOB + "bogus: 1\n");
        assertThat(run("config", "validate").expect(2).err()).contains("bogus");
    }

    @Test
    void theSchemaIsJson() {
        assertThat(run("config", "schema").expect(0).json().path("properties").has("jobs"))
                .isTrue();
    }

    @Test
    void statusHasTheContractsFields() {
        JsonNode status = run("status", "--counts", "-o", "json").expect(0).json();

        assertThat(status.properties().stream().map(Map.Entry::getKey))
                .contains(
                        "environment",
                        "configured",
                        "configuredReason",
                        "hookActive",
                        "hookReason",
                        "deployment",
                        "marker",
                        "lease",
                        "deferred",
                        "lastRuns",
                        "source",
                        "destination");
        assertThat(status.path("source").path("objects").asInt()).isEqualTo(2);
        assertThat(status.path("destination").path("bytes").asInt()).isZero();
        assertThat(run("status").expect(0).out())
                .contains("Environment:  development")
                .contains("Applied:      nothing yet");
    }

    @Test
    void statusWithoutAccessIsNoMereFailure() throws IOException {
        Directories.put(prod, ".replicator/media/marker.json", "torn");
        assertThat(run("status").expect(1).err()).contains("marker.json");
        try (Stream<Path> files = Files.walk(directory.resolve("dev"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        assertThat(run("status", "--counts").expect(6).err()).contains("dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "plan", "validate", "status", "config show", "config validate"})
    void aVariableThatCantBeUsedIsRefusedBeforeAnythingIsContacted(String command) throws IOException {
        Invocation.Ended ended = Invocation.in(directory)
                .with("REPLICATOR_LEASE_TTL", "soon")
                .with("REPLICATOR_HOOK_MODE", "blok")
                .run(command.split(" "))
                .expect(2);

        assertThat(ended.err()).contains("REPLICATOR_LEASE_TTL", "REPLICATOR_HOOK_MODE", "did you mean 'block'");
        assertThat(Directories.everything(prod)).isEmpty();
    }

    @Test
    void warningsOfTheConfigurationAreToldOnce() {
        Invocation.Ended ended =
                Invocation.in(directory).with("DEV_STORAGE_BUCKET", "unused").run("sync");

        assertThat(ended.expect(0).err().split("DEV_STORAGE_BUCKET", -1)).hasSize(2);
    }

    @Test
    void statusIsStaleUntilARunSucceeded() {
        run("status", "--fail-if-stale", "1h").expect(3);
        run("sync").expect(0);
        run("status", "--fail-if-stale", "1h").expect(0);
        run("status", "--fail-if-stale", "0").expect(3);
    }
}
