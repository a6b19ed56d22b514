package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteSettings;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.gcs.log.LoggedRequest;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.gcs.store.Encryption;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.wire.WireFault;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What changing metadata on Cloud Storage keeps, costs and refuses. */
class MetadataUpdateTest {
    private static final ObjectKey KEY = ObjectKey.of("a");
    private static final ObjectMetadata AFTER = ObjectMetadata.ofContentType("text/html")
            .withUser(Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}", "kept", "new"));
    private static final ObjectFields RICH = ObjectFields.NONE
            .withTexts(Map.of("contentType", "text/plain", "cacheControl", "no-store", "contentLanguage", "de"))
            .withMetadata(Map.of("old", "1", "kept", "old", "replicator-expires", "Thu, 01 Dec 2033 16:00:00 GMT"))
            .withStorageClass("NEARLINE")
            .withCustomTime(Instant.parse("2026-01-02T03:04:05.678Z"))
            .withHolds(true, true)
            .withAcl(Map.of("allUsers", "READER"))
            .withEncryption(Encryption.ofKms("projects/p/locations/l/keyRings/r/cryptoKeys/k"));

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private static ObjectMeta update(ObjectStore store, ObjectMeta seen, ObjectMetadata metadata) {
        return store.role(MetadataUpdate.class)
                .orElseThrow()
                .update(seen, metadata, Precondition.unchanged(seen.version()));
    }

    private StoredObject stored() {
        return photos.fake.find(BUCKET, "a").orElseThrow();
    }

