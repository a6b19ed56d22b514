package dev.replicator.testkit.contract;

import org.junit.jupiter.api.extension.ExtendWith;

/** What all parts of the contract have in common: a fresh {@link StoreHarness} for every test, closed after it. */
@ExtendWith(HarnessExtension.class)
public interface StoreContract {
    /** Makes a harness on buckets of its own. */
    StoreHarness openHarness() throws Exception;
}
