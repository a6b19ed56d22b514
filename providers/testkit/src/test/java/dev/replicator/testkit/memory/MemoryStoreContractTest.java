package dev.replicator.testkit.memory;

import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** The memory store passes the contract as every kind of service that it imitates. */
class MemoryStoreContractTest {

    @Nested
    class AsS3 implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.S3_LIKE);
        }
    }

    @Nested
    class WithOpaqueVersionsAndShortKeysAndWholeSeconds implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.S3_LIKE
                    .withVersions(MemoryOptions.Versions.OPAQUE)
                    .withMaxKeyBytes(255)
                    .withGranularity(Duration.ofSeconds(1)));
        }
    }

    @Nested
    class AsCloudStorage implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.GCS_LIKE);
        }
    }

    @Nested
    class AsADirectory implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.DIRECTORY_LIKE);
        }
    }

    @Nested
    class AsAWeakServer implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.WEAK);
        }
    }

    @Nested
    class Bare implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.BARE);
        }
    }

    @Nested
    class ThroughAFaultyStoreWithoutAScript implements ObjectStoreContract {
        @Override
        public StoreHarness openHarness() {
            return new MemoryHarness(MemoryOptions.S3_LIKE, FaultyStore::new);
        }
    }
}
