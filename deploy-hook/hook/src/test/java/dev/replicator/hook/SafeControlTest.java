package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.lease.Attempts;
import dev.replicator.hook.lease.RequestLimit;
import dev.replicator.hook.lease.VirtualTime;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.RetrySettings;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafeControlTest {
    private final VirtualTime time = new VirtualTime();
    private final MemoryBuckets buckets = new MemoryBuckets();
    private final List<ReplicationJob> opened = new ArrayList<>();

    private SafeControl control() {
        buckets.create("control");
        FakeEngine engine = new FakeEngine(
                () -> new MemoryStore(buckets, "control"),
                () -> new MemoryStore(buckets, "control"),
                job -> {
                    opened.add(job);
                    return new MemoryStore(buckets, "control");
                },
                () -> "run");
        return new SafeControl(
                new HookMachinery(
                        engine, time, time, () -> 0, () -> "id", "host", 1, new Attempts(RequestLimit.NONE, time)),
                World.JOB);
    }

    @Test
    void whatTheLeaseGuardsIsSentOnceByItsStore() {
        try (SafeControl control = control()) {
            control.once();
            control.once();
        }

        assertThat(opened)
                .extracting(job -> job.retry().attempts())
                .containsExactly(RetrySettings.DEFAULT.attempts(), 1);
    }
}