    private ObjectMeta rich() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH);
        return photos.head("a");
    }

    /** As a line of a written plan knows it. */
    private static ObjectMeta asWritten(ObjectMeta seen) {
        return new ObjectMeta(
                seen.key(),
                seen.size(),
                seen.modified(),
                seen.version(),
                List.of(),
                seen.note(),
                Optional.empty(),
                seen.metageneration());
    }

    @Test
    void replacesHeadersAndEntriesAndKeepsClassTimeHoldsGrantsAndKey() {
        ObjectMeta seen = rich();

        ObjectMeta updated = update(photos.store, seen, AFTER);

        assertThat(stored().fields().texts()).isEqualTo(Map.of("contentType", "text/html"));
        assertThat(stored().fields().metadata()).isEqualTo(AFTER.user());
        assertThat(stored().fields())
                .isEqualTo(RICH.withTexts(stored().fields().texts()).withMetadata(AFTER.user()));
        assertThat(stored().generation())
                .isEqualTo(Long.parseLong(seen.version().token()));
        assertThat(updated.version()).isEqualTo(seen.version());
        assertThat(updated.metageneration()).isEqualTo(2).isEqualTo(stored().metageneration());
        assertThat(updated.modified()).isEqualTo(seen.modified());
        assertThat(updated.metadata().orElseThrow().withTraits(Map.of())).isEqualTo(AFTER);
    }

    @Test
    void removesEveryEntryWhenNoneIsWanted() {
        update(photos.store, rich(), ObjectMetadata.ofContentType("text/css"));

        assertThat(stored().fields().metadata()).isEmpty();
    }

    @Test
    void costsOneRequestWhereItIsKnownWhatIsThereAndAHeadMoreWhereNot() {
        ObjectMeta seen = rich();
        photos.fake.log().reset();
        RequestForecast forecast = photos.store.role(RequestForecast.class).orElseThrow();

        ObjectMeta updated = update(photos.store, seen, AFTER);

        assertThat(photos.fake.log().count()).isEqualTo(1);
        assertThat(photos.sent()).containsEntry(RequestKind.PUT, 1L);
        assertThat(forecast.updating(10).toMap()).isEqualTo(Map.of(RequestKind.PUT, 1L));
        photos.fake.log().reset();

        update(photos.store, asWritten(updated), ObjectMetadata.ofContentType("text/css"));

        assertThat(photos.fake.log().count()).isEqualTo(2);
        assertThat(photos.fake.log().count(GcsOperation.GET)).isEqualTo(1);
        assertThat(stored().fields().metadata()).isEmpty();
    }

    @Test
    void touchesNothingWhoseMetadataWereChangedSinceTheyWereSeen() {
        ObjectMeta seen = rich();
        photos.fake.patch(BUCKET, "a", fields -> fields.withMetadata(Map.of("by", "another")));

        for (ObjectMeta before : List.of(seen, asWritten(seen))) {
            assertThatThrownBy(() -> update(photos.store, before, AFTER)).isInstanceOf(StaleObjectException.class);
        }

        assertThat(stored().fields().metadata()).isEqualTo(Map.of("by", "another"));
        assertThat(stored().metageneration()).isEqualTo(2);
    }

    /** Between our look and our patch: the patch is conditional on what the look told. */
    @Test
    void touchesNothingThatWasChangedOrReplacedAfterTheLook() {
        ObjectMeta seen = asWritten(rich());
        photos.fake
                .faults()
                .on(GcsOperation.PATCH)
                .times(1)
                .before(call -> photos.fake.patch(BUCKET, "a", fields -> fields.withText("contentType", "text/css")));
        assertThatThrownBy(() -> update(photos.store, seen, AFTER)).isInstanceOf(StaleObjectException.class);
        assertThat(stored().fields().texts()).containsEntry("contentType", "text/css");

        photos.fake.patch(BUCKET, "a", fields -> fields.withHolds(false, false));
        photos.fake.put(BUCKET, "a", new byte[10]);
        ObjectMeta again = photos.head("a");
        photos.fake.faults().on(GcsOperation.PATCH).times(1).before(call -> photos.fake.put(BUCKET, "a", new byte[20]));
        assertThatThrownBy(() -> update(photos.store, again, AFTER)).isInstanceOf(StaleObjectException.class);
        assertThat(stored().metageneration()).as("that of both").isEqualTo(again.metageneration());
        assertThat(stored().size()).isEqualTo(20);
        assertThat(stored().fields().metadata()).isEmpty();
    }

    @Test
    void sendsNothingForAConditionThatCanNotHold() {
        ObjectMeta seen = rich();
        photos.fake.log().reset();
        var role = photos.store.role(MetadataUpdate.class).orElseThrow();

        for (Precondition impossible :
                List.of(Precondition.absent(), Precondition.unchanged(new Version("1700000000000001")))) {
            assertThatThrownBy(() -> role.update(seen, AFTER, impossible)).isInstanceOf(StaleObjectException.class);
        }
        assertThat(photos.fake.log().count()).isZero();
    }

    @Test
    void knowsItsOwnUpdateWhenTheAnswerWasLost() {
        ObjectMeta seen = rich();
        photos.fake.faults().on(GcsOperation.PATCH).times(1).inject(WireFault.dropAfterCommit());
        RetrySettings quick = new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1));
        ObjectStore retrying = new RetryingObjectStore(
                photos.store, new Retries("test", quick, new RetryBudget(1_000, 100), System::nanoTime));

        ObjectMeta updated = update(retrying, seen, AFTER);

        assertThat(updated.metageneration()).isEqualTo(2);
        assertThat(stored().metageneration()).isEqualTo(2);
        assertThat(stored().fields().metadata()).isEqualTo(AFTER.user());
    }

    @Test
    void changesNothingWhenThereIsMoreThanTheServiceHolds() {
        ObjectMeta seen = rich();

        assertThatThrownBy(() -> update(photos.store, seen, AFTER.withUser("large", "x".repeat(8_200))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("8192");
        assertThat(stored().fields()).isEqualTo(RICH);
    }

    @Test
    void changesMetadataOfWhatOnlyItsOwnerCanRead() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH.withEncryption(Encryption.ofCustomer("c2hhMjU2")));

        update(photos.store, photos.head("a"), AFTER);

        assertThat(stored().fields().metadata()).isEqualTo(AFTER.user());
        assertThat(stored().fields().encryption()).isEqualTo(Encryption.ofCustomer("c2hhMjU2"));
    }

    /** A canned ACL of the settings is for what is written; a change of metadata leaves grants alone. */
    @Test
    void sendsNoGrantsWhereAccessIsUniformAndTheProjectWhereTheRequesterPays() {
        photos.fake.createBucket(
                "uniform", BucketSettings.ORDINARY.withUniformAccess(true).withRequesterPays(true));
        photos.fake.put("uniform", "a", new byte[10]);
        WriteSettings acl =
                new WriteSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("public-read"));
        try (ObjectStore store = photos.open(
                "uniform", settings -> SpecialCasesTest.with(settings.withProject("acme-billing"), true, acl))) {
            update(store, store.head(KEY).orElseThrow(), AFTER);
        }
        assertThat(photos.fake.find("uniform", "a").orElseThrow().fields().metadata())
                .isEqualTo(AFTER.user());
        assertThat(photos.fake.log().requests(GcsOperation.PATCH))
                .extracting(LoggedRequest::status)
                .containsExactly(200);
    }

    @Test
    void isNotOfferedWhereConditionsAreNotHeldTo() {
        EnumSet<Capability> careless = EnumSet.copyOf(FakeGcsContractTest.ALL);
        careless.remove(Capability.CONDITIONAL_COPY);
        try (ObjectStore store = photos.open(settings -> settings.withCapabilities(careless))) {
            assertThat(store.role(MetadataUpdate.class)).isEmpty();
        }
    }
}
