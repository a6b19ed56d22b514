package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransientStoreException;
import org.junit.jupiter.api.Test;

/**
 * What a store makes of trouble on the wire; for providers whose tests can cause it. A store sends one attempt per call,
 * so one refused request is one failed call: the retry layer is above it.
 */
public interface WireFaultContract extends StoreContract {
    ObjectKey SHAKEN = ObjectKey.of("dir/shaken");

    /** The faults of the service that this harness' store talks to. */
    WireFaults wireFaults(StoreHarness harness);

    @Test
    default void callsAServerErrorTransientAndSendsOneAttempt(StoreHarness harness) {
        ObjectStore store = harness.store();
        ObjectMeta seen = Bytes.write(store, SHAKEN, Bytes.utf8("text"));

        assertTransientOnce(harness, () -> store.head(SHAKEN));
        assertTransientOnce(harness, () -> Bytes.read(store, seen));
        assertTransientOnce(harness, () -> Bytes.write(store, SHAKEN, Bytes.utf8("text")));
        assertTransientOnce(harness, () -> Listings.keys(store));
        assertTransientOnce(harness, () -> {
            store.delete(SHAKEN, Precondition.none());
            return true;
        });
        assertThat(store.head(SHAKEN))
                .as("after the fault of the delete was used up")
                .isEmpty();
    }

    /** The first call meets the fault and fails; were it repeated underneath, it would succeed. The second succeeds. */
    private void assertTransientOnce(StoreHarness harness, Outcome.Call<?> call) {
        wireFaults(harness).refuse(1);
        Outcome<?> first = Outcome.of(call);
        assertThat(first.failure()).containsInstanceOf(TransientStoreException.class);
        assertThat(Outcome.of(call).failure()).isEmpty();
    }

    @Test
    default void turnsTheSamePageAgainAfterAFailedOne(StoreHarness harness) {
        Samples.put(harness, Samples.keys("a", "b", "c", "d"));
        try (Listing listing = harness.store().list(ListRequest.everything().paged(2))) {
            assertThat(listing.next().orElseThrow().key(1).text()).isEqualTo("b");
            wireFaults(harness).refuse(1);
            assertThatThrownBy(listing::next).isInstanceOf(TransientStoreException.class);
            assertThat(listing.next().orElseThrow().key(0).text()).isEqualTo("c");
        }
    }

    @Test
    default void doesNotTakeALostAnswerForSuccess(StoreHarness harness) {
        wireFaults(harness).loseTheAnswerTo(SHAKEN);

        assertThatThrownBy(() -> Bytes.write(harness.store(), SHAKEN, Bytes.utf8("text")))
                .isInstanceOf(TransientStoreException.class);
        assertThat(Bytes.text(harness.store(), SHAKEN.text())).isEqualTo("text");
    }

    @Test
    default void doesNotTakeABrokenBodyForAWholeOne(StoreHarness harness) {
        byte[] bytes = Bytes.random(100_000, 1);
        harness.put(SHAKEN, bytes, ObjectMetadata.NONE);
        ObjectMeta seen = Bytes.head(harness.store(), SHAKEN);
        for (long kept : new long[] {0, 1, 50_000, 99_999}) {
            wireFaults(harness).breakBodyAfter(SHAKEN, kept);

            assertThatThrownBy(() -> Bytes.read(harness.store(), seen))
                    .as("broken after %d bytes", kept)
                    .isInstanceOfAny(TransientStoreException.class, CorruptObjectException.class);
        }
        assertThat(Bytes.read(harness.store(), seen)).isEqualTo(bytes);
    }
}
