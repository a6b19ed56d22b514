package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.StoredObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changing metadata on S3 keeps, costs and refuses. */
class MetadataUpdateTest {
    private static final ObjectMetadata AFTER = ObjectMetadata.ofContentType("text/html")
            .withUser(Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}"));
    private static final Attributes RICH = Attributes.DEFAULT
            .withHeaders(Map.of(
                    "Content-Type", "text/plain",
                    "Cache-Control", "no-store",
                    "x-amz-website-redirect-location", "/elsewhere"))
            .withMetadata(Map.of("old", "1"))
            .withTags(Map.of("team", "media"))
            .withStorageClass("STANDARD_IA");

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private static ObjectMeta update(ObjectStore store, ObjectMetadata metadata) {
        ObjectMeta seen = store.head(ObjectKey.of("a")).orElseThrow();
        return store.role(MetadataUpdate.class)
                .orElseThrow()
                .update(seen, metadata, Precondition.unchanged(seen.version()));
    }

    private Attributes stored() {
        return photos.fake.find(BUCKET, "a").orElseThrow().attributes();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void keepsClassEncryptionRedirectTagsAndGrants(int size) {
        for (String acl : new String[] {"private", "public-read", "authenticated-read"}) {
            photos.fake.put(BUCKET, "a", new byte[size], RICH.withAcl(acl));
            ObjectStore store = photos.open(settings -> settings.withSizes(new TransferSizes(MIB, MIB, MIB)));

            update(store, AFTER);

            assertThat(stored().headers())
                    .containsEntry("Content-Type", "text/html")
                    .containsEntry("x-amz-website-redirect-location", "/elsewhere")
                    .doesNotContainKey("Cache-Control");
            assertThat(stored().metadata()).containsOnlyKeys("custom-aclpolicy", "replicator-names");
            assertThat(stored().tags()).isEqualTo(Map.of("team", "media"));
            assertThat(stored().storageClass()).isEqualTo("STANDARD_IA");
            assertThat(stored().encryption()).isEqualTo(RICH.encryption());
            assertThat(stored().acl()).isEqualTo(acl);
            assertThat(store.head(ObjectKey.of("a"))
                            .orElseThrow()
                            .metadata()
                            .orElseThrow()
                            .user())
                    .isEqualTo(AFTER.user());
            store.close();
        }
    }

    @Test
    void costsAHeadAnAclAndACopy() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH);
        ObjectMeta seen = photos.head("a");
        photos.fake.log().reset();

        photos.store
                .role(MetadataUpdate.class)
                .orElseThrow()
                .update(seen, AFTER, Precondition.unchanged(seen.version()));

