package dev.replicator.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Listings: order, pages, and what an entry says. */
public interface ListingContract extends StoreContract {

    @Test
    default void listsAnEmptyBucketAsEmptyAndComplete(StoreHarness harness) {
        assertThat(Listings.keys(harness.store())).isEmpty();
    }

    @Test
    default void listsInUnsignedUtf8Order(StoreHarness harness) {
        List<ObjectKey> keys = Samples.fitting(
                harness,
                List.of(
                        "\uFFFDreplacement",
                        "\uD83D\uDE00emoji",
                        "\uE000private",
                        "a",
                        "a-b",
                        "a.",
                        "a0",
                        "B",
                        "Z",
                        "\u00E9",
                        "z",
                        "aa",
                        "a b",
                        "\u65E5",
                        "\uD800\uDC00first-astral",
                        "a!",
                        "-",
                        "_",
                        "10",
                        "9",
                        "~"));
        Samples.put(harness, keys);

        assertThat(keys)
                .as("keys that tell UTF-8 from UTF-16 order")
                .contains(ObjectKey.of("\uFFFDreplacement"), ObjectKey.of("\uD83D\uDE00emoji"));
        assertThat(Listings.keys(harness.store())).isEqualTo(Samples.sorted(keys));
    }

    @Test
    default void sortsASlashAmongTheCharactersAroundIt(StoreHarness harness) {
        List<ObjectKey> keys = Samples.fitting(
                harness,
                List.of("a/b", "a-b", "a.", "a0", "a!", "a/b0", "a/a", "a-/z", "a./z", "a/c/d", "a/c-d", "a/c.d", "a"));
        Samples.put(harness, keys);

        assertThat(Listings.keys(harness.store())).isEqualTo(Samples.sorted(keys));
        assertThat(Listings.keys(harness.store(), ListRequest.everything().paged(1)))
                .isEqualTo(Samples.sorted(keys));
    }

    @Test
    default void listsTheSameInPagesOfAnySize(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("a", "b", "c/1", "c/2", "c/d/e", "f", "g");
        Samples.put(harness, keys);

        for (int size : new int[] {1, 2, 3, 6, 7, 8, ListRequest.MAX_PAGE}) {
            assertThat(Listings.keys(harness.store(), ListRequest.everything().paged(size)))
                    .as("pages of %d", size)
                    .isEqualTo(keys);
        }
    }

    @Test
    default void listsBucketsAroundTheLargestPage(StoreHarness harness) {
        List<ObjectKey> keys = IntStream.range(0, 2_001)
                .mapToObj(i -> ObjectKey.of(String.format("d%02d/k%04d", i / 100, i)))
                .toList();

        Samples.put(harness, keys.subList(0, 1_000));
        assertThat(Listings.keys(harness.store())).isEqualTo(keys.subList(0, 1_000));
        Samples.put(harness, keys.subList(1_000, 1_001));
        assertThat(Listings.keys(harness.store())).isEqualTo(keys.subList(0, 1_001));
        Samples.put(harness, keys.subList(1_001, 2_001));
        assertThat(Listings.keys(harness.store())).isEqualTo(keys);
    }

    @Test
    default void resumesAfterEachKey(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("a", "b", "c/1", "c/2", "c/d/e", "f", "g");
        Samples.put(harness, keys);

        for (int i = 0; i < keys.size(); i++) {
            KeyRange rest = KeyRange.ALL.resumedAfter(keys.get(i));
            assertThat(Listings.keys(harness.store(), rest)).isEqualTo(keys.subList(i + 1, keys.size()));
        }
    }

    @Test
    default void saysOfAnEntryWhatAHeadSays(StoreHarness harness) {
        Bytes.write(harness.store(), "written", "twelve bytes");
        harness.put(ObjectKey.of("dir/put"), Bytes.random(1_000, 1), ObjectMetadata.ofContentType("text/plain"));
        harness.put(ObjectKey.of("empty"), new byte[0], ObjectMetadata.NONE);

        List<ObjectMeta> entries = Listings.entries(harness.store(), ListRequest.everything());

        assertThat(entries).extracting(ObjectMeta::size).containsExactly(1_000L, 0L, 12L);
        assertThat(entries).allSatisfy(entry -> {
            ObjectMeta head = Bytes.head(harness.store(), entry.key());
            assertThat(entry.size()).isEqualTo(head.size());
            assertThat(entry.version()).isEqualTo(head.version());
            assertThat(entry.modified().getEpochSecond())
                    .isEqualTo(head.modified().getEpochSecond());
            assertThat(entry.note()).isEqualTo(EntryNote.NONE);
        });
    }

