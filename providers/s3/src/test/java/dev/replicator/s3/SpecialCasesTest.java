package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.s3.FakeBucket.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.BucketSettings;
import dev.replicator.testkit.s3.store.Encryption;
import dev.replicator.testkit.s3.store.Versioning;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of S3's special cases, a test per row. */
class SpecialCasesTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);
    private static final WriteOptions PLAIN = WriteOptions.of(Precondition.none());
    private static final ObjectKey KEY = ObjectKey.of("key");

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private static StoreSettings with(
            StoreSettings settings, boolean requesterPays, Optional<String> owner, WriteSettings write) {
        return new StoreSettings(
                settings.uri(),
                settings.endpoint(),
                settings.region(),
                settings.profile(),
                settings.roleArn(),
                settings.pathStyle(),
                settings.checksums(),
                requesterPays,
                owner,
                write,
                settings.capabilities(),
                settings.links(),
                settings.sizes(),
                settings.project());
    }

    @Test
    void notesArchivedObjectsInListingsAndHeadsAndSaysWhyTheyCannotBeRead() {
        photos.fake.put(BUCKET, "key", TEXT, Attributes.DEFAULT.withStorageClass("DEEP_ARCHIVE"));

        try (Listing listing = photos.store.list(ListRequest.everything())) {
            assertThat(listing.next().orElseThrow().note(0)).isEqualTo(EntryNote.ARCHIVED);
        }
        ObjectMeta head = photos.head("key");
        assertThat(head.note()).isEqualTo(EntryNote.ARCHIVED);
        assertThatThrownBy(() -> photos.store.read(head).open())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("archived");
    }

    @Test
    void refusesObjectsUnderACustomersKeyByName() {
        photos.fake.put(
                BUCKET,
                "key",
                TEXT,
                Attributes.DEFAULT.withEncryption(new Encryption(Encryption.Kind.CUSTOMER, "c2VjcmV0IGtleSBtZDU=")));

        assertThatThrownBy(() -> photos.store.head(KEY))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("s3://photos/key");
    }

    @Test
    void callsADeniedKeyOfKmsAccessDenied() {
        photos.fake.createBucket(
                "vault", BucketSettings.ORDINARY.withKmsByDefault().withKmsDenied("secret"::equals));
        try (ObjectStore vault =
                photos.open(settings -> settings.withUri(new StoreUri("s3", "vault", KeyPrefix.NONE)))) {
            vault.write(ObjectKey.of("secret"), ByteArrayBody.of(TEXT), PLAIN);
            ObjectMeta open = vault.write(ObjectKey.of("open"), ByteArrayBody.of(TEXT), PLAIN);
            ObjectMeta secret;
            try (Listing listing = vault.list(ListRequest.everything())) {
                secret = listing.next().orElseThrow().meta(1);
            }

            assertThatThrownBy(() -> vault.read(secret).open()).isInstanceOf(AccessDeniedException.class);
            assertThat(vault.head(ObjectKey.of("open")).orElseThrow().fingerprints())
                    .as("an ETag under KMS is no MD5")
                    .noneMatch(fingerprint -> fingerprint.algorithm() == Algorithm.MD5);
            assertThat(open.fingerprints()).noneMatch(fingerprint -> fingerprint.algorithm() == Algorithm.MD5);
        }
    }

    @Test
    void takesTheEtagOfAPlainObjectForItsMd5ButNotThatOfOneMadeOfParts() {
        ObjectMeta small = photos.store.write(KEY, ByteArrayBody.of(TEXT), PLAIN);
        ObjectMeta large = photos.store.write(KEY, ByteArrayBody.of(new byte[3 * MIB]), PLAIN);

        assertThat(small.fingerprints())
                .anyMatch(found ->
                        found.algorithm() == Algorithm.MD5 && found.hex().equals("1cb251ec0d568de6a929b520c4aed8d1"));
        assertThat(large.fingerprints()).noneMatch(found -> found.algorithm() == Algorithm.MD5);
    }

    @Test
    void givesSmallAndLargeObjectsAComparableChecksum() {
        for (int size : new int[] {10, 3 * MIB}) {
            photos.store.write(KEY, ByteArrayBody.of(new byte[size]), PLAIN);

            CRC32C expected = new CRC32C();
            expected.update(new byte[size]);
            assertThat(photos.head("key").fingerprints())
                    .anyMatch(found -> found.algorithm() == Algorithm.CRC32C
                            && found.hex().equals(String.format("%08x", expected.getValue())));
        }
    }

    @Test
    void agreesToPayWithEveryRequest() {
        photos.fake.createBucket("paid", BucketSettings.ORDINARY.withRequesterPays());
        StoreUri uri = new StoreUri("s3", "paid", KeyPrefix.NONE);
        try (ObjectStore paying = photos.open(
                        settings -> with(settings.withUri(uri), true, Optional.empty(), WriteSettings.NONE));
                ObjectStore mean = photos.open(settings -> settings.withUri(uri))) {
            exercise(paying);
            assertThat(photos.fake.log().requests())
                    .allSatisfy(request ->
                            assertThat(request.call().headers()).containsEntry("x-amz-request-payer", "requester"));

            assertThatThrownBy(() -> mean.write(KEY, ByteArrayBody.of(TEXT), PLAIN))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void namesTheExpectedOwnerWithEveryRequest() {
        String owner = photos.fake.options().ownerId();
        try (ObjectStore right =
                        photos.open(settings -> with(settings, false, Optional.of(owner), WriteSettings.NONE));
                ObjectStore wrong = photos.open(
                        settings -> with(settings, false, Optional.of("999999999999"), WriteSettings.NONE))) {
            exercise(right);
            assertThat(photos.fake.log().requests())
                    .allSatisfy(request ->
                            assertThat(request.call().headers()).containsEntry("x-amz-expected-bucket-owner", owner));

            assertThatThrownBy(() -> wrong.write(KEY, ByteArrayBody.of(TEXT), PLAIN))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> wrong.list(ListRequest.everything()).next())
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    private static void exercise(ObjectStore store) {
        ObjectMeta written = store.write(KEY, ByteArrayBody.of(TEXT), PLAIN);
        store.write(ObjectKey.of("large"), ByteArrayBody.of(new byte[3 * MIB]), PLAIN);
        try (Listing listing = store.list(ListRequest.everything())) {
            assertThat(listing.next().orElseThrow().count()).isEqualTo(2);
        }
        assertThat(store.head(KEY)).isPresent();
        store.read(written).metadata();
        store.copyFrom(store.bucket(), written, ObjectKey.of("copy"), PLAIN);
        store.delete(KEY, Precondition.unchanged(written.version()));
    }

    @Test
    void doesNotExpectTheDestinationsOwnerOfTheSource() {
        photos.fake.put(SOURCE, "large", new byte[3 * MIB]);
        try (ObjectStore originals = photos.openSource();
                ObjectStore store = photos.open(settings ->
                        with(settings, false, Optional.of(photos.fake.options().ownerId()), WriteSettings.NONE))) {
            ObjectMeta source = originals.head(ObjectKey.of("large")).orElseThrow();
            photos.fake.log().reset();

            store.copyFrom(originals.bucket(), source, KEY, PLAIN);

            for (LoggedRequest request : photos.fake.log().requests()) {
                assertThat(request.call().headers().containsKey("x-amz-expected-bucket-owner"))
                        .as("%s of %s", request.operation(), request.bucket())
                        .isEqualTo(request.bucket().equals(BUCKET));
            }
        }
    }

    @Test
    void appliesWriteSettingsToWhateverItMakes() {
        WriteSettings write = new WriteSettings(
                Optional.of("STANDARD_IA"), Optional.of("aws:kms"), Optional.of("alias/k"), Optional.of("public-read"));
        try (ObjectStore store = photos.open(settings -> with(settings, false, Optional.empty(), write))) {
            ObjectMeta small = store.write(ObjectKey.of("small"), ByteArrayBody.of(TEXT), PLAIN);
            ObjectMeta large = store.write(ObjectKey.of("large"), ByteArrayBody.of(new byte[3 * MIB]), PLAIN);
            store.copyFrom(store.bucket(), small, ObjectKey.of("small copy"), PLAIN);
            store.copyFrom(store.bucket(), large, ObjectKey.of("large copy"), PLAIN);
        }

        assertThat(photos.fake.objects(BUCKET)).hasSize(4).allSatisfy(object -> {
            assertThat(object.attributes().storageClass()).isEqualTo("STANDARD_IA");
            assertThat(object.attributes().encryption().kind()).isEqualTo(Encryption.Kind.KMS);
            assertThat(object.attributes().acl()).isEqualTo("public-read");
        });
    }

    @Test
    void showsTheCurrentViewOfAVersionedBucket() {
        photos.fake.bucket(BUCKET).change(Versioning.ENABLED);
        photos.store.write(KEY, ByteArrayBody.of(TEXT), PLAIN);

        photos.store.delete(KEY, Precondition.none());

        assertThat(photos.store.head(KEY))
                .as("a delete marker hides the object")
                .isEmpty();
        assertThat(photos.list(ListRequest.everything())).isEmpty();
    }

    @Test
    void carriesUserMetadataBeyondAscii() {
        ObjectMetadata metadata =
                ObjectMetadata.NONE.withUser(Map.of("title", "Zo\u00EB \uD83D\uDE00", "plain", "a b"));

        photos.store.write(KEY, ByteArrayBody.of(TEXT), PLAIN.withMetadata(metadata));

        assertThat(photos.head("key").metadata().orElseThrow().user())
                .containsEntry("title", "Zo\u00EB \uD83D\uDE00")
                .containsEntry("plain", "a b");
    }

    @Test
    void aNameThatCanBeNoHeaderMakesNoHeadersOfItsOwnAndComesBack() {
        Map<String, String> user = Map.of("a b\r\nx-amz-acl: public-read\r\nx", "1\r\nx-amz-acl: public-read");

        photos.store.write(KEY, ByteArrayBody.of(TEXT), PLAIN.withMetadata(ObjectMetadata.NONE.withUser(user)));

        assertThat(photos.fake.find(BUCKET, "key").orElseThrow().attributes().acl())
                .isEqualTo("private");
        assertThat(photos.head("key").metadata().orElseThrow().user()).isEqualTo(user);
    }

    @Test
    void refusesKeysThatS3CannotHoldBeforeAnythingIsSent() {
        for (ObjectKey key :
                new ObjectKey[] {ObjectKey.ofBytes(new byte[] {'a', (byte) 0xFF}), ObjectKey.of("k".repeat(1_025))}) {
            assertThatThrownBy(() -> photos.store.write(key, ByteArrayBody.of(TEXT), PLAIN))
                    .isInstanceOf(InvalidRequestException.class);
            assertThat(photos.store.head(key)).isEmpty();
            photos.store.delete(key, Precondition.none());
        }
        assertThat(photos.fake.log().count()).isZero();
    }
}
