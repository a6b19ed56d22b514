package dev.replicator.hook;

import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.lease.Attempts;
import dev.replicator.hook.lease.RequestLimit;
import dev.replicator.hook.lease.VirtualTime;
import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.Counts;
import dev.replicator.report.Outcome;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StoreUri;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Two buckets, a control prefix in a third, virtual time, and hooks that live in it. Single-threaded. */
final class World {
    static final ReplicationJob JOB = ReplicationJob.of(
                    StoreUri.parse("memory://dev", Path.of("/")), StoreUri.parse("memory://prod", Path.of("/")))
            .withName("media");

    final VirtualTime time = new VirtualTime();
    final MemoryBuckets buckets = new MemoryBuckets();
    final MemoryBucket dev = buckets.create("dev");
    final MemoryBucket prod = buckets.create("prod");
    final MemoryBucket control = buckets.create("control");
    private final AtomicInteger ids = new AtomicInteger();
    private MemoryOptions options = MemoryOptions.S3_LIKE;
    private UnaryOperator<ObjectStore> around = store -> store;

    final FakeEngine engine = new FakeEngine(
            () -> around.apply(store("dev", options)),
            () -> around.apply(store("prod", options)),
            job -> around.apply(store(
                    "control",
                    job.destination()
                            .capabilities()
                            .map(options::withCapabilities)
                            .orElse(options))),
            () -> "run-" + ids.incrementAndGet());

    World() {
        dev.put("a", "one", Instant.EPOCH).put("b", "two", Instant.EPOCH).put("c", "three", Instant.EPOCH);
    }

    /** What kind of service it is. */
    World on(MemoryOptions value) {
        options = value;
        return this;
    }

    /** Puts something around every store that is opened from now on. */
    World around(UnaryOperator<ObjectStore> value) {
        around = value;
        return this;
    }

    MemoryStore store(String bucket, MemoryOptions kind) {
        return new MemoryStore(buckets, bucket, kind, new RequestMeter(), time.clock());
    }

    HookMachinery machinery(String host) {
        return new HookMachinery(
                engine,
                time,
                time,
                () -> 0.5,
                () -> "id-" + ids.incrementAndGet(),
                host,
                42,
                new Attempts(RequestLimit.NONE, time));
    }

    /** A hook in production for a deployment. */
    DeployHookBuilder hook(String deployment) {
        return DeployHook.builder()
                .job(JOB)
                .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", deployment))
                .machinery(machinery("web-1"))
                .clock(time.clock());
    }

    HookResult run(String deployment) {
        return hook(deployment).build().run();
    }

    HookResult run(String deployment, UnaryOperator<HookSettings> change) {
        return hook(deployment)
                .settings(change.apply(HookSettings.DEFAULT))
                .build()
                .run();
    }

    /** What the job remembers, read and written behind the hook's back. */
    ControlArea area() {
        return new ControlArea(new ControlObjects(store("control", MemoryOptions.S3_LIKE)));
    }

    ControlObjects objects() {
        return new ControlObjects(store("control", MemoryOptions.S3_LIKE));
    }

    Applied applied(String deployment, long lease, Instant at) {
        return new Applied(deployment, "run-of-" + deployment, lease, Outcome.SUCCEEDED, Counts.ZERO, at, "web-0");
    }

    boolean isReplicated() {
        return prod.names().equals(dev.names())
                && dev.names().stream()
                        .allMatch(key -> java.util.Arrays.equals(
                                dev.get(key).orElseThrow().bytes(),
                                prod.get(key).orElseThrow().bytes()));
    }
}
