package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.wire.WireFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Marker, ledger and lease in a bucket of Cloud Storage. */
@Timeout(120)
class HookOnGcsTest {
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

    private StoreSettings location(String bucket) {
        return StoreSettings.of(StoreUri.parse("gs://" + bucket, Path.of("/")))
                .withEndpoint(server.endpoint().toString());
    }

    private DeployHookBuilder hook(String deployment) {
        return DeployHook.builder()
                .job(ReplicationJob.of(location("dev"), location("prod")).withName("media"))
                .settings(HookSettings.DEFAULT.withMode(Mode.BLOCK).withLeaseTtl(Duration.ofSeconds(10)))
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

    @Test
    void lostAnswersAndBusyAnswersMakeNoSecondRun() {
        server.faults().on(GcsOperation.INSERT).nth(3).inject(WireFault.dropAfterCommit());
        server.faults().on(GcsOperation.INSERT).nth(9).inject(GcsFault.unavailable());
        server.faults().on(GcsOperation.INSERT).nth(12).inject(WireFault.dropAfterCommit());

        HookResult first = hook("r1").build().run();

        assertThat(first.kind()).as(first.message()).isEqualTo(Kind.SYNCED);
        assertThat(hook("r1").build().run().kind()).isEqualTo(Kind.ALREADY_APPLIED);
        assertThat(published()).isEqualTo(server.keys("dev"));
    }
}
