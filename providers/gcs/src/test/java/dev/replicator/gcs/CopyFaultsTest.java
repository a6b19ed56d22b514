package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.gcs.FakeBucket.MIB;
import static dev.replicator.gcs.FakeBucket.SOURCE;
import static dev.replicator.testkit.gcs.model.GcsOperation.DELETE;
import static dev.replicator.testkit.gcs.model.GcsOperation.GET;
import static dev.replicator.testkit.gcs.model.GcsOperation.REWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketRef;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.wire.WireFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies by the service that take several calls, under trouble: the source's one version or nothing. */
class CopyFaultsTest {
    private static final String FAR = "photos-in-tokyo";
    private static final ObjectKey KEY = ObjectKey.of("copy");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());

    private final FakeBucket photos = new FakeBucket();
    private final byte[] bytes = SourceBody.bytes(5 * MIB + 1);
    private ObjectStore far = photos.store;
    private BucketRef from = far.bucket();

    @BeforeEach
    void openAnotherLocation() {
        photos.fake.createBucket(FAR, BucketSettings.ORDINARY.withLocation("ASIA-NORTHEAST1"));
        far = photos.open(FAR, settings -> settings.withSizes(new TransferSizes(MIB, 2 * MIB, MIB)));
        from = photos.sourceBucket();
    }

    @AfterEach
    void close() {
        far.close();
        photos.close();
    }

    private ObjectMeta source() {
        photos.fake.put(
                SOURCE,
                "a",
                bytes,
                ObjectFields.NONE
                        .withText("contentType", "image/png")
                        .withText("cacheControl", "no-store")
                        .withMetadata(Map.of("custom:aclPolicy", "{\"visibility\":\"public\"}")));
        return photos.source("a");
    }

    private void assertCopied(ObjectMeta copied) {
        var made = photos.fake.find(FAR, "copy").orElseThrow();
        assertThat(made.bytes()).isEqualTo(bytes);
        assertThat(made.fields().text("contentType")).contains("image/png");
        assertThat(made.fields().text("cacheControl")).contains("no-store");
        assertThat(made.fields().metadata()).containsEntry("custom:aclPolicy", "{\"visibility\":\"public\"}");
        assertThat(copied.version().token()).isEqualTo(Long.toString(made.generation()));
    }

    @Test
    void loopsOverTheTokenUntilTheCopyIsDone() {
        ObjectMeta source = source();

        assertCopied(far.copyFrom(from, source, KEY, NEW));
        assertThat(photos.sent()).isEqualTo(Map.of(RequestKind.COPY, 6L));
    }

    @Test
    void copiesInOneCallWithinALocation() {
        ObjectMeta source = source();

        photos.store.copyFrom(from, source, KEY, NEW);

        assertThat(photos.sent()).isEqualTo(Map.of(RequestKind.COPY, 1L));
        assertThat(photos.fake.get(BUCKET, "copy")).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 6})
    void repeatsACallThatFailedInTheMiddle(long call) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(call).inject(GcsFault.unavailable());

        assertCopied(far.copyFrom(from, source, KEY, NEW));
        assertThat(photos.fake.log().count(REWRITE)).isEqualTo(7);
    }

    @Test
    void doesNotRepeatTheFirstCallItself() {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(1).inject(GcsFault.unavailable());

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW)).isInstanceOf(TransientStoreException.class);
        assertThat(photos.fake.log().count(REWRITE)).isEqualTo(1);
        assertThat(photos.fake.keys(FAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410})
    void beginsAnewWhenTheTokenIsNotTakenAnyMore(int status) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(4).inject(new GcsFault.LoseRewriteToken(status));

        assertCopied(far.copyFrom(from, source, KEY, NEW));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410})
    void givesUpAfterSomeTokensThatWereLost(int status) {
        ObjectMeta source = source();
        photos.fake
                .faults()
                .on(REWRITE)
                .when(call -> call.query().containsKey("rewriteToken"))
                .times(100)
                .inject(new GcsFault.LoseRewriteToken(status));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW)).isInstanceOf(StoreException.class);
        assertThat(photos.fake.log().count(REWRITE)).isLessThan(12);
        assertThat(photos.fake.keys(FAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 6})
    void failsStaleWhenTheSourceIsReplacedBeforeACall(long call) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(call).before(any -> photos.fake.put(SOURCE, "a", new byte[bytes.length]));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW)).isInstanceOf(StaleObjectException.class);
        assertThat(photos.fake.keys(FAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 6})
    void failsWhenTheSourceVanishesBeforeACall(long call) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(call).before(any -> photos.fake.delete(SOURCE, "a"));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW))
                .isInstanceOfAny(StaleObjectException.class, ObjectNotFoundException.class);
        assertThat(photos.fake.keys(FAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 6})
    void doesNotOverwriteWhatAppearsBeforeACall(long call) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(call).before(any -> photos.fake.put(FAR, "copy", new byte[] {9}));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW)).isInstanceOf(StaleObjectException.class);
        assertThat(photos.fake.get(FAR, "copy")).contains(new byte[] {9});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 6})
    void doesNotOverwriteWhatIsDescribedAnewBeforeACall(long call) {
        ObjectMeta source = source();
        photos.fake.put(FAR, "copy", new byte[] {9});
        WriteOptions replacing =
                WriteOptions.of(Precondition.unchanged(far.head(KEY).orElseThrow()));
        photos.fake
                .faults()
                .on(REWRITE)
                .nth(call)
                .before(any -> photos.fake.patch(FAR, "copy", fields -> fields.withMetadata(Map.of("by", "hand"))));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, replacing)).isInstanceOf(StaleObjectException.class);
        assertThat(photos.fake.get(FAR, "copy")).contains(new byte[] {9});
        assertThat(photos.fake.find(FAR, "copy").orElseThrow().fields().metadata())
                .containsEntry("by", "hand");
    }

    /** Equal content that others described while the copy went on is no copy of ours. */
    @Test
    void takesNothingThatOthersDescribedForItsOwnCopy() {
        ObjectMeta source = source();
        photos.fake.put(FAR, "copy", bytes);
        WriteOptions replacing =
                WriteOptions.of(Precondition.unchanged(far.head(KEY).orElseThrow()));
        photos.fake.faults().on(REWRITE).nth(3).inject(WireFault.dropBeforeCommit());
        photos.fake
                .faults()
                .on(REWRITE)
                .nth(4)
                .before(any -> photos.fake.patch(FAR, "copy", fields -> fields.withMetadata(Map.of("by", "hand"))));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, replacing)).isInstanceOf(StaleObjectException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recognisesItsOwnCopyWhenTheLastAnswerWasLost(boolean listed) {
        ObjectMeta seen = source();
        ObjectMeta source = listed ? new ObjectMeta(seen.key(), seen.size(), seen.modified(), seen.version()) : seen;
        photos.fake.faults().on(REWRITE).nth(6).inject(WireFault.dropAfterCommit());

        assertCopied(far.copyFrom(from, source, KEY, NEW));
    }

    @Test
    void takesNobodyElsesObjectForItsOwnCopy() {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(1).inject(WireFault.dropBeforeCommit());
        photos.fake.faults().on(REWRITE).nth(1).before(any -> photos.fake.put(FAR, "copy", new byte[bytes.length]));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW)).isInstanceOf(StoreException.class);
        assertThat(photos.fake.get(FAR, "copy")).contains(new byte[bytes.length]);
    }

    @Test
    void doesNotTakeWhatWasToBeReplacedForItsCopy() {
        ObjectMeta source = source();
        photos.fake.put(FAR, "copy", bytes);
        ObjectMeta old = far.head(KEY).orElseThrow();
        photos.fake.faults().on(REWRITE).nth(1).inject(WireFault.dropBeforeCommit());

        assertThatThrownBy(
                        () -> far.copyFrom(from, source, KEY, WriteOptions.of(Precondition.unchanged(old.version()))))
                .isInstanceOf(TransientStoreException.class);
    }

    @Test
    void keepsTheMetadataWhereItSetsAStorageClass() {
        ObjectMeta source = source();
        WriteSettings nearline =
                new WriteSettings(Optional.of("NEARLINE"), Optional.empty(), Optional.empty(), Optional.empty());
        try (ObjectStore cold = photos.open(
                FAR,
                settings -> SpecialCasesTest.with(settings, false, nearline).withSizes(TransferSizes.DEFAULT))) {
            assertCopied(cold.copyFrom(from, source, KEY, NEW));
        }
        assertThat(photos.fake.find(FAR, "copy").orElseThrow().fields().storageClass())
                .contains("NEARLINE");
        assertThat(List.copyOf(photos.sent().keySet())).contains(RequestKind.HEAD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void removesACopyOfOtherBytesAndSaysSo(boolean overwrites) {
        ObjectMeta source = source();
        Precondition precondition = Precondition.absent();
        if (overwrites) {
            photos.fake.put(FAR, "copy", new byte[] {9});
            precondition = Precondition.unchanged(far.head(KEY).orElseThrow().version());
        }
        WriteOptions options = WriteOptions.of(precondition);
        photos.fake.faults().on(REWRITE).nth(6).inject(new GcsFault.WrongCrc32c());

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, options))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes than the source's");

        assertThat(photos.fake.keys(FAR)).isEmpty();
    }

    /** No refusal of the look tells of a copy that the service refuses, for which another way would be tried. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 503})
    void saysThatACopyHadOtherBytesThoughItsSourceCannotBeLookedAt(int status) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(6).inject(new GcsFault.WrongCrc32c());
        photos.fake.faults().on(GET).times(100).inject(WireFault.answer(status, ""));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes than the source's");

        assertThat(photos.fake.keys(FAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 6})
    void saysThatACopyOfOtherBytesStaysWhenItCannotBeRemoved(long call) {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(call).inject(new GcsFault.WrongCrc32c());
        photos.fake.faults().on(REWRITE).nth(3).inject(WireFault.dropAfterCommit());
        photos.fake.faults().on(DELETE).times(100).inject(WireFault.answer(403, ""));
        ObjectStore store = call == 1 ? photos.store : far;

        assertThatThrownBy(() -> store.copyFrom(from, source, KEY, NEW))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue())
                .hasMessageContaining("could not be removed and stays");
        assertThat(photos.fake.log().count(DELETE)).isEqualTo(1);
    }

    @Test
    void ofACopyOfOtherBytesRemovesOnlyItsOwn() {
        ObjectMeta source = source();
        photos.fake.faults().on(REWRITE).nth(6).inject(new GcsFault.WrongCrc32c());
        photos.fake.faults().on(DELETE).before(any -> photos.fake.put(FAR, "copy", new byte[] {9}));

        assertThatThrownBy(() -> far.copyFrom(from, source, KEY, NEW)).isInstanceOf(CorruptObjectException.class);

        assertThat(photos.fake.get(FAR, "copy")).contains(new byte[] {9});
    }
}
