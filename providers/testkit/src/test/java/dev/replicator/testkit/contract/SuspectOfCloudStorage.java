package dev.replicator.testkit.contract;

import dev.replicator.testkit.memory.MemoryHarness;
import dev.replicator.testkit.memory.MemoryOptions;

/** As {@link Suspect}, of a store that numbers the states of metadata. */
class SuspectOfCloudStorage implements ObjectStoreContract {
    @Override
    public StoreHarness openHarness() {
        return new MemoryHarness(MemoryOptions.GCS_LIKE, Suspect.wrapping);
    }
}
