package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.lease.Attempts;
import dev.replicator.hook.lease.RequestLimit;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Replicas that start together, interleaved request by request, some of them paused beyond the lease's TTL. */
class HookSimulationTest {
    private static final HookSettings SETTINGS = HookSettings.DEFAULT
            .withMode(Mode.BLOCK)
            .withLeaseTtl(Duration.ofSeconds(10))
            .withWaitLock(Duration.ofMinutes(30));

    /** What one history was like. */
    private static final class History {
        private final List<HookResult> results = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        private final Map<String, String> leases = new HashMap<>();
        private final MemoryBuckets buckets = new MemoryBuckets();
        private final MemoryBucket dev = buckets.create("dev");
        private final MemoryBucket prod = buckets.create("prod");
        private final MemoryBucket control = buckets.create("control");
        private final AtomicInteger ids = new AtomicInteger();
        private final Simulation simulation;

        private History(long seed) {
            simulation = new Simulation(seed, Duration.ofMillis(40));
            for (int i = 0; i < 6; i++) {
                dev.put("k" + i, "value " + i, Instant.EPOCH);
            }
        }

        private ObjectStore store(String bucket) {
            FaultyStore store = new FaultyStore(
                    new MemoryStore(buckets, bucket, MemoryOptions.S3_LIKE, new RequestMeter(), simulation.clock()));
            for (StoreOperation operation : StoreOperation.values()) {
                store.on(operation).runsBefore(simulation::step);
                store.on(operation).runsAfter(simulation::step);
            }
            return store;
        }

        /** A replica; {@code paused} stops its thread beyond the TTL in the middle of its run. */
        private void start(String name, String deployment, boolean paused) {
            FakeEngine engine = new FakeEngine(
                    () -> store("dev"),
                    () -> store("prod"),
                    job -> store("control"),
                    () -> "run-" + ids.incrementAndGet());
            if (paused) {
                AtomicInteger left = new AtomicInteger(2);
                engine.beforeEachWrite(() -> {
                    if (left.get() > 0 && simulation.random().nextInt(4) == 0) {
                        left.decrementAndGet();
                        simulation.pause(
                                Duration.ofSeconds(10 + simulation.random().nextInt(40)));
                    }
                });
            }
            engine.afterEachCheck(run -> noteWrite(name + " " + run));
            HookMachinery machinery = new HookMachinery(
                    engine,
                    simulation.timing(),
                    simulation.ticker(),
                    () -> simulation.random().nextDouble(),
                    () -> "id-" + ids.incrementAndGet(),
                    name,
                    1,
                    new Attempts(RequestLimit.NONE, simulation.timing()));
            DeployHook hook = DeployHook.builder()
                    .job(World.JOB)
                    .settings(SETTINGS)
                    .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", deployment))
                    .machinery(machinery)
                    .build();
            simulation.spawn(name, () -> results.add(hook.run()));
        }

        /** A write was let through: nobody may have taken a higher lease since the run's first. */
        private void noteWrite(String run) {
            String ruling = control.names().stream()
                    .filter(key -> key.endsWith("/owner"))
                    .reduce("", (lower, higher) -> higher);
            String first = leases.computeIfAbsent(run, unseen -> ruling);
            if (!first.equals(ruling)) {
                violations.add(run + " began under " + first + " and wrote under " + ruling);
            }
        }

        private ControlArea area() {
            return new ControlArea(new ControlObjects(new MemoryStore(buckets, "control")));
        }

        private long count(Kind kind) {
            return results.stream().filter(result -> result.kind() == kind).count();
        }
    }

    @Property(tries = 150)
    void oneOfManyReplicasRunsAndTheOthersAdoptItsResult(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int replicas) {
        History history = new History(seed);
        for (int replica = 0; replica < replicas; replica++) {
            history.start("web-" + replica, "r1", false);
        }

        history.simulation.run();

        assertThat(history.violations).isEmpty();
        assertThat(history.count(Kind.SYNCED)).isEqualTo(1);
        assertThat(history.count(Kind.ALREADY_APPLIED)).isEqualTo(replicas - 1);
        assertThat(history.prod.names()).isEqualTo(history.dev.names());
        assertThat(history.control.names().stream().filter(name -> name.startsWith("deployments/")))
                .hasSize(1);
        assertThat(history.area().marker().valid().map(Applied::deployment)).contains("r1");
    }

    @Property(tries = 150)
    void aPausedHolderNeverWorksBesideItsSuccessor(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int replicas) {
        History history = new History(seed);
        for (int replica = 0; replica < replicas; replica++) {
            history.start("web-" + replica, "r1", true);
        }

        history.simulation.run();

        assertThat(history.violations).isEmpty();
        assertThat(history.count(Kind.SYNCED)).isEqualTo(1);
        assertThat(history.results)
                .allMatch(result -> result.kind() == Kind.SYNCED || result.kind() == Kind.ALREADY_APPLIED);
        assertThat(history.prod.names()).isEqualTo(history.dev.names());
        assertThat(history.area().marker().valid())
                .isEqualTo(history.area().ledger("r1").valid());
    }

    @Property(tries = 60)
    void twoDeploymentsAtOnceRunOneAfterTheOther(@ForAll long seed) {
        History history = new History(seed);
        for (int replica = 0; replica < 2; replica++) {
            history.start("old-" + replica, "r1", false);
            history.start("new-" + replica, "r2", false);
        }

        history.simulation.run();

        assertThat(history.violations).isEmpty();
        assertThat(history.count(Kind.SYNCED)).isEqualTo(2);
        assertThat(history.control.names().stream().filter(name -> name.startsWith("deployments/")))
                .hasSize(2);
        Applied marker = history.area().marker().valid().orElseThrow();
        assertThat(marker.lease()).isGreaterThanOrEqualTo(2);
        assertThat(history.area().ledger(marker.deployment()).valid()).contains(marker);
    }
}
