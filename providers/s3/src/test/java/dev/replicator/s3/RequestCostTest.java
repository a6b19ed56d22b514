package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.s3.FakeBucket.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreClock;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.s3.store.Attributes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operations cost in requests on the wire: counted by the meter and by the server alike. */
class RequestCostTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
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
        photos.store.read(new ObjectMeta(ObjectKey.of("a"), 1, Instant.EPOCH, new Version("v")));

        assertSent(Map.of());
    }

    @Test
    void listsAThousandKeysARequest() {
        photos.fake.populate(BUCKET, 2_001, i -> String.format("key-%06d", i), 1);

        assertThat(photos.list(ListRequest.everything())).hasSize(2_001);
        assertSent(Map.of(RequestKind.LIST, 3L));
    }

    @Test
    void writesASmallObjectInOneRequest() {
        photos.store.write(ObjectKey.of("a"), ByteArrayBody.of(TEXT), NEW);

        assertSent(Map.of(RequestKind.PUT, 1L));
    }

    @Test
    void streamsASmallObjectWithItsMetadataInOneRead() throws Exception {
        photos.fake.put(BUCKET, "a", TEXT, Attributes.DEFAULT.withMetadata(Map.of("colour", "red")));
        ObjectMeta seen = photos.head("a");
        photos.fake.log().reset();
        long before = photos.meter.total();

        try (ObjectBody body = photos.store.read(seen)) {
            assertThat(body.metadata().user()).containsEntry("colour", "red");
            assertThat(body.open().readAllBytes()).isEqualTo(TEXT);
        }

        assertThat(photos.meter.total() - before).isEqualTo(1);
        assertThat(photos.fake.log().count()).isEqualTo(1);
    }

    @Test
    void asksForTagsOnlyWhereThereAreSome() {
        photos.fake.put(BUCKET, "a", TEXT, Attributes.DEFAULT.withTags(Map.of("k", "v w+x")));
        ObjectMeta seen = photos.head("a");

        try (ObjectBody body = photos.store.read(seen)) {
            assertThat(body.metadata().tags()).isEqualTo(Map.of("k", "v w+x"));
        }

        assertSent(Map.of(RequestKind.HEAD, 1L, RequestKind.GET, 1L, RequestKind.TAGS, 1L));
    }

    @Test
    void copiesASmallObjectInOneRequestWithMetadataAndTags() {
        photos.fake.put(
                SOURCE,
                "a",
                TEXT,
                Attributes.DEFAULT.withMetadata(Map.of("m", "1")).withTags(Map.of("t", "2")));
        ObjectMeta source;
        BucketRef originals;
        try (ObjectStore from = photos.openSource()) {
            source = from.head(ObjectKey.of("a")).orElseThrow();
            originals = from.bucket();
        }
        photos.fake.log().reset();

        photos.store.copyFrom(originals, source, ObjectKey.of("b +\u00E9"), NEW);

        assertSent(Map.of(RequestKind.COPY, 1L));
        Attributes copied = photos.fake.find(BUCKET, "b +\u00E9").orElseThrow().attributes();
        assertThat(copied.metadata()).containsEntry("m", "1");
        assertThat(copied.tags()).containsEntry("t", "2");
    }

    @Test
    void copiesALargeObjectInPartsWithOneHeadOfItsSource() {
        photos.fake.put(SOURCE, "a", new byte[3 * MIB], Attributes.DEFAULT.withTags(Map.of("t", "2")));
        ObjectMeta source;
        BucketRef originals;
        try (ObjectStore from = photos.openSource()) {
            source = from.head(ObjectKey.of("a")).orElseThrow();
            originals = from.bucket();
        }
        photos.fake.log().reset();

        photos.store.copyFrom(originals, source, ObjectKey.of("b"), NEW);

        assertSent(Map.of(RequestKind.HEAD, 1L, RequestKind.TAGS, 1L, RequestKind.MULTIPART, 2L, RequestKind.COPY, 3L));
        assertThat(photos.fake.find(BUCKET, "b").orElseThrow().attributes().tags())
                .containsEntry("t", "2");
    }

    @Test
    void writesALargeObjectInParts() {
        photos.store.write(ObjectKey.of("a"), ByteArrayBody.of(new byte[3 * MIB]), NEW);

        assertSent(Map.of(RequestKind.MULTIPART, 2L, RequestKind.PUT, 3L));
    }

    @Test
    void deletesInOneRequest() {
        photos.fake.put(BUCKET, "a", TEXT);

        photos.store.delete(ObjectKey.of("a"), Precondition.none());

        assertSent(Map.of(RequestKind.DELETE, 1L));
    }

    @Test
    void tellsTheTimeWithoutAskingOnceSomethingWasAnswered() {
        StoreClock clock = photos.store.role(StoreClock.class).orElseThrow();
        clock.now();
        assertSent(Map.of(RequestKind.HEAD, 1L));

        clock.now();
        clock.offset();

        assertSent(Map.of(RequestKind.HEAD, 1L));
    }

    @Test
    void marksWhatItWroteWithItsOperation() {
        photos.store.write(ObjectKey.of("a"), ByteArrayBody.of(TEXT), NEW.withOperation("run-1/7"));
        photos.store.write(ObjectKey.of("b"), ByteArrayBody.of(new byte[3 * MIB]), NEW.withOperation("run-1/8"));

        assertThat(photos.fake.find(BUCKET, "a").orElseThrow().attributes().metadata())
                .containsEntry(ObjectMetadata.OPERATION, "run-1/7");
        assertThat(photos.fake.find(BUCKET, "b").orElseThrow().attributes().metadata())
                .containsEntry(ObjectMetadata.OPERATION, "run-1/8");
    }
}
