package dev.replicator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.Capability;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import dev.replicator.testkit.servers.Moto;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract on moto, where Python has it: another idea of S3, with tags, without pinned copies, line breaks in keys or
 * atomic creation (two of sixteen racers won). Of an object made of parts it gives out a checksum that is not the bytes'.
 */
@Tag("long")
@EnabledIf(value = "dev.replicator.testkit.servers.Moto#isAvailable", disabledReason = Moto.MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoContractTest implements ObjectStoreContract {
    private static final int MIB = 1 << 20;

    private Moto moto;

    @BeforeAll
    void start() {
        moto = Moto.start();
    }

    @AfterAll
    void stop() {
        moto.close();
    }

    @Override
    public StoreHarness openHarness() {
        return new S3Harness(new S3Harness.Server(
                moto.endpoint(),
                "moto-access-key",
                "moto-secret-key",
                EnumSet.of(Capability.SERVER_SIDE_COPY, Capability.METADATA, Capability.TAGS, Capability.ETAGS),
                Checksums.WHEN_SUPPORTED,
                new TransferSizes(5 * MIB, 5 * MIB, 5 * MIB),
                key -> key.text().indexOf('\n') < 0,
                (one, other) -> true));
    }

    @Override
    @Test
    public void showsEveryKeyThatIsThereThroughoutWhileOthersComeAndGo(StoreHarness harness) throws Exception {
        try {
            ObjectStoreContract.super.showsEveryKeyThatIsThereThroughoutWhileOthersComeAndGo(harness);
        } catch (TransientStoreException e) {
            Assumptions.abort("skipped: moto answered 500 to a listing while keys were written");
        }
    }

    @Override
    @Test
    public void replacesHeadersAndUserMetadataAndKeepsTheRest(StoreHarness harness) {
        try {
            ObjectStoreContract.super.replacesHeadersAndUserMetadataAndKeepsTheRest(harness);
        } catch (TransientStoreException e) {
            assertThat(e).hasMessageContaining("(500)");
            Assumptions.abort("skipped for objects of parts: moto answers 500 when asked for their grants");
        }
    }

    @Override
    @Test
    public void letsOneOfManyRacingCreatorsWin(StoreHarness harness) throws Exception {
        try {
            ObjectStoreContract.super.letsOneOfManyRacingCreatorsWin(harness);
        } catch (AssertionError e) {
            boolean brokeDown = String.valueOf(e.getMessage()).contains("(500)");
            Assumptions.assumeFalse(brokeDown, "skipped: moto answered 500 to one of many writes at once");
            throw e;
        }
    }
}
