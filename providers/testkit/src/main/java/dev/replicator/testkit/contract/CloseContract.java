package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closing a store: for good, leaving nothing behind and nobody else behind. */
public interface CloseContract extends StoreContract {

    @Test
    default void closesTwiceWithoutComplaint(StoreHarness harness) {
        ObjectStore store = harness.another();
        Bytes.write(store, "a", "text");

        assertThatCode(() -> {
                    store.close();
                    store.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    default void failsClearlyOnceClosed(StoreHarness harness) {
        Bytes.write(harness.store(), "a", "text");
        ObjectStore closed = harness.another();
        ObjectMeta seen = Bytes.head(closed, "a");
        closed.close();

        List<Outcome<?>> calls = List.of(
                Outcome.of(() -> closed.head(ObjectKey.of("a"))),
                Outcome.of(() -> Bytes.read(closed, seen)),
                Outcome.of(() -> Bytes.write(closed, "a", "other")),
                Outcome.of(() -> Bytes.write(closed, "b", "other")),
                Outcome.ofDeed(() -> closed.delete(ObjectKey.of("a"), Precondition.none())),
                Outcome.of(() -> firstPage(closed)));

        assertThat(calls).allSatisfy(call -> {
            assertThat(call.failure()).as("a call on a closed store").isPresent();
            assertThat(call.failure().orElseThrow()).isInstanceOfAny(IllegalStateException.class, StoreException.class);
            assertThat(Failures.message(call.failure().orElseThrow())).isNotBlank();
        });
        assertThat(Listings.names(harness.store())).containsExactly("a");
        assertThat(Bytes.text(harness.store(), "a")).isEqualTo("text");
    }

    private static Object firstPage(ObjectStore store) {
        try (Listing listing = store.list(ListRequest.everything())) {
            return listing.next();
        }
    }

    @Test
    default void leavesOtherClientsOpen(StoreHarness harness) {
        ObjectStore one = harness.another();
        ObjectStore other = harness.another();
        Bytes.write(one, "a", "text");
        one.close();

        assertThat(Bytes.text(other, "a")).isEqualTo("text");
        assertThat(Bytes.text(harness.store(), "a")).isEqualTo("text");
        other.close();
    }

    @Test
    default void leavesNoThreadsBehind(StoreHarness harness) {
        useAndClose(harness, 2);
        long before = threads();

        useAndClose(harness, 20);

        assertThat(Waiting.until(Duration.ofSeconds(20), () -> threads() < before + 10))
                .as("threads: %d before, %d after 20 clients", before, threads())
                .isTrue();
    }

    private static void useAndClose(StoreHarness harness, int clients) {
        for (int i = 0; i < clients; i++) {
            try (ObjectStore store = harness.another()) {
                Bytes.write(store, "a", "text");
                Bytes.text(store, "a");
                Listings.names(store);
            }
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().size();
    }
}
