package dev.replicator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Tags;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyStoreTest {
    private static final ObjectKey A = ObjectKey.of("a");

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final MemoryBucket bucket = buckets.create("b");
    private final FaultyStore store = new FaultyStore(new MemoryStore(buckets, "b"));

    @BeforeEach
    void fill() {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            bucket.put(key, key.repeat(10), SettableClock.START);
        }
    }

    @Test
    void failsBeforeTheEffectOnTheCallsNamed() {
        store.on(StoreOperation.WRITE).key("a").nth(2).failsTransiently();

        write("a", "first");
        assertThatThrownBy(() -> write("a", "second")).isInstanceOf(TransientStoreException.class);
        write("b", "other");

        assertThat(bucket.get("a").orElseThrow().text()).isEqualTo("first");
    }

    @Test
    void losesAnAnswerAfterTheEffect() {
        store.on(StoreOperation.DELETE).losesItsAnswer();

        assertThatThrownBy(() -> store.delete(A, Precondition.none())).isInstanceOf(TransientStoreException.class);

        assertThat(bucket.get("a")).isEmpty();
    }

    @Test
    void failsFirstAndEveryNthCalls() {
        store.on(StoreOperation.HEAD)
                .first(1)
                .isDenied()
                .on(StoreOperation.HEAD)
                .every(3)
                .failsStale();

        assertThatThrownBy(() -> store.head(A)).isInstanceOf(AccessDeniedException.class);
        assertThat(store.head(A)).isPresent();
        assertThatThrownBy(() -> store.head(A)).isInstanceOf(StaleObjectException.class);
        assertThat(store.heal().head(A)).isPresent();
    }

    @Test
    void runsCodeBetweenCalls() {
        store.on(StoreOperation.HEAD).runsAfter(() -> bucket.put("a", "newer", SettableClock.START));
        ObjectBody body = store.read(store.head(A).orElseThrow());

        assertThatThrownBy(body::open).isInstanceOf(StaleObjectException.class);
    }

    @Test
    void breaksEndsAndZeroesBodies() throws Exception {
        store.on(StoreOperation.READ).nth(1).breaksAfter(4);
        store.on(StoreOperation.READ).nth(2).endsAfter(4);
        store.on(StoreOperation.READ).nth(3).zeroesAfter(4);
        ObjectBody body = store.read(store.head(A).orElseThrow());

        assertThatThrownBy(() -> body.open().readAllBytes()).isInstanceOf(TransientStoreException.class);
        assertThat(body.open().readAllBytes()).asString().isEqualTo("aaaa");
        assertThat(body.open(1, 6).readAllBytes()).asString().isEqualTo("aaaa\0\0");
        assertThat(body.open().readAllBytes()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "OUT_OF_ORDER, a b d c e, true",
        "DUPLICATE_KEY, a b c c d e, true",
        "REPEATED_PAGE, a b a b e, true",
        "OMITS_LAST_KEY, a b c e, true",
        "OMITS_FIRST_KEY, a b d e, true",
        "ENDS_EARLY_AS_COMPLETE, a b, true",
        "ENDS_EARLY_INCOMPLETE, a b, false",
        "DENIES_COMPLETENESS, a b c d e, false",
    })
    void liesAboutTheSecondPage(ListingLie lie, String shown, boolean complete) {
        store.on(StoreOperation.LIST_PAGE).nth(2).lies(lie);
        List<String> keys = new ArrayList<>();

        try (Listing listing = store.list(ListRequest.everything().paged(2))) {
            collect(listing, keys);
            assertThat(listing.complete()).isEqualTo(complete);
        }

        assertThat(keys).containsExactly(shown.split(" "));
    }

    @Test
    void aFailedPageComesAgain() {
        store.on(StoreOperation.LIST_PAGE).nth(2).failsTransiently();
        store.on(StoreOperation.LIST_PAGE).nth(4).losesItsAnswer();
        List<String> keys = new ArrayList<>();

        try (Listing listing = store.list(ListRequest.everything().paged(2))) {
            assertThatThrownBy(() -> collect(listing, keys)).isInstanceOf(TransientStoreException.class);
            assertThatThrownBy(() -> collect(listing, keys)).isInstanceOf(TransientStoreException.class);
            collect(listing, keys);
        }

        assertThat(keys).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void remembersWhatCouldHaveChangedTheBucket() {
        store.head(A);
        write("n", "new");
        store.delete(A, Precondition.none());
        store.role(Tags.class).orElseThrow().tags(ObjectKey.of("b"));

        assertThat(store.mutations()).extracting(StoreCall::toString).containsExactly("WRITE n", "DELETE a");
        assertThat(store.calls(StoreOperation.TAGS)).hasSize(1);
        assertThat(store.calls()).hasSize(4);
    }

    @Test
    void refusesScriptsThatCouldNeverStrike() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.on(StoreOperation.HEAD).lies(ListingLie.OUT_OF_ORDER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.on(StoreOperation.WRITE).breaksAfter(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.on(StoreOperation.LIST_PAGE).key("a"));
    }

    private static void collect(Listing listing, List<String> keys) {
        Optional<Page> page = listing.next();
        while (page.isPresent()) {
            for (int entry = 0; entry < page.get().count(); entry++) {
                keys.add(page.get().key(entry).text());
            }
            page = listing.next();
        }
    }

    private void write(String key, String text) {
        store.write(
                ObjectKey.of(key),
                ByteArrayBody.of(text.getBytes(StandardCharsets.UTF_8)),
                WriteOptions.of(Precondition.none()));
    }
}
