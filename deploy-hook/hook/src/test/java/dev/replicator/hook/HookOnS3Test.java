package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.Capability;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Stores;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.Weakness;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hook with the real engine over a server that nobody knows: it is probed first. */
@Timeout(120)
class HookOnS3Test {
    private static FakeS3 server(Weakness... weaknesses) {
        FakeS3 server = FakeS3.start(FakeS3Options.strict().with(weaknesses));
        server.createBucket("dev");
        server.createBucket("prod");
        server.populate("dev", 25, i -> "k/" + i, 100);
        return server;
    }

    private static Map<String, String> environment(FakeS3 server, String deployment) {
        return Map.of(
                "AWS_ENDPOINT_URL_S3",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                FakeS3Options.CREDENTIALS.accessKey(),
                "AWS_SECRET_ACCESS_KEY",
                FakeS3Options.CREDENTIALS.secretKey(),
                "AWS_REGION",
                "us-east-1",
                "REPLICATOR_ENV",
                "production",
                "REPLICATOR_DEPLOYMENT_ID",
                deployment);
    }

    private static ReplicationJob job(FakeS3 server) {
        return ReplicationJob.of(location("dev", server), location("prod", server))
                .withName("media");
    }

    private static StoreSettings location(String bucket, FakeS3 server) {
        return StoreSettings.of(StoreUri.parse("s3://" + bucket, Path.of("/")))
                .withEndpoint(server.endpoint().toString())
                .withRegion("us-east-1");
    }

    private static DeployHookBuilder hook(FakeS3 server, String deployment) {
        return DeployHook.builder()
                .job(job(server))
                .settings(HookSettings.DEFAULT.withMode(Mode.BLOCK).withLeaseTtl(Duration.ofMinutes(1)))
                .environment(environment(server, deployment));
    }

    private static List<String> published(FakeS3 server) {
        return server.keys("prod").stream()
                .filter(key -> !key.startsWith(".replicator/"))
                .toList();
    }

    @Test
    void aServerThatHonoursConditionsIsProbedAndUsed() {
        try (FakeS3 server = server()) {
            HookResult result = hook(server, "r1").build().run();

            assertThat(result.kind()).as(result.message()).isEqualTo(Kind.SYNCED);
            assertThat(published(server)).isEqualTo(server.keys("dev"));
            assertThat(server.keys("prod"))
                    .contains(".replicator/media/marker.json", ".replicator/media/capabilities.json")
                    .noneMatch(key -> key.contains("/probe/"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Weakness.class,
            names = {"NON_ATOMIC_CONDITIONS", "CONDITIONAL_PUT_IGNORED"})
    void aServerThatCantKeepTwoReplicasApartRunsNothing(Weakness weakness) {
        try (FakeS3 server = server(weakness)) {
            HookResult result = hook(server, "r1").build().run();

            assertThat(result.kind()).as(result.message()).isEqualTo(Kind.UNSAFE_STORE);
            assertThat(server.keys("prod")).isEmpty();
            HookResult alone = hook(server, "r1").singleReplica().build().run();
            assertThat(alone.kind()).as(alone.message()).isEqualTo(Kind.SYNCED);
            assertThat(published(server)).isEqualTo(server.keys("dev"));
        }
    }

    @Test
    void eachMissingConditionIsFoundByItself() {
        Map<Weakness, Set<Capability>> missing = Map.of(
                Weakness.CONDITIONAL_COPY_IGNORED, Set.of(Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY),
                Weakness.CONDITIONAL_COPY_REFUSED, Set.of(Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY),
                Weakness.IF_MATCH_ON_PUT_IGNORED, Set.of(Capability.CONDITIONAL_WRITE),
                Weakness.CONDITIONAL_DELETE_IGNORED, Set.of(Capability.CONDITIONAL_DELETE));

        assertThat(found())
                .containsAll(missing.values().stream().flatMap(Set::stream).toList());
        missing.forEach((weakness, lacking) -> assertThat(found(weakness))
                .as(weakness.name())
                .doesNotContainAnyElementsOf(lacking)
                .contains(Capability.CREATE_ONLY_WRITE));
    }

    /** What the first run over such a server finds and keeps. */
    private static Set<Capability> found(Weakness... weaknesses) {
        try (FakeS3 server = server(weaknesses)) {
            HookResult result = hook(server, "r1").build().run();
            assertThat(result.kind()).as(result.message()).isEqualTo(Kind.SYNCED);
            assertThat(published(server)).isEqualTo(server.keys("dev"));
            Replicator replicator =
                    Replicator.create(Stores.onClassPath(), Clock.systemUTC(), environment(server, "r1"));
            try (ControlObjects objects = new ControlObjects(replicator.openControl(job(server)))) {
                return new ControlArea(objects)
                        .capabilities()
                        .valid()
                        .orElseThrow()
                        .found();
            }
        }
    }

    @Test
    void replicasThatStartTogetherRunOnce() throws InterruptedException, ExecutionException {
        try (FakeS3 server = server()) {
            ExecutorService replicas = Executors.newFixedThreadPool(6);
            List<Callable<HookResult>> starts = new ArrayList<>();
            for (int replica = 0; replica < 6; replica++) {
                starts.add(() -> hook(server, "r1").build().run());
            }

            List<Kind> kinds = new ArrayList<>();
            for (Future<HookResult> start : replicas.invokeAll(starts)) {
                kinds.add(start.get().kind());
            }
            replicas.shutdown();

            assertThat(kinds.stream().filter(Kind.SYNCED::equals)).hasSize(1);
            assertThat(kinds.stream().filter(Kind.ALREADY_APPLIED::equals)).hasSize(5);
            assertThat(server.keys("prod").stream().filter(key -> key.contains("/runs/")))
                    .hasSize(1);
        }
    }
}
