package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.ServiceTrait;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.store.ObjectFields;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Cloud Storage holds of metadata, and what it is told to have lost. */
class MetadataRulesTest {
    private static final String EXPIRES = "Thu, 01 Dec 2033 16:00:00 GMT";
    private static final WriteOptions PLAIN = WriteOptions.of(Precondition.none());

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private MetadataRules rules() {
        return photos.store.role(MetadataRules.class).orElseThrow();
    }

    private static List<String> told(MetadataRules.Fitted fitted) {
        return fitted.losses().stream()
                .map(loss -> loss.kind().word() + " " + loss.field())
                .toList();
    }

    @Test
    void keepsHeadersAndNamesAsTheyAre() {
        ObjectMetadata wanted = ObjectMetadata.NONE
                .withHeaders(Map.of("content-type", "text/css", "content-disposition", "attachment; filename=ü"))
                .withUser(Map.of("custom:aclPolicy", "public", "Color", "red", "größe", "日本"));

        MetadataRules.Fitted fitted = rules().fit(wanted);

        assertThat(fitted.losses()).isEmpty();
        assertThat(fitted.kept()).isEqualTo(wanted);
    }

    @Test
    void tellsWhatItLacks() {
        ObjectMetadata wanted = ObjectMetadata.NONE
                .withHeaders(Map.of("content-encoding", "gzip", "expires", EXPIRES))
                .withUser(
                        Map.of("", "nameless", "long", "x".repeat(8_192), "short", "y", "replicator-expires", "never"))
                .withTags(Map.of("team", "media"))
                .withTraits(new EnumMap<>(Map.of(
                        ServiceTrait.STORAGE_CLASS, "GLACIER_IR",
                        ServiceTrait.HOLD, "a lock",
                        ServiceTrait.CUSTOM_TIME, "2026-01-02T03:04:05Z",
                        ServiceTrait.REDIRECT, "the redirect",
                        ServiceTrait.ENCRYPTION_KEY, "a key of Cloud KMS")));

        MetadataRules.Fitted fitted = rules().fit(wanted);

        assertThat(told(fitted))
                .containsExactlyInAnyOrder(
                        "transcoding content-encoding",
                        "key-renamed expires",
                        "not-kept ",
                        "not-kept replicator-expires",
                        "too-large long",
                        "tags team",
                        "storage-class storage-class",
                        "hold hold",
                        "custom-time custom-time",
                        "redirect redirect",
                        "encryption-key encryption-key");
        assertThat(fitted.kept().user()).isEqualTo(Map.of("short", "y"));
        assertThat(fitted.kept().expires()).contains(EXPIRES);
        assertThat(fitted.losses()).extracting(MetadataLoss::message).noneMatch(text -> text.contains("nameless"));
    }

    @Test
    void whatTheSettingsGiveWrittenObjectsIsNotLost() {
        WriteSettings write = new WriteSettings(
                Optional.of("NEARLINE"),
                Optional.empty(),
                Optional.of("projects/p/cryptoKeys/k"),
                Optional.of("private"));
        ObjectMetadata wanted = ObjectMetadata.NONE.withTraits(new EnumMap<>(Map.of(
                ServiceTrait.STORAGE_CLASS, "COLDLINE",
                ServiceTrait.ENCRYPTION_KEY, "a key of Cloud KMS",
                ServiceTrait.ACL, "grants",
                ServiceTrait.HOLD, "a hold")));
        try (ObjectStore store = photos.open(settings -> SpecialCasesTest.with(settings, false, write))) {
            assertThat(told(store.role(MetadataRules.class).orElseThrow().fit(wanted)))
                    .containsExactly("hold hold");
        }
    }

