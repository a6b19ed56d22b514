package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.Capability;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.wire.FaultRule;
import dev.replicator.testkit.wire.WireFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Marker, ledger and lease in a bucket of Cloud Storage. */
@Timeout(120)
class HookOnGcsTest {
    private static final String CONTROL = ".replicator/media/";

    private final FakeGcs server = FakeGcs.start(FakeGcsOptions.strict());

    @BeforeEach
    void fill() {
        server.createBucket("dev");
        server.createBucket("prod");
        server.populate("dev", 25, i -> "k/" + i, 100);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Declares what the fake can, so no probe comes before the hook's own requests. */
    private StoreSettings location(String bucket) {
        return StoreSettings.of(StoreUri.parse("gs://" + bucket, Path.of("/")))
                .withEndpoint(server.endpoint().toString())
                .withCapabilities(
                        EnumSet.complementOf(EnumSet.of(Capability.TAGS, Capability.KEEPS_MODIFIED, Capability.ETAGS)));
    }

    private DeployHookBuilder hook(String deployment) {
        return DeployHook.builder()
                .job(ReplicationJob.of(location("dev"), location("prod")).withName("media"))
                .settings(HookSettings.DEFAULT.withMode(Mode.BLOCK).withLeaseTtl(Duration.ofMinutes(1)))
                .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", deployment));
    }

    private List<String> published() {
        return server.keys("prod").stream()
                .filter(key -> !key.startsWith(".replicator/"))
                .toList();
    }

    @Test
    void eachDeploymentIsAppliedOnce() {
        assertThat(hook("r1").build().run().kind()).isEqualTo(Kind.SYNCED);
        assertThat(published()).isEqualTo(server.keys("dev"));
        assertThat(server.keys("prod")).contains(".replicator/media/marker.json");

        assertThat(hook("r1").build().run().kind()).isEqualTo(Kind.ALREADY_APPLIED);
    }

    @Test
    void replicasThatStartTogetherRunOnce() throws InterruptedException, ExecutionException {
        ExecutorService replicas = Executors.newFixedThreadPool(6);
        List<Callable<HookResult>> starts = new ArrayList<>();
        for (int replica = 0; replica < 6; replica++) {
            starts.add(() -> hook("r1").build().run());
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

    /** Control objects are written, objects copied by the service. */
    private FaultRule<GcsCall> onFirstWrite(Predicate<String> key, WireFault fault) {
        return server.faults()
                .on(GcsOperation.INSERT, GcsOperation.REWRITE)
                .when(call -> key.test(call.key()))
                .nth(1)
                .inject(fault);
    }

    /** Of each control object once, and of one of the objects themselves. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lostAnswersAndBusyAnswersMakeNoSecondRun(boolean lost) {
        WireFault fault = lost ? WireFault.dropAfterCommit() : GcsFault.unavailable();
        Map<String, FaultRule<GcsCall>> faults = Map.of(
                "lease", onFirstWrite(key -> key.startsWith(CONTROL + "lease/") && key.endsWith("/owner"), fault),
                "object", onFirstWrite(key -> !key.startsWith(".replicator/"), fault),
                "baseline", onFirstWrite((CONTROL + "baseline/current.json")::equals, fault),
                "ledger", onFirstWrite(key -> key.startsWith(CONTROL + "deployments/"), fault),
                "marker", onFirstWrite((CONTROL + "marker.json")::equals, fault));

        HookResult first = hook("r1").build().run();

        assertThat(first.kind()).as(first.message()).isEqualTo(Kind.SYNCED);
        assertThat(first.report().orElseThrow().warnings()).isEmpty();
        faults.forEach((what, rule) -> assertThat(rule.hits()).as(what).isEqualTo(1));
        assertThat(hook("r1").build().run().kind()).isEqualTo(Kind.ALREADY_APPLIED);
        assertThat(published()).isEqualTo(server.keys("dev"));
    }
}
