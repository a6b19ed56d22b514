package dev.replicator.filesystem;

import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.io.IOException;

/** What every provider promises. */
class FileStoreContractTest implements ObjectStoreContract {
    @Override
    public StoreHarness openHarness() throws IOException {
        return new FileHarness();
    }
}
