package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.testkit.gcs.model.GcsOperation.GET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Tags;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is special about buckets of Cloud Storage. */
class SpecialCasesTest {
    private static final ObjectKey KEY = ObjectKey.of("key");
    private static final WriteOptions PLAIN = WriteOptions.of(Precondition.none());

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    static StoreSettings with(StoreSettings settings, boolean requesterPays, WriteSettings write) {
        return new StoreSettings(
                settings.uri(),
                settings.endpoint(),
                settings.region(),
                settings.profile(),
                settings.roleArn(),
                settings.pathStyle(),
                settings.checksums(),
                requesterPays,
                settings.expectedBucketOwner(),
                write,
                settings.capabilities(),
                settings.links(),
                settings.sizes(),
                settings.project());
    }

    private ObjectMeta write(ObjectStore store, ObjectMetadata metadata) {
        return store.write(KEY, ByteArrayBody.of(new byte[100]), PLAIN.withMetadata(metadata));
    }

    @Test
    void saysWhatToSetWhereTheRequesterPays() {
        photos.fake.createBucket("paid", BucketSettings.ORDINARY.withRequesterPays(true));
        ObjectStore unpaid = photos.open("paid", settings -> settings);

        assertThatThrownBy(() -> unpaid.head(KEY))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("set the store's requester-pays and project");
        assertThatThrownBy(() -> photos.list(unpaid, ListRequest.everything()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("requester-pays");
        unpaid.close();
    }

    @Test
    void namesTheProjectThatPaysInEveryRequest() throws Exception {
        photos.fake.createBucket("paid", BucketSettings.ORDINARY.withRequesterPays(true));
        try (ObjectStore paid =
                photos.open("paid", settings -> with(settings.withProject("acme-billing"), true, WriteSettings.NONE))) {
            ObjectMeta written = write(paid, ObjectMetadata.NONE);
            paid.write(KEY, SourceBody.random(3 << 20), PLAIN);
            ObjectMeta large = paid.head(KEY).orElseThrow();
            assertThat(paid.read(large).open().readAllBytes()).hasSize(3 << 20);
            assertThat(photos.list(paid, ListRequest.everything())).containsExactly("key");
            paid.copyFrom(paid.bucket(), large, ObjectKey.of("other"), PLAIN);
            paid.delete(KEY, Precondition.unchanged(large.version()));
            assertThat(written.version()).isNotEqualTo(large.version());
        }
        assertThat(photos.fake.log().requests())
                .allSatisfy(request -> assertThat(request.status()).isLessThan(400));
    }

    @Test
    void saysWhatToLeaveOutWhereAccessIsUniform() {
        photos.fake.createBucket("uniform", BucketSettings.ORDINARY.withUniformAccess(true));
        WriteSettings acl =
                new WriteSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("public-read"));
        try (ObjectStore store = photos.open("uniform", settings -> with(settings, false, acl))) {
            assertThatThrownBy(() -> write(store, ObjectMetadata.NONE))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("leave out the store's acl");
        }
        assertThat(photos.fake.keys("uniform")).isEmpty();
    }

    @Test
    void setsACannedAclInTheServicesWords() {
        WriteSettings acl =
                new WriteSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("public-read"));
        try (ObjectStore store = photos.open(settings -> with(settings, false, acl))) {
            write(store, ObjectMetadata.NONE);
        }
        assertThat(photos.fake.find(BUCKET, "key").orElseThrow().fields().acl()).containsEntry("allUsers", "READER");
    }

