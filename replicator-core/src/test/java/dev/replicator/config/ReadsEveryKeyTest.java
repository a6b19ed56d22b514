package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.job.CompareMode;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.HookSettings;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadsEveryKeyTest {
    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    @Test
    void aStoreWithEveryKey() {
        Configuration configuration = setup.load("""
                version: 1
                stores:
                  all:
                    uri: s3://bucket/some/folder
                    region: eu-west-1
                    endpoint: https://s3.internal:9000/
                    path-style: always
                    checksums: when-required
                    requester-pays: true
                    expected-bucket-owner: 012345678901
                    profile: acme
                    role-arn: arn:aws:iam::222222222222:role/promoter
                    project: acme-billing
                    links: follow
                    capabilities: [create-only-write, tags]
                    multipart-copy: 1GiB
                    multipart-upload: 32MiB
                    part-size: 8MiB
                    write: { storage-class: STANDARD_IA, sse: "aws:kms", kms-key: alias/prod, acl: bucket-owner-full-control }
                """);

        assertThat(configuration.stores()).containsOnlyKeys("all");
        assertThat(configuration.stores().get("all"))
                .isEqualTo(new StoreSettings(
                        new StoreUri("s3", "bucket", KeyPrefix.of("some/folder/")),
                        Optional.of("https://s3.internal:9000"),
                        Optional.of("eu-west-1"),
                        Optional.of("acme"),
                        Optional.of("arn:aws:iam::222222222222:role/promoter"),
                        StoreSettings.PathStyle.ALWAYS,
                        StoreSettings.Checksums.WHEN_REQUIRED,
                        true,
                        Optional.of("012345678901"),
                        new WriteSettings(
                                Optional.of("STANDARD_IA"),
                                Optional.of("aws:kms"),
                                Optional.of("alias/prod"),
                                Optional.of("bucket-owner-full-control")),
                        Optional.of(Set.of(Capability.CREATE_ONLY_WRITE, Capability.TAGS)),
                        StoreSettings.Links.FOLLOW,
                        new TransferSizes(1L << 30, 32L << 20, 8L << 20),
                        Optional.of("acme-billing")));
        assertThat(configuration.notConfigured()).contains("replicator.yaml defines no jobs");
    }

    @Test
    void whatIsWrittenToGoogleHasItsOwnSettings() {
        Configuration configuration = setup.load("""
                stores: { one: { uri: gs://bucket, write: { kms-key: projects/p/locations/l/keyRings/r/cryptoKeys/k,
                                                             composite-uploads: true } } }
                """);

        assertThat(configuration.stores().get("one").write().kmsKey())
                .contains("projects/p/locations/l/keyRings/r/cryptoKeys/k");
        assertThat(configuration.stores().get("one").write().compositeUploads()).isTrue();
    }

    @Test
    void aStoreWithItsLocationOnlyHasTheDefaults() {
        Configuration configuration = setup.load("stores: { one: { uri: s3://bucket } }");

        assertThat(configuration.stores().get("one"))
                .isEqualTo(StoreSettings.of(new StoreUri("s3", "bucket", KeyPrefix.NONE)));
    }

    @Test
    void anEmptyTextMeansAbsentWhereTheContractShowsOne() {
        Configuration configuration = setup.load("""
                stores:
                  one: { uri: "s3://bucket", region: "", endpoint: "", expected-bucket-owner: "", profile: "", role-arn: "",
                         capabilities: auto, write: { storage-class: "", sse: "", kms-key: "", acl: "" } }
                  two: { uri: "s3://bucket", region: , endpoint: ~, profile: "${env:NOBODY:}", capabilities: , write: }
                """);

        StoreSettings defaults = StoreSettings.of(new StoreUri("s3", "bucket", KeyPrefix.NONE));
        assertThat(configuration.stores().values()).containsExactly(defaults, defaults);
        assertThat(setup.job("{ control: '', transfer: { bandwidth: '' } }"
                                .replaceAll("^\\{ | \\}$", "")
                                .replace(", ", "\n"))
                        .job())
                .isEqualTo(setup.job("").job());
    }

    @Test
    void aJobWithEveryKey() {
        JobConfig config = setup.job("""
                paths: [ { from: public/, to: www/ }, { from: .private/shared } ]
                filter: { include: ["*.jpg"], exclude: ["tmp/**"], preset: os-junk }
                compare: checksum
                overwrite: if-newer
                on-drift: keep
                metadata: { copy: false, tags: false, set: { Cache-Control: "public, max-age=60", custom:note: hi }, compare: true, strict: true }
                delete: { mode: mirror, max-objects: 7, max-percent: 2.5% }
                transfer: { concurrency: 12, part-size: 64MiB, bytes-in-flight: 1GiB, bandwidth: 50MiB/s, requests-per-second: 300 }
                retry: { attempts: 3, base: 1s, max: 1m, deadline: PT1H }
                hook: { mode: block, environment: staging, deployment-id: v1.2, min-interval: 1h30m, on-failure: fail,
                        on-known-deployment: run, lease-ttl: 45s, wait-lock: 0, timeout: 2d }
                control: ops/replicator
                """);

        ReplicationJob job = config.job();
        TransferSizes sizes = new TransferSizes(5L << 30, 16L << 20, 64L << 20);
        assertThat(job.name()).contains("j");
        assertThat(job.source())
                .isEqualTo(StoreSettings.of(new StoreUri("s3", "dev-bucket", KeyPrefix.NONE))
                        .withSizes(sizes));
        assertThat(job.destination())
                .isEqualTo(StoreSettings.of(new StoreUri("s3", "prod-bucket", KeyPrefix.NONE))
                        .withSizes(sizes));
        assertThat(job.paths())
                .containsExactly(
                        new PrefixPair(KeyPrefix.of("public/"), KeyPrefix.of("www/")),
                        PrefixPair.same(".private/shared"));
        assertThat(job.compare()).isEqualTo(CompareMode.CHECKSUM);
        assertThat(job.overwrite()).isEqualTo(OverwriteMode.IF_NEWER);
        assertThat(job.onDrift()).isEqualTo(DriftPolicy.KEEP);
        assertThat(job.metadata())
                .isEqualTo(new MetadataPolicy(
                        false, false, Map.of("cache-control", "public, max-age=60", "custom:note", "hi"), true, true));
        assertThat(job.delete()).isEqualTo(new DeletePolicy(DeletePolicy.Mode.MIRROR, 7, 2.5));
        assertThat(job.transfer())
                .isEqualTo(new TransferSettings(OptionalInt.of(12), 1L << 30, OptionalLong.of(50L << 20), 300));
        assertThat(job.retry())
                .isEqualTo(new RetrySettings(3, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1)));
        assertThat(job.control()).contains(KeyPrefix.of("ops/replicator/"));
        assertThat(config.hook())
                .isEqualTo(new HookSettings(
                        HookSettings.Mode.BLOCK,
                        Optional.of("staging"),
                        Optional.of("v1.2"),
                        Duration.ofMinutes(90),
                        true,
                        HookSettings.OnFailure.FAIL,
                        HookSettings.OnKnownDeployment.RUN,
                        Duration.ofSeconds(45),
                        Duration.ZERO,
                        Duration.ofDays(2)));
    }

    @Test
    void aJobWithoutMoreThanItsTwoSidesHasTheDefaults() {
        JobConfig config = setup.job("");

        assertThat(config.job())
                .isEqualTo(ReplicationJob.of(
                                new StoreUri("s3", "dev-bucket", KeyPrefix.NONE),
                                new StoreUri("s3", "prod-bucket", KeyPrefix.NONE))
                        .withName("j"));
        assertThat(config.hook()).isEqualTo(HookSettings.DEFAULT);
    }

    @Test
    void theContractsSampleLoads() {
        Configuration configuration = setup.load("""
                version: 1
                stores:
                  dev:  { uri: "s3://acme-dev-media" }
                  prod: { uri: "s3://acme-prod-media", region: eu-west-1, endpoint: "", path-style: auto, checksums: when-supported,
                          requester-pays: false, expected-bucket-owner: "", write: { storage-class: "", sse: "", kms-key: "", acl: "" } }
                jobs:
                  media:
                    source: dev
                    destination: prod
                    paths: [ { from: public/, to: public/ }, { from: .private/shared/, to: .private/shared/ } ]
                    filter: { include: ["**"], exclude: ["tmp/**"], preset: none }
                    compare: size-and-modified            # size-only | etag | checksum
                    overwrite: if-different               # never | if-newer
                    metadata: { copy: true, tags: true, set: {}, compare: false, strict: false }
                    delete: { mode: never, max-objects: 1000, max-percent: 10 }
                    transfer: { concurrency: auto, part-size: auto, bytes-in-flight: 256MiB, bandwidth: "", requests-per-second: 0 }
                    retry: { attempts: 6, base: 200ms, max: 20s, deadline: 10m }
                    hook: { mode: background, environment: auto, deployment-id: auto, min-interval: 1h, on-failure: warn,
                            on-known-deployment: skip, lease-ttl: 30s, wait-lock: 5m, timeout: 30m }
                    control: ""
                """);

        JobConfig media = configuration.jobs().get("media");
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.notConfigured()).isEmpty();
        assertThat(configuration.file()).contains(directory.resolve("replicator.yaml"));
        assertThat(media.job())
                .usingRecursiveComparison()
                .ignoringFields("filter")
                .isEqualTo(ReplicationJob.of(
                                configuration.stores().get("dev"),
                                configuration.stores().get("prod"))
                        .withName("media")
                        .withPaths(List.of(PrefixPair.same("public"), PrefixPair.same(".private/shared"))));
        assertThat(media.job().filter().includes(ObjectKey.of("a/b"))).isTrue();
        assertThat(media.job().filter().includes(ObjectKey.of("tmp/b"))).isFalse();
        assertThat(media.hook()).isEqualTo(HookSettings.DEFAULT.withMinInterval(Duration.ofHours(1)));
    }

    @Test
    void theJunkPresetExcludesWhatSystemsLeaveBehind() {
        KeyFilter filter = setup.job("filter: { preset: os-junk }").job().filter();

        assertThat(List.of(
                        ".DS_Store",
                        "a/.DS_Store",
                        "Thumbs.db",
                        "a.tmp",
                        "x/b.txt~",
                        "n.swp",
                        "o.bak",
                        ".gitkeep",
                        ".git/config",
                        "a/node_modules/x/y.js"))
                .noneMatch(key -> filter.includes(ObjectKey.of(key)));
        assertThat(List.of("a.jpg", "tmp/x", "git/x", "node_modules", "a.tmpl", ".github/x"))
                .allMatch(key -> filter.includes(ObjectKey.of(key)));
    }

    @Test
    void excludesGoBeforeIncludes() {
        KeyFilter filter = setup.job("filter: { include: ['*.jpg'], exclude: ['raw/'] }")
                .job()
                .filter();

        assertThat(filter.includes(ObjectKey.of("a.jpg"))).isTrue();
        assertThat(filter.includes(ObjectKey.of("raw/a.jpg"))).isFalse();
        assertThat(filter.includes(ObjectKey.of("a.png"))).isFalse();
    }

    @Test
    void aJobMayNameLocationsInsteadOfStores() {
        JobConfig config = setup.load("jobs: { j: { source: gs://dev/media, destination: ./out } }")
                .jobs()
                .get("j");

        assertThat(config.job().source().uri()).isEqualTo(new StoreUri("gs", "dev", KeyPrefix.of("media/")));
        assertThat(config.job().destination().uri().bucket())
                .isEqualTo(directory.resolve("out").toAbsolutePath().normalize().toString());
    }

    @Test
    void relativeDirectoriesResolveAgainstTheWorkingDirectory() {
        Configuration configuration = setup.load("stores: { here: { uri: ./data }, up: { uri: ../data/ } }");

        assertThat(configuration.stores().get("here").uri().bucket())
                .isEqualTo(directory.resolve("data").toAbsolutePath().toString());
        assertThat(configuration.stores().get("up").uri().bucket())
                .isEqualTo(directory.resolveSibling("data").toAbsolutePath().toString());
    }

    @Test
    void jobsAndStoresKeepTheFilesOrder() {
        Configuration configuration = setup.load("""
                stores: { z: { uri: s3://z }, a: { uri: s3://a }, m: { uri: s3://m } }
                jobs: { y: { source: z, destination: a }, b: { source: a, destination: m } }
                """);

        assertThat(configuration.stores().keySet()).containsExactly("z", "a", "m");
        assertThat(configuration.jobs().keySet()).containsExactly("y", "b");
    }

    @Test
    void anchorsAndMergeKeysSpareRepetition() {
        Configuration configuration = setup.load("""
                stores:
                  a: &acme { uri: s3://a, region: eu-west-1, profile: acme }
                  b: { <<: *acme, uri: s3://b }
                jobs:
                  one: { source: a, destination: b, filter: &junk { preset: os-junk } }
                  two: { source: b, destination: a, filter: *junk }
                """);

        assertThat(configuration.stores().get("b").region()).contains("eu-west-1");
        assertThat(configuration.stores().get("b").uri().bucket()).isEqualTo("b");
        assertThat(configuration.jobs().get("two").job().filter().includes(ObjectKey.of("x.tmp")))
                .isFalse();
    }
}
