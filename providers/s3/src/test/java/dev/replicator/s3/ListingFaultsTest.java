package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.testkit.s3.model.S3Operation.LIST_OBJECTS_V2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.listing.LyingListing;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.wire.WireFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings over a wire and from a server that can't be relied on. */
class ListingFaultsTest {
    private static final ListRequest REQUEST =
            ListRequest.of(KeyPrefix.of("dir/sub folder/")).paged(4);

    private static FakeBucket filled(Weakness... weaknesses) {
        FakeBucket photos = new FakeBucket(weaknesses);
        for (String name : List.of("a", "b b", "c+c", "d&d", "e", "f", "g", "h\u00E9", "i")) {
            photos.fake.put(BUCKET, "dir/sub folder/" + name, new byte[3]);
        }
        return photos;
    }

    @ParameterizedTest
    @EnumSource
    void showsNoLieThatShows(LyingListing lie) {
        try (FakeBucket photos = filled()) {
            List<String> truth = photos.list(REQUEST);
            photos.fake.faults().on(LIST_OBJECTS_V2).inject(Fault.lie(lie));

            if (lie.showsInOneListing()) {
                assertThatThrownBy(() -> photos.list(REQUEST))
                        .isInstanceOfAny(UnprovenListingException.class, TransientStoreException.class);
            } else {
                assertThat(listedOrUnproven(photos)).as("not the truth").isNotEqualTo(truth);
            }
        }
    }

    /** Nothing in such an answer tells that it lies, though the next page may. */
    private static List<String> listedOrUnproven(FakeBucket photos) {
        try {
            return photos.list(REQUEST);
        } catch (UnprovenListingException e) {
            return List.of("unproven");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LyingListing.class,
            names = {"OTHER_BUCKET", "KEYS_OUT_OF_ORDER", "KEY_COUNT_TOO_HIGH", "XML_WITHOUT_ITS_END"})
    void showsTheHonestPagesBeforeALieAndGoesOnAfterIt(LyingListing lie) {
        try (FakeBucket photos = filled()) {
            photos.fake.faults().on(LIST_OBJECTS_V2).nth(2).inject(Fault.lie(lie));
            try (Listing listing = photos.store.list(REQUEST)) {
                assertThat(listing.next().orElseThrow().count()).isEqualTo(4);

                assertThatThrownBy(listing::next)
                        .isInstanceOf(UnprovenListingException.class)
                        .hasMessageContaining("list s3://photos/dir/sub folder/: not proven: ");
                assertThat(listing.next().orElseThrow().key(0).text()).isEqualTo("dir/sub folder/e");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 300, 700})
    void takesATornBodyForNoPageAndAsksAgain(long kept) {
        try (FakeBucket photos = filled()) {
            photos.fake.faults().on(LIST_OBJECTS_V2).times(1).inject(Fault.truncate(kept));
            try (Listing listing = photos.store.list(REQUEST)) {
                assertThatThrownBy(listing::next)
                        .isInstanceOf(TransientStoreException.class)
                        .extracting(e -> ((TransientStoreException) e).trouble())
                        .isEqualTo(Trouble.NETWORK);
                assertThat(listing.next().orElseThrow().count()).isEqualTo(4);
            }
        }
    }

    @Test
    void resumesBehindTheLastKeyAfterAFailure() {
        try (FakeBucket photos = filled()) {
            try (Listing listing = photos.store.list(REQUEST)) {
                listing.next();
                photos.fake.faults().on(LIST_OBJECTS_V2).times(1).inject(Fault.internalError());
                assertThatThrownBy(listing::next).isInstanceOf(TransientStoreException.class);

                assertThat(listing.next().orElseThrow().key(0).text()).isEqualTo("dir/sub folder/e");
            }
            assertThat(photos.fake.log().requests(LIST_OBJECTS_V2).get(2).call().query())
                    .containsEntry("start-after", "dir/sub folder/d&d")
                    .doesNotContainKey("continuation-token");
        }
    }

    @Test
    void saysHowLongAThrottlingServerWantsItToWait() {
        try (FakeBucket photos = filled()) {
            photos.fake.faults().on(LIST_OBJECTS_V2).inject(Fault.html(503).retryAfter(Duration.ofSeconds(7)));

            assertThatThrownBy(() -> photos.list(REQUEST)).isInstanceOfSatisfying(TransientStoreException.class, e -> {
                assertThat(e.trouble()).isEqualTo(Trouble.THROTTLED);
                assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
            });
        }
    }

    @Test
    void tellsRefusalsApart() {
        assertRefused(Fault.accessDenied(), AccessDeniedException.class, "AccessDenied (403)");
        assertRefused(Fault.error(ErrorCode.EXPIRED_TOKEN), CredentialsException.class, "ExpiredToken");
        assertRefused(Fault.error(ErrorCode.REQUEST_TIME_TOO_SKEWED), CredentialsException.class, "clock");
        assertRefused(Fault.internalError(), TransientStoreException.class, "InternalError (500)");
        assertRefused(Fault.error(ErrorCode.INVALID_ARGUMENT), InvalidRequestException.class, "InvalidArgument");
        assertRefused(Fault.redirect(301, "http://127.0.0.1:9/photos"), InvalidRequestException.class, "region");
        assertRefused(new Fault.ErrorInOk(ErrorCode.SLOW_DOWN), TransientStoreException.class, "SlowDown (200)");
    }

    private static void assertRefused(WireFault fault, Class<? extends StoreException> kind, String words) {
        try (FakeBucket photos = filled()) {
            photos.fake.faults().on(LIST_OBJECTS_V2).inject(fault);

            assertThatThrownBy(() -> photos.list(REQUEST)).isInstanceOf(kind).hasMessageContaining(words);
        }
    }

    @Test
    void readsRawKeysOfAServerThatDoesNotEncode() {
        try (FakeBucket photos = filled(Weakness.ENCODING_TYPE_IGNORED)) {
            assertThat(photos.list(REQUEST))
                    .contains("dir/sub folder/b b", "dir/sub folder/c+c", "dir/sub folder/d&d")
                    .hasSize(9);
        }
    }

    @Test
    void refusesServersWithoutOrderOrRanges() {
        try (FakeBucket photos = filled(Weakness.UNORDERED_LISTING)) {
            assertThatThrownBy(() -> photos.list(REQUEST)).isInstanceOf(UnprovenListingException.class);
        }
        try (FakeBucket photos = filled(Weakness.START_AFTER_IGNORED)) {
            KeyRange behind = KeyRange.after(ObjectKey.of("dir/sub folder/e"));
            assertThatThrownBy(() -> photos.list(REQUEST.within(behind))).isInstanceOf(UnprovenListingException.class);
        }
    }

    @Test
    void readsTimesOfMillisecondsAndOfSeconds() {
        try (FakeBucket photos = filled(Weakness.WHOLE_SECOND_TIMES);
                Listing listing = photos.store.list(REQUEST)) {
            assertThat(listing.next().orElseThrow().modifiedNano(0)).isZero();
        }
    }

    @Test
    void sendsNothingOnceInterrupted() {
        try (FakeBucket photos = filled()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> photos.list(REQUEST)).isInstanceOf(TransientStoreException.class);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(photos.fake.log().count()).isZero();
        }
    }
}