        assertThat(photos.fake.log().count(S3Operation.HEAD_OBJECT)).isEqualTo(1);
        assertThat(photos.fake.log().count(S3Operation.GET_OBJECT_ACL)).isEqualTo(1);
        assertThat(photos.fake.log().count(S3Operation.COPY_OBJECT)).isEqualTo(1);
        assertThat(photos.fake.log().count()).isEqualTo(3);
        assertThat(photos.sent()).containsEntry(RequestKind.COPY, 1L);
    }

    /** A copy without the grants would make a public object private, and nobody would be told. */
    @Test
    void whereTheAclMayNotBeReadNothingIsCopied() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH.withAcl("public-read"));
        photos.fake.faults().on(S3Operation.GET_OBJECT_ACL).inject(Fault.accessDenied());

        assertThatThrownBy(() -> update(photos.store, AFTER))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("allow s3:GetObjectAcl")
                .hasMessageContaining("write.acl");

        assertThat(stored().acl()).isEqualTo("public-read");
        assertThat(stored().headers()).containsEntry("Content-Type", "text/plain");
        assertThat(photos.fake.log().count(S3Operation.COPY_OBJECT)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessControlListNotSupported",
        "501, NotImplemented",
        "501, ''",
        "405, MethodNotAllowed",
        "405, ''"
    })
    void whereTheServerHasNoAclsNoneIsSent(int status, String code) {
        photos.fake.put(BUCKET, "a", new byte[10], RICH);
        photos.fake
                .faults()
                .on(S3Operation.GET_OBJECT_ACL)
                .inject(Fault.answer(
                        status, "<Error><Code>" + code + "</Code><Message>no access control lists</Message></Error>"));

        update(photos.store, AFTER);

        assertThat(stored().headers()).containsEntry("Content-Type", "text/html");
    }

    @Test
    void anotherRefusalOfTheAclIsNoAnswer() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH.withAcl("public-read"));
        photos.fake
                .faults()
                .on(S3Operation.GET_OBJECT_ACL)
                .inject(Fault.answer(400, "<Error><Code>InvalidRequest</Code><Message>no</Message></Error>"));

        assertThatThrownBy(() -> update(photos.store, AFTER)).isInstanceOf(InvalidRequestException.class);

        assertThat(stored().acl()).isEqualTo("public-read");
    }

    private static StoreSettings with(StoreSettings s, WriteSettings write) {
        return new StoreSettings(
                s.uri(),
                s.endpoint(),
                s.region(),
                s.profile(),
                s.roleArn(),
                s.pathStyle(),
                s.checksums(),
                s.requesterPays(),
                s.expectedBucketOwner(),
                write,
                s.capabilities(),
                s.links(),
                s.sizes(),
                s.project());
    }

    @Test
    void anAclOfTheSettingsRules() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH);
        WriteSettings write = new WriteSettings(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("bucket-owner-full-control"));
        try (ObjectStore store = photos.open(settings -> with(settings, write))) {
            update(store, AFTER);
        }

        assertThat(stored().acl()).isEqualTo("bucket-owner-full-control");
        assertThat(photos.fake.log().count(S3Operation.GET_OBJECT_ACL)).isZero();
    }

    /** Somebody writes between our look and our copy: the copy is conditional on both ends. */
    @Test
    void anObjectReplacedBetweenHeadAndCopyIsNeverTouched() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH);
        ObjectMeta seen = photos.head("a");
        photos.fake.faults().on(S3Operation.COPY_OBJECT).before(call -> photos.fake.put(BUCKET, "a", new byte[20]));

        assertThatThrownBy(() -> photos.store
                        .role(MetadataUpdate.class)
                        .orElseThrow()
                        .update(seen, AFTER, Precondition.unchanged(seen.version())))
                .isInstanceOf(StaleObjectException.class);

        StoredObject found = photos.fake.find(BUCKET, "a").orElseThrow();
        assertThat(found.size()).isEqualTo(20);
        assertThat(found.attributes().headers()).doesNotContainEntry("Content-Type", "text/html");
    }

    @Test
    void tellsWhatItsServiceKeepsBesideMetadata() {
        photos.fake.put(BUCKET, "a", new byte[10], RICH);
        photos.fake.put(BUCKET, "b", new byte[10], Attributes.DEFAULT);

        assertThat(photos.head("a").metadata().orElseThrow().traits())
                .isEqualTo(Map.of(ServiceTrait.STORAGE_CLASS, "STANDARD_IA", ServiceTrait.REDIRECT, "the redirect"));
        assertThat(photos.head("b").metadata().orElseThrow().traits()).isEmpty();
    }

    @Test
    void namesWhatOthersSeeOtherwiseAndWhatDoesNotFit() {
        MetadataRules rules = photos.store.role(MetadataRules.class).orElseThrow();
        ObjectMetadata wanted = ObjectMetadata.NONE
                .withHeaders(Map.of("content-disposition", "attachment; filename=ü"))
                .withUser(Map.of(
                        "custom:aclPolicy",
                        "public",
                        "Color",
                        "red",
                        "name",
                        "日本",
                        "blob",
                        "x".repeat(2_100),
                        "fine",
                        "y"))
                .withTraits(Map.of(ServiceTrait.CUSTOM_TIME, "2026"));

        MetadataRules.Fitted fitted = rules.fit(wanted);

        assertThat(fitted.losses().stream().map(loss -> loss.kind().word() + " " + loss.field()))
                .containsExactlyInAnyOrder(
                        "value-encoding content-disposition",
                        "too-large blob",
                        "custom-time custom-time",
                        "key-renamed custom:aclPolicy",
                        "key-case Color",
                        "value-encoding name");
        assertThat(fitted.kept().user()).containsOnlyKeys("custom:aclPolicy", "Color", "name", "fine");
        assertThat(fitted.losses().stream().map(MetadataLoss::message)).noneMatch(text -> text.contains("日本"));
    }
}
