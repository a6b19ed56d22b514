package dev.replicator.s3;

import static dev.replicator.testkit.s3.model.S3Operation.GET_OBJECT;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import dev.replicator.testkit.contract.WireFaultContract;
import dev.replicator.testkit.contract.WireFaults;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The whole contract on a server as strict as S3, with Amazon's capabilities. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeS3ContractTest implements ObjectStoreContract, WireFaultContract {
    static final int MIB = 1 << 20;
    static final TransferSizes SIZES = new TransferSizes(2 * MIB, 2 * MIB, MIB);
    static final Set<Capability> ALL = EnumSet.complementOf(EnumSet.of(Capability.KEEPS_MODIFIED));

    private FakeS3 fake;

    @BeforeAll
    void start() {
        fake = FakeS3.start(FakeS3Options.strict().withSmallestPart(MIB));
    }

    @AfterAll
    void stop() {
        fake.close();
    }

    static S3Harness.Server server(FakeS3 fake) {
        return new S3Harness.Server(
                fake.endpoint(),
                FakeS3Options.CREDENTIALS.accessKey(),
                FakeS3Options.CREDENTIALS.secretKey(),
                ALL,
                Checksums.WHEN_SUPPORTED,
                SIZES,
                key -> true,
                (one, other) -> true);
    }

    @Override
    public StoreHarness openHarness() {
        fake.faults().clear();
        return new S3Harness(server(fake));
    }

    @Override
    public WireFaults wireFaults(StoreHarness harness) {
        return new WireFaults() {
            @Override
            public void refuse(int requests) {
                fake.faults().on().times(requests).inject(Fault.slowDown());
            }

            @Override
            public void loseTheAnswerTo(ObjectKey key) {
                fake.faults()
                        .on()
                        .key(key.text())
                        .when(call -> call.operation().mutates())
                        .times(1)
                        .inject(Fault.dropAfterCommit());
            }

            @Override
            public void breakBodyAfter(ObjectKey key, long bytes) {
                fake.faults().on(GET_OBJECT).key(key.text()).times(1).inject(Fault.truncate(bytes));
            }
        };
    }
}
