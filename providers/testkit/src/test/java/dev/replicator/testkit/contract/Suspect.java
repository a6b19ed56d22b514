package dev.replicator.testkit.contract;

import dev.replicator.store.ObjectStore;
import dev.replicator.testkit.memory.MemoryHarness;
import dev.replicator.testkit.memory.MemoryOptions;
import java.util.function.UnaryOperator;

/** Stands before the contract as whatever {@link ContractCatchesVillainsTest} makes of it; run by that test only. */
class Suspect implements ObjectStoreContract {
    /** Set before each run of the contract, which happens in the setting thread. */
    static UnaryOperator<ObjectStore> wrapping = UnaryOperator.identity();

    @Override
    public StoreHarness openHarness() {
        return new MemoryHarness(MemoryOptions.S3_LIKE, wrapping);
    }
}
