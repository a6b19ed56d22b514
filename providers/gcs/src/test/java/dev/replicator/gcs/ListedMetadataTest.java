package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestForecast.Reading;
import dev.replicator.store.RequestKind;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.Encryption;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metadata that a listing shows spare a head, and are believed only as far as the read confirms them. */
class ListedMetadataTest {
    private static final ObjectFields RED =
            ObjectFields.NONE.withText("contentType", "image/png").withMetadata(Map.of("colour", "red"));

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private ObjectMeta listed(ObjectStore store, String key) {
        try (Listing listing = store.list(ListRequest.everything().withMetadata())) {
            Page page = listing.next().orElseThrow();
            for (int i = 0; i < page.count(); i++) {
                if (page.key(i).equals(ObjectKey.of(key))) {
                    return page.meta(i);
                }
            }
            throw new AssertionError(key + " is not listed");
        }
    }

    private ObjectMeta listed(String key) {
        ObjectMeta found = listed(photos.store, key);
        photos.fake.log().reset();
        return found;
    }

    private static byte[] bytes(ObjectBody body) throws IOException {
        try (InputStream in = body.open()) {
            return in.readAllBytes();
        }
    }

    private void assertSent(long heads, long reads) {
        assertThat(photos.fake.log().count(GcsOperation.GET)).as("heads").isEqualTo(heads);
        assertThat(photos.fake.log().count(GcsOperation.MEDIA)).as("reads").isEqualTo(reads);
    }

    private RequestForecast forecast() {
        return photos.store.role(RequestForecast.class).orElseThrow();
    }

    @Test
    void aSmallObjectIsReadWithItsMetadataInOneRequest() throws IOException {
        for (int size : new int[] {0, 1, 100, 2 << 20}) {
            photos.fake.put(BUCKET, "a", new byte[size], RED);
            ObjectMeta object = listed("a");

            try (ObjectBody body = photos.store.read(object)) {
                assertThat(body.metadata().user()).containsEntry("colour", "red");
                assertThat(bytes(body)).hasSize(size);
                assertThat(body.metadata().contentType()).contains("image/png");
            }

            assertSent(0, 1);
            assertThat(photos.fake
                            .log()
                            .requests(GcsOperation.MEDIA)
                            .get(0)
                            .call()
                            .query())
                    .containsEntry("ifGenerationMatch", object.version().token())
                    .containsEntry("ifMetagenerationMatch", "1");
            assertThat(forecast().reading(object, Reading.WHOLE).toMap()).isEqualTo(Map.of(RequestKind.GET, 1L));
        }
    }

    @Test
    void aLargeObjectsMetadataComeWithAHead() throws IOException {
        photos.fake.put(BUCKET, "a", new byte[(2 << 20) + 1], RED);
        ObjectMeta object = listed("a");

        try (ObjectBody body = photos.store.read(object)) {
            assertThat(body.metadata().user()).containsEntry("colour", "red");
            assertThat(bytes(body)).hasSize((2 << 20) + 1);
        }

        assertSent(1, 1);
        assertThat(forecast().reading(object, Reading.WHOLE).toMap())
                .isEqualTo(Map.of(RequestKind.HEAD, 1L, RequestKind.GET, 1L));
    }

    @Test
    void rangesOfASmallObjectTakeOneReadMore() throws IOException {
        photos.fake.put(BUCKET, "a", new byte[100], RED);
        ObjectMeta object = listed("a");

        try (ObjectBody body = photos.store.read(object)) {
            body.metadata();
            for (int at = 0; at < 100; at += 50) {
                try (InputStream in = body.open(at, 50)) {
                    assertThat(in.readAllBytes()).hasSize(50);
                }
            }
        }

        assertSent(0, 3);
        assertThat(forecast().reading(object, Reading.byRanges(2)).toMap()).isEqualTo(Map.of(RequestKind.GET, 3L));
    }

    /** More of them than there are connections. */
    @Test
    @Timeout(60)
    void aBodyThatIsClosedUnreadLeavesNoConnectionBusy() {
        photos.fake.put(BUCKET, "a", new byte[100_000], RED);
        ObjectMeta object = listed("a");

        for (int i = 0; i < 600; i++) {
            try (ObjectBody body = photos.store.read(object)) {
                assertThat(body.metadata().user()).containsEntry("colour", "red");
            }
        }

        assertSent(0, 600);
    }

    @Test
    void goesOnWithTheNewMetadataWhenTheyAloneWereChanged() throws IOException {
        photos.fake.put(BUCKET, "a", new byte[100], RED);
        ObjectMeta object = listed("a");
        photos.fake.patch(BUCKET, "a", fields -> fields.withMetadata(Map.of("colour", "blue")));

        try (ObjectBody body = photos.store.read(object)) {
            assertThat(body.metadata().user()).isEqualTo(Map.of("colour", "blue"));
            assertThat(bytes(body)).hasSize(100);
        }

        assertSent(1, 2);
    }

    @Test
    void isStaleWhenTheObjectWasReplacedAndAbsentWhenItIsGone() {
        photos.fake.put(BUCKET, "a", new byte[100], RED);
        ObjectMeta object = listed("a");
        photos.fake.put(BUCKET, "a", new byte[100], RED);
        try (ObjectBody body = photos.store.read(object)) {
            assertThatThrownBy(body::metadata).isInstanceOf(StaleObjectException.class);
        }

        photos.fake.delete(BUCKET, "a");
        try (ObjectBody body = photos.store.read(object)) {
            assertThatThrownBy(body::metadata).isInstanceOf(ObjectNotFoundException.class);
        }
    }

