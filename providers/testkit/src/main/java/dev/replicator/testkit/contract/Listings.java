package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.UnprovenListingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks listings to their ends, checking what holds of every listing on the way. */
final class Listings {
    /** More pages than any test's listing has: a listing that never ends fails instead of hanging. */
    private static final int MOST_PAGES = 20_000;

    private static final Duration CLEARED_AWAY = Duration.ofSeconds(10);

    private Listings() {}

    static List<ObjectKey> keys(ObjectStore store) {
        return keys(store, ListRequest.everything());
    }

    /** As {@link #keys(ObjectStore)}, once the service has cleared away what somebody left half sent, and can list again. */
    static List<ObjectKey> keysInTheEnd(ObjectStore store) {
        Waiting.until(
                CLEARED_AWAY,
                () -> Outcome.of(() -> keys(store))
                        .failure()
                        .filter(UnprovenListingException.class::isInstance)
                        .isEmpty());
        return keys(store);
    }

    static List<String> names(ObjectStore store) {
        return keys(store).stream().map(ObjectKey::text).toList();
    }

    static List<ObjectKey> keys(ObjectStore store, ListRequest request) {
        return entries(store, request).stream().map(ObjectMeta::key).toList();
    }

    static List<ObjectKey> keys(ObjectStore store, KeyRange range) {
        return keys(store, ListRequest.everything().within(range));
    }

    static List<ObjectKey> keys(ObjectStore store, KeyPrefix prefix) {
        return keys(store, ListRequest.of(prefix));
    }

    /** Every entry; the listing must be complete and keep to the request, to the page size and to the order. */
    static List<ObjectMeta> entries(ObjectStore store, ListRequest request) {
        List<ObjectMeta> entries = new ArrayList<>();
        try (Listing listing = store.list(request)) {
            Optional<Page> page = listing.next();
            for (int pages = 0; page.isPresent(); pages++) {
                assertThat(pages).as("pages of a listing that seems not to end").isLessThan(MOST_PAGES);
                assertThat(page.get().count()).as("entries of a page").isLessThanOrEqualTo(request.pageSize());
                addTo(entries, page.get());
                page = listing.next();
            }
            assertThat(listing.complete()).as("complete() after the end").isTrue();
        }
        assertKeepsTo(request, entries);
        return entries;
    }

    private static void addTo(List<ObjectMeta> entries, Page page) {
        for (int entry = 0; entry < page.count(); entry++) {
            entries.add(page.meta(entry));
        }
    }

    private static void assertKeepsTo(ListRequest request, List<ObjectMeta> entries) {
        for (int i = 0; i < entries.size(); i++) {
            ObjectKey key = entries.get(i).key();
            assertThat(request.range().contains(key))
                    .as("%s lies in %s", key, request.range())
                    .isTrue();
            assertThat(key.startsWith(request.prefix()))
                    .as("%s is under %s", key, request.prefix())
                    .isTrue();
            if (i > 0) {
                assertThat(entries.get(i - 1).key())
                        .as("strictly ascending unsigned UTF-8 bytes")
                        .isLessThan(key);
            }
        }
    }
}
