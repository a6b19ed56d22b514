package dev.replicator.testkit.contract;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.TransferSizes;
import java.time.Duration;
import java.util.Set;

/**
 * A provider's answers to the contract: how to open its stores, what they can do, how to go behind their back. Made for
 * one test and closed after it; its methods are called from one thread, {@link #put} and {@link #remove} from several.
 */
public interface StoreHarness extends AutoCloseable {

    /** The store under test: one attempt per call, on a bucket that was empty when the harness was made. Always the same. */
    ObjectStore store();

    /** One more client of the same bucket, connected by itself; the test closes it. */
    ObjectStore another();

    /** A store on a second, empty bucket of the same service: the source of server-side copies. Always the same. */
    ObjectStore neighbour();

    /** A store on a bucket of the same service that is not there; the test closes it. */
    ObjectStore missing();

    /** What the store under test and its neighbour must declare, no more and no less. */
    Set<Capability> capabilities();

    /**
     * Puts an object into the bucket under test behind the store's back, as another program would. Replaces an object at
     * that key, which then has another version.
     */
    void put(ObjectKey key, byte[] bytes, ObjectMetadata metadata);

    /** Removes an object from the bucket under test behind the store's back. */
    void remove(ObjectKey key);

    /** Whether the service can hold an object of one byte at that key, in an empty bucket. */
    default boolean holds(ObjectKey key) {
        return true;
    }

    /** Whether two keys, each held alone, can exist beside each other ({@code a} and {@code a/b} can't in a directory). */
    default boolean holdsTogether(ObjectKey one, ObjectKey other) {
        return true;
    }

    /** The sizes that the stores were opened with. Keep them at a few MiB or below. */
    TransferSizes sizes();

    /** The multiple to which the store cuts modification times that it {@link Capability#KEEPS_MODIFIED keeps}. */
    default Duration granularity() {
        return Duration.ofMillis(1);
    }

    /** Credentials in use, which no message may show. */
    default Set<String> secrets() {
        return Set.of();
    }

    /** Closes the stores and removes the buckets. */
    @Override
    void close();
}