    /** Who wants the bytes alone does not mind another metageneration. */
    @Test
    void bytesAloneAreReadWhateverBecameOfTheMetadata() throws IOException {
        photos.fake.put(BUCKET, "a", new byte[100], RED);
        ObjectMeta object = listed("a");
        photos.fake.patch(BUCKET, "a", fields -> fields.withMetadata(Map.of("colour", "blue")));

        try (ObjectBody body = photos.store.read(object)) {
            assertThat(bytes(body)).hasSize(100);
            assertSent(0, 1);
            assertThat(body.metadata().user()).isEqualTo(Map.of("colour", "blue"));
        }

        assertSent(1, 1);
    }

    @Test
    void aServerThatPinsNoReadsIsAskedForMetadata() {
        EnumSet<Capability> careless = EnumSet.copyOf(FakeGcsContractTest.ALL);
        careless.remove(Capability.PINNED_READ);
        photos.fake.put(BUCKET, "a", new byte[100], RED);
        try (ObjectStore store = photos.open(settings -> settings.withCapabilities(careless))) {
            ObjectMeta object = listed(store, "a");
            photos.fake.log().reset();
            try (ObjectBody body = store.read(object)) {
                assertThat(body.metadata().user()).containsEntry("colour", "red");
            }
        }
        assertSent(1, 0);
    }

    @Test
    void showsWhatTheServiceKeepsBesideMetadata() {
        photos.fake.put(
                BUCKET,
                "a",
                new byte[1],
                ObjectFields.NONE
                        .withStorageClass("NEARLINE")
                        .withCustomTime(Instant.parse("2026-01-02T03:04:05.678Z"))
                        .withHolds(false, true)
                        .withEncryption(Encryption.ofKms("projects/p/cryptoKeys/k")));
        photos.fake.put(BUCKET, "b", new byte[1], ObjectFields.NONE.withHolds(true, false));
        photos.fake.put(BUCKET, "c", new byte[1]);

        assertThat(listed("a").metadata().orElseThrow().traits())
                .isEqualTo(photos.head("a").metadata().orElseThrow().traits())
                .isEqualTo(Map.of(
                        ServiceTrait.STORAGE_CLASS,
                        "NEARLINE",
                        ServiceTrait.CUSTOM_TIME,
                        "2026-01-02T03:04:05.678Z",
                        ServiceTrait.HOLD,
                        "an event-based hold",
                        ServiceTrait.ENCRYPTION_KEY,
                        "a key of Cloud KMS"));
        assertThat(listed("b").metadata().orElseThrow().traits())
                .isEqualTo(Map.of(ServiceTrait.HOLD, "a temporary hold"));
        assertThat(listed("c").metadata()).contains(ObjectMetadata.NONE);
        assertThat(listed("c").metadata().orElseThrow().traits()).isEmpty();
    }

    /** Listings show no digests of what a key of Cloud KMS encrypts; the answer with the bytes does. */
    @Test
    void readsAndChecksWhatAKeyOfCloudKmsEncrypts() throws IOException {
        photos.fake.put(BUCKET, "a", new byte[100], RED.withEncryption(Encryption.ofKms("projects/p/cryptoKeys/k")));
        ObjectMeta object = listed("a");

        assertThat(object.fingerprints()).isEmpty();
        try (ObjectBody body = photos.store.read(object)) {
            assertThat(body.metadata().user()).containsEntry("colour", "red");
            assertThat(bytes(body)).hasSize(100);
        }
        assertSent(0, 1);
    }

    @Test
    void entriesWithMuchMetadataAreAskedForTheirs() throws IOException {
        photos.fake.put(BUCKET, "a", new byte[10], RED.withMetadata(Map.of("long", "x".repeat(2_048))));
        photos.fake.put(BUCKET, "b", new byte[10], RED.withMetadata(Map.of("long", "x".repeat(1_000))));

        assertThat(listed("a").metadata()).isEmpty();
        assertThat(listed("b").metadata()).isPresent();
        try (ObjectBody body = photos.store.read(listed("a"))) {
            assertThat(body.metadata().user()).containsKey("long");
            assertThat(bytes(body)).hasSize(10);
        }
        assertSent(1, 1);
    }

    @Test
    void asksForMetadataOnlyWhenAListingIsToShowThem() {
        photos.fake.put(BUCKET, "a", new byte[10], RED);
        photos.list(ListRequest.everything());
        photos.list(ListRequest.everything().withMetadata());

        var requests = photos.fake.log().requests(GcsOperation.LIST);
        assertThat(requests.get(0).call().query().get("fields")).doesNotContain("contentType");
        assertThat(requests.get(1).call().query().get("fields")).contains("contentType", "storageClass", "metadata");
    }

    /** A custom time would be lost where a storage class makes the copy name the metadata itself. */
    @Test
    void aCopyIntoAnotherClassKeepsTheCustomTime() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        photos.fake.put(FakeBucket.SOURCE, "a", new byte[10], RED.withCustomTime(time));
        var write = new WriteSettings(Optional.of("NEARLINE"), Optional.empty(), Optional.empty(), Optional.empty());
        try (ObjectStore cold = photos.open(settings -> SpecialCasesTest.with(settings, false, write))) {
            cold.copyFrom(
                    photos.sourceBucket(),
                    photos.source("a"),
                    ObjectKey.of("a"),
                    WriteOptions.of(Precondition.absent()));
            cold.write(ObjectKey.of("b"), ByteArrayBody.of(new byte[1]), WriteOptions.of(Precondition.absent()));
        }

        ObjectFields copied = photos.fake.find(BUCKET, "a").orElseThrow().fields();
        assertThat(copied.customTime()).contains(time);
        assertThat(copied.metadata()).containsEntry("colour", "red");
        assertThat(copied.storageClass()).contains("NEARLINE");
    }
}
