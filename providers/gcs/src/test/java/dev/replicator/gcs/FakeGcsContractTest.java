package dev.replicator.gcs;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import dev.replicator.testkit.contract.WireFaultContract;
import dev.replicator.testkit.contract.WireFaults;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.wire.WireFault;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The whole contract on a server as strict as Cloud Storage, with Google's capabilities. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeGcsContractTest implements ObjectStoreContract, WireFaultContract {
    static final int MIB = 1 << 20;
    static final TransferSizes SIZES = new TransferSizes(2 * MIB, 2 * MIB, MIB);
    static final Set<Capability> ALL =
            EnumSet.complementOf(EnumSet.of(Capability.TAGS, Capability.KEEPS_MODIFIED, Capability.ETAGS));

    private FakeGcs fake;

    @BeforeAll
    void start() {
        fake = FakeGcs.start();
    }

    @AfterAll
    void stop() {
        fake.close();
    }

    static GcsHarness.Server server(FakeGcs fake) {
        return new GcsHarness.Server(fake.endpoint(), ALL, SIZES, key -> true, (one, other) -> true);
    }

    @Override
    public StoreHarness openHarness() {
        fake.faults().clear();
        return new GcsHarness(server(fake));
    }

    @Override
    public WireFaults wireFaults(StoreHarness harness) {
        return new WireFaults() {
            @Override
            public void refuse(int requests) {
                fake.faults().on().times(requests).inject(GcsFault.unavailable());
            }

            @Override
            public void loseTheAnswerTo(ObjectKey key) {
                fake.faults()
                        .on()
                        .key(key.text())
                        .when(call -> call.operation().mutates())
                        .times(1)
                        .inject(WireFault.dropAfterCommit());
            }

            @Override
            public void breakBodyAfter(ObjectKey key, long bytes) {
                fake.faults().on(GcsOperation.MEDIA).key(key.text()).times(1).inject(WireFault.truncate(bytes));
            }
        };
    }
}
