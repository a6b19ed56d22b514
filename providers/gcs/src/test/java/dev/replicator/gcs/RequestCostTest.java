package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.gcs.FakeBucket.MIB;
import static dev.replicator.gcs.FakeBucket.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreClock;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many requests each thing takes, and that every one of them is counted. */
class RequestCostTest {
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private void assertSent(Map<RequestKind, Long> expected) {
        assertThat(photos.sent()).isEqualTo(expected);
        assertThat(photos.fake.log().count()).isEqualTo(photos.meter.total());
    }

    @Test
    void sendsNothingBeforeItIsAsked() {
        photos.store.list(ListRequest.everything()).close();
        photos.store.read(new ObjectMeta(ObjectKey.of("a"), 1, Instant.EPOCH, new Version("1")));

        assertSent(Map.of());
    }

    @Test
    void listsAThousandKeysARequest() {
        photos.fake.populate(BUCKET, 2_001, i -> String.format("key-%06d", i), 1);

        assertThat(photos.list(ListRequest.everything())).hasSize(2_001);
        assertSent(Map.of(RequestKind.LIST, 3L));
    }

    @Test
    void asksForTheFieldsOfAListingThatItUses() {
        photos.fake.put(BUCKET, "a", new byte[1], ObjectFields.NONE.withMetadata(Map.of("large", "x".repeat(4_000))));

        photos.list(ListRequest.everything());

        assertThat(photos.fake.log().requests(GcsOperation.LIST).get(0).bytesOut())
                .isLessThan(400);
    }

    @Test
    void writesASmallObjectInOneRequest() {
        photos.store.write(ObjectKey.of("a"), ByteArrayBody.of(new byte[100]), NEW);

        assertSent(Map.of(RequestKind.PUT, 1L));
    }

    @Test
    void writesALargeObjectInParts() {
        photos.store.write(ObjectKey.of("a"), SourceBody.random(4 * MIB), NEW);

        assertSent(Map.of(RequestKind.MULTIPART, 1L, RequestKind.PUT, 5L));
    }

    @Test
    void readsAnObjectInOneRequestAndItsMetadataInAnother() throws Exception {
        photos.fake.put(BUCKET, "a", new byte[100], ObjectFields.NONE.withMetadata(Map.of("colour", "red")));
        ObjectMeta seen = photos.head("a");

        try (ObjectBody body = photos.store.read(seen);
                InputStream in = body.open()) {
            assertThat(in.readAllBytes()).hasSize(100);
            assertSent(Map.of(RequestKind.HEAD, 1L, RequestKind.GET, 1L));
            assertThat(body.metadata().user()).containsEntry("colour", "red");
            assertThat(body.metadata().user()).containsEntry("colour", "red");
        }
        assertSent(Map.of(RequestKind.HEAD, 2L, RequestKind.GET, 1L));
    }

    @Test
    void copiesWithItsMetadataInOneRequest() {
        photos.fake.put(SOURCE, "a", new byte[100], ObjectFields.NONE.withMetadata(Map.of("m", "1")));
        ObjectMeta source = photos.source("a");
        var from = photos.sourceBucket();
        photos.fake.log().reset();

        photos.store.copyFrom(from, source, ObjectKey.of("b +\u00E9"), NEW);

        assertSent(Map.of(RequestKind.COPY, 1L));
        assertThat(photos.fake.find(BUCKET, "b +\u00E9").orElseThrow().fields().metadata())
                .containsEntry("m", "1");
    }

    @Test
    void deletesInOneRequest() {
        photos.fake.put(BUCKET, "a", new byte[1]);

        photos.store.delete(ObjectKey.of("a"), Precondition.none());
        photos.store.delete(ObjectKey.of("a"), Precondition.none());

        assertSent(Map.of(RequestKind.DELETE, 2L));
    }

    @Test
    void asksForTheTimeOnceAndOnlyWhereNoAnswerHasToldIt() {
        StoreClock clock = photos.store.role(StoreClock.class).orElseThrow();

        assertThat(clock.offset()).isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(1));
        clock.now();

        assertSent(Map.of(RequestKind.HEAD, 1L));
    }

    @Test
    void sendsNoRequestForAKeyThatNoBucketHolds() {
        assertThat(photos.store.head(ObjectKey.of(".."))).isEmpty();
        photos.store.delete(ObjectKey.of("a\nb"), Precondition.none());

        assertSent(Map.of());
    }

    @Test
    void sendsWhatItForetold() {
        RequestForecast forecast = photos.store.role(RequestForecast.class).orElseThrow();
        RequestCounts foretold = RequestCounts.of(RequestKind.COPY, 0);
        for (int size : new int[] {0, 100, 2 * MIB, 2 * MIB + 1, 3 * MIB, 4 * MIB + 300_000}) {
            photos.store.write(ObjectKey.of("k" + size), SourceBody.random(size), NEW);
            foretold = foretold.plus(forecast.writing(size).requests());
        }
        photos.fake.put(SOURCE, "a", new byte[100]);
        photos.store.copyFrom(photos.sourceBucket(), photos.source("a"), ObjectKey.of("copy"), NEW);

        assertThat(photos.sent()).isEqualTo(foretold.plus(forecast.copying(100)).toMap());
        assertThat(forecast.isLocal()).isFalse();
    }
}