    @Test
    void anExpiresHeaderCountsAsTheUserMetadataThatItIsKeptAs() {
        int room = 8_192 - "replicator-expires".length() - EXPIRES.length();
        ObjectMetadata expiring =
                ObjectMetadata.NONE.withHeaders(Map.of("content-type", "text/css", "expires", EXPIRES));
        ObjectMetadata fits = expiring.withUser("k", "x".repeat(room - 1));
        ObjectMetadata over = expiring.withUser("k", "x".repeat(room));

        photos.store.write(
                ObjectKey.of("a"),
                ByteArrayBody.of(new byte[1]),
                PLAIN.withMetadata(rules().fit(fits).kept()));

        assertThat(photos.head("a").metadata()).contains(fits);
        assertThat(told(rules().fit(over))).contains("too-large k");
        assertThat(rules().fit(over).kept().expires()).contains(EXPIRES);
    }

    /** Others may call an entry of theirs so: what no Expires header says stays what it is. */
    @ParameterizedTest
    @ValueSource(strings = {"never", "", " ", "2033-12-01", "größer"})
    void anEntryOfThatNameWhichIsNoTimeIsUserMetadataAsAnyOther(String value) {
        photos.fake.put(
                BUCKET,
                "theirs",
                new byte[1],
                ObjectFields.NONE.withMetadata(Map.of("replicator-expires", value, "k", "v")));

        ObjectMetadata read = photos.head("theirs").metadata().orElseThrow();
        MetadataRules.Fitted fitted = rules().fit(read);

        assertThat(read.expires()).isEmpty();
        assertThat(read.user()).isEqualTo(Map.of("replicator-expires", value, "k", "v"));
        assertThat(fitted.losses()).isEmpty();
        assertThat(fitted.kept().user()).isEqualTo(read.user());
    }

    @ParameterizedTest
    @ValueSource(strings = {EXPIRES, "0", "-1"})
    void anEntryThatWouldBeTakenForAnExpiresHeaderIsLeftBehindAndTold(String value) {
        MetadataRules.Fitted fitted = rules().fit(ObjectMetadata.NONE.withUser("replicator-expires", value));

        assertThat(told(fitted)).containsExactly("not-kept replicator-expires");
        assertThat(fitted.kept()).isEqualTo(ObjectMetadata.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "2033-12-01"})
    void anExpiresHeaderThatIsNoTimeIsLeftBehindAndTold(String value) {
        MetadataRules.Fitted fitted = rules().fit(ObjectMetadata.NONE.withHeaders(Map.of("expires", value)));

        assertThat(told(fitted)).containsExactly("not-kept expires");
        assertThat(fitted.kept()).isEqualTo(ObjectMetadata.NONE);
    }

    @Provide
    Arbitrary<ObjectMetadata> metadata() {
        Arbitrary<String> names =
                Arbitraries.of("", "a", "A", "größe", "replicator-expires", "x".repeat(4_000), "b", "c");
        Arbitrary<String> values =
                Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(3_000), Arbitraries.of(EXPIRES, "0", "never", ""));
        return Combinators.combine(
                        Arbitraries.maps(names, values).ofMaxSize(6),
                        Arbitraries.of("", EXPIRES, "0", "never", "x".repeat(9_000)))
                .as((user, expires) -> (expires.isEmpty()
                                ? ObjectMetadata.NONE
                                : ObjectMetadata.NONE.withHeaders(Map.of("expires", expires)))
                        .withUser(user));
    }

    /** Whatever is wanted: what the rules keep is kept, and a second look at it finds nothing more to cut. */
    @Property(tries = 100)
    void whatIsKeptIsWrittenAndReadBack(@ForAll("metadata") ObjectMetadata wanted) {
        try (FakeBucket bucket = new FakeBucket()) {
            MetadataRules rules = bucket.store.role(MetadataRules.class).orElseThrow();
            ObjectMetadata kept = rules.fit(wanted).kept();

            bucket.store.write(ObjectKey.of("a"), ByteArrayBody.of(new byte[1]), PLAIN.withMetadata(kept));

            assertThat(bucket.head("a").metadata().orElseThrow().withContentType("x"))
                    .as("all but a content type, which the store makes up")
                    .isEqualTo(kept.withContentType("x"));
            assertThat(rules.fit(kept).kept()).isEqualTo(kept);
            assertThat(bucket.fake.find(BUCKET, "a")).isPresent();
        }
    }
}