    @Test
    void refusesMetadataThatAreTooLarge() {
        ObjectMetadata large = ObjectMetadata.NONE.withUser(Map.of("k", "v".repeat(9_000)));

        assertThatThrownBy(() -> write(photos.store, large)).isInstanceOf(InvalidRequestException.class);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void keepsTheCaseOfMetadataNamesAndWhatIsNotAscii() {
        Map<String, String> user = Map.of("custom:aclPolicy", "{\"owner\":\"Zo\u00eb\"}", "Caf\u00e9", "\uD83D\uDE00");

        write(photos.store, ObjectMetadata.NONE.withUser(user));

        assertThat(photos.head("key").metadata().orElseThrow().user()).isEqualTo(user);
        assertThat(photos.fake.find(BUCKET, "key").orElseThrow().fields().metadata())
                .isEqualTo(user);
    }

    @Test
    void carriesAnExpiresHeaderThatTheServiceHasNot() {
        ObjectMetadata metadata = new ObjectMetadata(
                Optional.of("text/css"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Thu, 01 Dec 2033 16:00:00 GMT"),
                Map.of(),
                Map.of());

        write(photos.store, metadata);

        assertThat(photos.head("key").metadata()).contains(metadata);
    }

    @Test
    void takesTheTimeOfCreationNotThatOfAnEdit() {
        ObjectMeta written = write(photos.store, ObjectMetadata.NONE);

        photos.fake.patch(BUCKET, "key", fields -> fields.withMetadata(Map.of("k", "v")));

        ObjectMeta edited = photos.head("key");
        assertThat(edited.modified()).isEqualTo(written.modified());
        assertThat(edited.version()).isEqualTo(written.version());
        assertThat(written.metageneration()).isEqualTo(1);
        assertThat(edited.metageneration()).isEqualTo(2);
    }

    @Test
    void tellsThrottlingAndHowLongToWait() {
        photos.fake.faults().on(GET).times(1).inject(GcsFault.rateLimited().retryAfter(Duration.ofSeconds(7)));

        assertThatThrownBy(() -> photos.store.head(KEY)).isInstanceOfSatisfying(TransientStoreException.class, e -> {
            assertThat(e.trouble()).isEqualTo(Trouble.THROTTLED);
            assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        });
    }

    @Test
    void neverTakesARefusalForAbsence() {
        photos.fake.faults().on(GET).nth(1).inject(GcsFault.forbidden());
        photos.fake.faults().on(GET).nth(1).inject(GcsFault.error(Reason.AUTH_ERROR));

        assertThatThrownBy(() -> photos.store.head(KEY)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> photos.store.head(KEY)).isInstanceOf(CredentialsException.class);
    }

    @Test
    void saysWhenTheProjectIsAnother() {
        try (FakeBucket strict = new FakeBucket(FakeGcsOptions.strict().withProject("acme-billing"))) {
            strict.fake.createBucket("paid", BucketSettings.ORDINARY.withRequesterPays(true));
            try (ObjectStore store = strict.open(
                    "paid", settings -> with(settings.withProject("other-billing"), true, WriteSettings.NONE))) {
                assertThatThrownBy(() -> write(store, ObjectMetadata.NONE))
                        .isInstanceOfAny(AccessDeniedException.class, InvalidRequestException.class);
            }
        }
    }

    @Test
    void refusesToDeleteWhatIsHeld() {
        photos.fake.put(BUCKET, "key", new byte[1], ObjectFields.NONE.withHolds(true, false));

        assertThatThrownBy(() -> photos.store.delete(KEY, Precondition.none()))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void hasKeyRulesAndNeitherTagsNorUploadsToSweep() {
        KeyRules rules = photos.store.role(KeyRules.class).orElseThrow();

        assertThat(rules.refusal(ObjectKey.of("a/../b"))).isEmpty();
        assertThat(rules.refusal(ObjectKey.of("x".repeat(1_024)))).isEmpty();
        for (String impossible :
                new String[] {".", "..", "a\rb", "a\nb", "x".repeat(1_025), ".well-known/acme-challenge/t"}) {
            assertThat(rules.refusal(ObjectKey.of(impossible))).as(impossible).isPresent();
        }
        assertThat(photos.store.role(Tags.class)).isEmpty();
        assertThat(photos.store.role(UploadSweep.class)).isEmpty();
    }
}
