package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.testkit.gcs.model.GcsOperation.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Page;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.listing.LyingListing;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.wire.WireFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listings of a server that lies, breaks off or forgets: proven, or an error. */
class ListingFaultsTest {
    private static final ListRequest PAGED = ListRequest.of(KeyPrefix.of("k/")).paged(8);

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private List<String> put(int count) {
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> String.format("k/%04d", i))
                .toList();
        names.forEach(name -> photos.fake.put(BUCKET, name, new byte[] {1}));
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void provesNothingOfALieThatShows(LyingListing lie) {
        put(30);
        photos.fake.faults().on(LIST).times(1_000).inject(GcsFault.lie(lie));

        if (lie.showsInOneListing()) {
            assertThatThrownBy(() -> photos.list(PAGED)).isInstanceOf(StoreException.class);
        } else {
            assertThat(photos.list(PAGED)).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void provesNothingOfALieOnTheSecondPage(LyingListing lie) {
        put(30);
        photos.fake.faults().on(LIST).skipping(1).times(1_000).inject(GcsFault.lie(lie));

        if (lie.showsInOneListing()) {
            assertThatThrownBy(() -> photos.list(PAGED)).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void turnsTheSamePageAgainAfterALie() {
        List<String> names = put(30);
        photos.fake.faults().on(LIST).nth(2).inject(GcsFault.lie(LyingListing.NAMES_OUT_OF_ORDER));

        try (Listing listing = photos.store.list(PAGED)) {
            assertThat(listing.next().orElseThrow().count()).isEqualTo(8);
            assertThatThrownBy(listing::next).isInstanceOf(UnprovenListingException.class);
            assertThat(listing.next().orElseThrow().key(0).text()).isEqualTo(names.get(8));
        }
    }

    @Test
    void goesOnFromTheLastKeyWhenTheTokenMayHaveExpired() {
        List<String> names = put(30);
        photos.fake.faults().on(LIST).nth(2).inject(WireFault.truncate(100));

        try (Listing listing = photos.store.list(PAGED)) {
            listing.next();
            assertThatThrownBy(listing::next).isInstanceOf(TransientStoreException.class);
            Page page = listing.next().orElseThrow();
            assertThat(page.key(0).text()).isEqualTo(names.get(8));
        }
        var last = photos.fake.log().requests(LIST).get(2).call();
        assertThat(last.query()).doesNotContainKey("pageToken").containsEntry("startOffset", names.get(7));
    }

    @Test
    void showsEveryKeyThroughPagesOfAnyLengthAndEmptyOnes() {
        List<String> names = put(30);
        photos.fake.faults().on(LIST).nth(1).inject(new GcsFault.ShortPage(0));
        photos.fake.faults().on(LIST).nth(1).inject(new GcsFault.ShortPage(3));

        assertThat(photos.list(PAGED)).isEqualTo(names);
    }

    /** What a listing starts at comes with the first entries, not with the first page. */
    @Test
    void startsBehindTheLowerBoundThoughTheFirstPageIsEmpty() {
        List<String> names = put(30);
        photos.fake.faults().on(LIST).nth(1).inject(new GcsFault.ShortPage(0));

        assertThat(photos.list(PAGED.within(KeyRange.after(ObjectKey.of(names.get(4))))))
                .isEqualTo(names.subList(5, 30));
        assertThat(photos.fake.log().count()).isEqualTo(5);
    }

    @Test
    void endsAListingWhoseTokensLeadNowhere() {
        put(3);
        photos.fake.faults().on(LIST).times(10_000).inject(new GcsFault.ShortPage(0));

        assertThatThrownBy(() -> photos.list(PAGED)).isInstanceOf(UnprovenListingException.class);
        assertThat(photos.fake.log().count()).isLessThan(200);
    }

    @Test
    void startsBehindTheLowerBoundAndEndsWithTheUpperOne() {
        List<String> names = put(30);
        KeyRange range = KeyRange.of(ObjectKey.of(names.get(4)), ObjectKey.of(names.get(20)));

        assertThat(photos.list(PAGED.within(range))).isEqualTo(names.subList(5, 21));
        assertThat(photos.fake.log().requests(LIST))
                .allSatisfy(request -> assertThat(request.call().query())
                        .containsEntry("startOffset", names.get(4))
                        .containsEntry("endOffset", names.get(20) + " "));
    }

    @Test
    void carriesDigestsAndMetagenerations() {
        photos.fake.put(BUCKET, "a", "text".getBytes(StandardCharsets.UTF_8));
        photos.fake.putComposed(BUCKET, "b", new byte[10], ObjectFields.NONE);
        photos.fake.patch(BUCKET, "b", fields -> fields.withText("cacheControl", "no-store"));

        try (Listing listing = photos.store.list(ListRequest.everything())) {
            Page page = listing.next().orElseThrow();
            ObjectMeta plain = page.meta(0);
            ObjectMeta composed = page.meta(1);
            assertThat(plain.fingerprints())
                    .containsExactlyInAnyOrder(
                            new Fingerprint(Algorithm.MD5, "1cb251ec0d568de6a929b520c4aed8d1"),
                            new Fingerprint(Algorithm.CRC32C, "2f5319e1"));
            assertThat(composed.fingerprints())
                    .extracting(Fingerprint::algorithm)
                    .containsExactly(Algorithm.CRC32C);
            assertThat(plain.metageneration()).isEqualTo(1);
            assertThat(composed.metageneration()).isEqualTo(2);
            assertThat(composed.withMetadata(ObjectMetadata.NONE))
                    .isEqualTo(photos.head("b").withMetadata(ObjectMetadata.NONE));
        }
    }
}