    @Test
    default void readsWhatItListed(StoreHarness harness) {
        List<ObjectKey> keys = Samples.keys("a", "dir/b", "dir/c");
        Samples.put(harness, keys);

        for (ObjectMeta entry : Listings.entries(harness.store(), ListRequest.everything())) {
            assertThat(Bytes.read(harness.store(), entry)).isEqualTo(entry.key().bytes());
        }
    }

    @Test
    default void seesWhatWasWrittenAndDeletedBefore(StoreHarness harness) {
        Bytes.write(harness.store(), "a", "1");
        Bytes.write(harness.store(), "b", "2");
        assertThat(Listings.names(harness.store())).containsExactly("a", "b");

        harness.remove(ObjectKey.of("a"));
        harness.put(ObjectKey.of("c"), Bytes.utf8("3"), ObjectMetadata.NONE);
        assertThat(Listings.names(harness.store())).containsExactly("b", "c");
    }

    @Test
    default void showsEveryKeyThatIsThereThroughoutWhileOthersComeAndGo(StoreHarness harness) throws Exception {
        List<ObjectKey> steady = IntStream.range(0, 300)
                .mapToObj(i -> ObjectKey.of(String.format("d%d/k%03d", i % 7, i)))
                .sorted()
                .toList();
        Samples.put(harness, steady);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Thread churn = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                ObjectKey passing = ObjectKey.of(String.format("d%d/k%03d-passing", i % 7, i * 7 % 300));
                harness.put(passing, new byte[] {1}, ObjectMetadata.NONE);
                begun.countDown();
                harness.remove(passing);
                changes.incrementAndGet();
            }
        });
        churn.start();
        try {
            assertThat(begun.await(30, TimeUnit.SECONDS))
                    .as("another program writes")
                    .isTrue();
            for (int round = 0; round < 30 || changes.get() < 30; round++) {
                Set<ObjectKey> shown = new HashSet<>(
                        Listings.keys(harness.store(), ListRequest.everything().paged(20)));
                assertThat(shown).containsAll(steady);
            }
        } finally {
            over.set(true);
            churn.join(30_000);
        }
    }

    @Test
    default void keepsTwoListingsApart(StoreHarness harness) {
        Samples.put(harness, Samples.keys("a", "b", "c"));
        ListRequest one = ListRequest.everything().paged(1);
        List<String> seen = new ArrayList<>();

        try (Listing first = harness.store().list(one);
                Listing second = harness.store().list(one)) {
            for (int i = 0; i < 3; i++) {
                seen.add(onlyKey(first.next().orElseThrow())
                        + onlyKey(second.next().orElseThrow()));
            }
        }

        assertThat(seen).containsExactly("aa", "bb", "cc");
    }

    private static String onlyKey(Page page) {
        assertThat(page.count()).isEqualTo(1);
        return page.key(0).text();
    }

    @Test
    default void staysEndedAfterTheEnd(StoreHarness harness) {
        Samples.put(harness, Samples.keys("a"));

        try (Listing listing = harness.store().list(ListRequest.everything())) {
            while (listing.next().isPresent()) {
                // To the end.
            }
            harness.put(ObjectKey.of("b"), new byte[] {1}, ObjectMetadata.NONE);
            assertThat(listing.next()).isEmpty();
            assertThat(listing.complete()).isTrue();
        }
    }

    @Test
    default void canBeClosedBeforeTheEndAndTwice(StoreHarness harness) {
        Samples.put(harness, Samples.keys("a", "b", "c"));
        Listing listing = harness.store().list(ListRequest.everything().paged(1));
        listing.next();

        assertThatCode(() -> {
                    listing.close();
                    listing.close();
                })
                .doesNotThrowAnyException();
        assertThat(Listings.names(harness.store())).containsExactly("a", "b", "c");
    }

    @Test
    default void failsForAMissingBucketAndOnlyWhenAskedForAPage(StoreHarness harness) {
        try (ObjectStore missing = harness.missing();
                Listing listing = missing.list(ListRequest.everything())) {
            assertThatThrownBy(listing::next).isInstanceOf(BucketNotFoundException.class);
        }
    }
}
