package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.gcs.FakeBucket.MIB;
import static dev.replicator.testkit.gcs.model.GcsOperation.COMPOSE;
import static dev.replicator.testkit.gcs.model.GcsOperation.DELETE;
import static dev.replicator.testkit.gcs.model.GcsOperation.INSERT;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.wire.WireFault;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large objects as components: whole, right and alone in the bucket in the end, or not there at all. */
class CompositeUploadTest {
    private static final int PART = MIB;
    private static final ObjectKey KEY = ObjectKey.of("videos/large");
    private static final WriteOptions NEW =
            WriteOptions.of(Precondition.absent()).withOperation("run-1/7");
    private static final WriteSettings COMPOSITE = WriteSettings.NONE.withCompositeUploads(true);

    private final FakeBucket photos = new FakeBucket();
    private final ObjectStore store = photos.open(settings -> SpecialCasesTest.with(settings, false, COMPOSITE));
    private final SourceBody large = SourceBody.random(6 * MIB + 123);

    @AfterEach
    void close() {
        store.close();
        photos.close();
    }

    private void assertWritten(ObjectMeta written) {
        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(large.bytes);
        assertThat(photos.fake.keys(BUCKET)).containsExactly(KEY.text());
        assertThat(written.version()).isEqualTo(photos.head(KEY.text()).version());
        assertThat(written.size()).isEqualTo(large.size());
    }

    @Test
    void composesAnObjectOfPartsThatAreGoneAfterwards() {
        ObjectMetadata metadata =
                ObjectMetadata.NONE.withContentType("video/mp4").withUser(Map.of("Colour", "red"));

        ObjectMeta written = store.write(KEY, large, NEW.withMetadata(metadata));

        assertWritten(written);
        assertThat(photos.fake.log().count(COMPOSE)).isEqualTo(1);
        ObjectMetadata kept = photos.head(KEY.text()).metadata().orElseThrow();
        assertThat(kept.contentType()).contains("video/mp4");
        assertThat(kept.user()).containsEntry("Colour", "red");
    }

    @Test
    void composesNothingOverWhatIsDescribedAnewMeanwhile() {
        photos.fake.put(BUCKET, KEY.text(), new byte[] {9});
        WriteOptions replacing = WriteOptions.of(Precondition.unchanged(photos.head(KEY.text())));
        photos.fake
                .faults()
                .on(COMPOSE)
                .before(any ->
                        photos.fake.patch(BUCKET, KEY.text(), fields -> fields.withMetadata(Map.of("by", "hand"))));

        assertThatThrownBy(() -> store.write(KEY, large, replacing)).isInstanceOf(StaleObjectException.class);

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(new byte[] {9});
        assertThat(photos.fake.keys(BUCKET)).containsExactly(KEY.text());
    }

    @Test
    void componentsLieWhereNoRunLooks() {
        store.write(KEY, large, NEW);

        assertThat(photos.fake.log().requests(INSERT))
                .hasSize(7)
                .allSatisfy(request -> assertThat(request.call().key()).startsWith(".replicator/tmp/c-"));
    }

    @Test
    void componentsLieBelowTheStoresPrefix() {
        try (ObjectStore below = photos.open(settings -> SpecialCasesTest.with(settings, false, COMPOSITE)
                .withUri(new StoreUri("gs", BUCKET, KeyPrefix.of("team/one/"))))) {
            below.write(ObjectKey.of("team/one/large"), large, NEW);
        }

        assertThat(photos.fake.log().requests(INSERT))
                .allSatisfy(request -> assertThat(request.call().key()).startsWith("team/one/.replicator/tmp/c-"));
        assertThat(photos.fake.keys(BUCKET)).containsExactly("team/one/large");
    }

    @Test
    void noComponentHasTheObjectsGrants() {
        WriteSettings shared = new WriteSettings(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("public-read"), true);
        try (ObjectStore open = photos.open(settings -> SpecialCasesTest.with(settings, false, shared))) {
            open.write(KEY, large, NEW);
        }

        assertThat(photos.fake.log().requests(INSERT))
                .allSatisfy(request -> assertThat(request.call().query()).doesNotContainKey("predefinedAcl"));
        assertThat(photos.fake.find(BUCKET, KEY.text()).orElseThrow().fields().acl())
                .containsEntry("allUsers", "READER");
    }

    /** Each component's bytes are held back until another's are asked for too. */
    @Test
    void sendsComponentsSideBySide() {
        CountDownLatch two = new CountDownLatch(2);
        ObjectBody patient = new ObjectBody() {
            @Override
            public long size() {
                return large.size();
            }

            @Override
            public ObjectMetadata metadata() {
                return ObjectMetadata.NONE;
            }

            @Override
            public InputStream open() {
                return open(0, size());
            }

            @Override
            public InputStream open(long offset, long length) {
                two.countDown();
                try {
                    assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return large.open(offset, length);
            }
        };

        assertWritten(store.write(KEY, patient, NEW));
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * PART, 4 * PART + 1, 5 * PART - 1, 33 * PART, 40 * PART + 7})
    void sendsWhatItForetold(int size) {
        try (ObjectStore small = photos.open(settings -> SpecialCasesTest.with(settings, false, COMPOSITE)
                .withSizes(new TransferSizes(TransferSizes.MAX_COPY, 2 * PART, PART)))) {
            RequestForecast forecast = small.role(RequestForecast.class).orElseThrow();

            small.write(KEY, SourceBody.random(size), NEW);

            assertThat(photos.sent())
                    .isEqualTo(forecast.writing(size).requests().toMap());
            assertThat(photos.fake.get(BUCKET, KEY.text())).contains(SourceBody.bytes(size));
            assertThat(photos.fake.log().count(COMPOSE)).isEqualTo(size > 4 * PART ? 1 : 0);
        }
    }

    @Test
    void largeComponentsGoPartByPartThemselves() {
        try (ObjectStore fine = photos.open(settings -> SpecialCasesTest.with(settings, false, COMPOSITE)
                .withSizes(new TransferSizes(TransferSizes.MAX_COPY, MIB / 2, MIB)))) {
            RequestForecast forecast = fine.role(RequestForecast.class).orElseThrow();

            ObjectMeta written = fine.write(KEY, large, NEW);

            assertThat(photos.sent())
                    .isEqualTo(forecast.writing(large.size()).requests().toMap());
            assertWritten(written);
        }
    }

    @Test
    void doesNothingOfTheKindUnasked() {
        photos.store.write(KEY, large, NEW);

        assertThat(photos.fake.log().count(COMPOSE)).isZero();
        assertThat(photos.store.role(UploadSweep.class)).isEmpty();
    }

    @Test
    void doesNotOverwriteWhatAppearedDuringTheUpload() {
        photos.fake.faults().on(COMPOSE).before(call -> photos.fake.put(BUCKET, KEY.text(), new byte[] {9}));

        assertThatThrownBy(() -> store.write(KEY, large, NEW)).isInstanceOf(StaleObjectException.class);
        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(new byte[] {9});
        assertThat(photos.fake.keys(BUCKET)).containsExactly(KEY.text());
    }

    @Test
    void replacesOnlyTheVersionThatWasSeen() {
        photos.fake.put(BUCKET, KEY.text(), new byte[] {1});
        ObjectMeta seen = photos.head(KEY.text());

        assertWritten(store.write(KEY, large, WriteOptions.of(Precondition.unchanged(seen.version()))));
        assertThatThrownBy(() -> store.write(KEY, large, WriteOptions.of(Precondition.unchanged(seen.version()))))
                .isInstanceOf(StaleObjectException.class);
    }

    private enum Step {
        COMPONENT(INSERT),
        COMPOSING(COMPOSE);

        private final GcsOperation operation;

        Step(GcsOperation operation) {
            this.operation = operation;
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void repeatsWhatBroke(Step step) {
        photos.fake.faults().on(step.operation).times(1).inject(GcsFault.unavailable());
        assertWritten(store.write(KEY, large, NEW));
        photos.fake.delete(BUCKET, KEY.text());

        photos.fake.faults().on(step.operation).times(1).inject(WireFault.dropBeforeCommit());
        assertWritten(store.write(KEY, large, NEW));
        photos.fake.delete(BUCKET, KEY.text());

        photos.fake.faults().on(step.operation).times(1).inject(WireFault.dropAfterCommit());
        assertWritten(store.write(KEY, large, NEW));
    }

    @Test
    void recognisesWhatItComposedWhenTheAnswersWereLost() {
        photos.fake.faults().on(COMPOSE).times(1).inject(WireFault.dropAfterCommit());

        assertWritten(store.write(KEY, large, NEW));
        assertThat(photos.fake.log().count(COMPOSE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void givesUpFinallyAndLeavesNothing(Step step) {
        photos.fake.faults().on(step.operation).times(100).inject(GcsFault.unavailable());

        assertThatThrownBy(() -> store.write(KEY, large, NEW))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue());
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void refusesAComponentOfOtherBytesAndLeavesNothing() {
        photos.fake.faults().on(INSERT).nth(3).inject(new GcsFault.CorruptUpload(5));

        assertThatThrownBy(() -> store.write(KEY, large, NEW)).isInstanceOf(CorruptObjectException.class);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void removesAnObjectThatTheServiceSaysItComposedOfOtherBytes() {
        photos.fake.faults().on(COMPOSE).inject(new GcsFault.WrongCrc32c());

        assertThatThrownBy(() -> store.write(KEY, large, NEW))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes");
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void aComponentThatIsTakenAwayIsTroubleAndNoMissingSource() {
        photos.fake
                .faults()
                .on(COMPOSE)
                .before(call ->
                        photos.fake.keys(BUCKET).stream().limit(1).forEach(name -> photos.fake.delete(BUCKET, name)));

        assertThatThrownBy(() -> store.write(KEY, large, NEW))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("a component is gone");
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void anObjectStandsThoughItsComponentsCanNotBeDeleted() {
        photos.fake.faults().on(DELETE).times(100).inject(GcsFault.forbidden());

        ObjectMeta written = store.write(KEY, large, NEW);

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(large.bytes);
        assertThat(written.size()).isEqualTo(large.size());
        assertThat(photos.fake.keys(BUCKET)).hasSize(8);
    }

    @Test
    void sweepsWhatADeadRunLeftOfOneKeyAndNothingElse() {
        photos.fake.faults().on(DELETE).times(100).inject(GcsFault.forbidden());
        store.write(KEY, large, NEW);
        store.write(ObjectKey.of("videos/other"), large, NEW);
        photos.fake.faults().clear();
        UploadSweep sweep = store.role(UploadSweep.class).orElseThrow();
        Instant began = photos.head(KEY.text()).modified();

        assertThat(sweep.sweep(KEY, Optional.of("run-2/7"), Instant.EPOCH, began.plusSeconds(60)))
                .isZero();
        assertThat(sweep.sweep(KEY, Optional.empty(), Instant.EPOCH, began.plusSeconds(60)))
                .isZero();
        assertThat(photos.fake.keys(BUCKET)).hasSize(16);
        assertThat(sweep.sweep(KEY, NEW.operation(), began.minusSeconds(60), began.plusSeconds(60)))
                .isEqualTo(1);
        assertThat(photos.fake.keys(BUCKET)).hasSize(9).contains(KEY.text(), "videos/other");
        assertThat(sweep.sweep(KEY, NEW.operation(), began.minusSeconds(60), began.plusSeconds(60)))
                .isZero();
    }

    /** Its first components are there, and as old as those of the dead run, while the sweep looks. */
    @Test
    void sweepsNothingOfAnUploadThatIsStillGoingOn() {
        UploadSweep sweep = store.role(UploadSweep.class).orElseThrow();
        photos.fake
                .faults()
                .on(COMPOSE)
                .before(call -> sweep.sweep(
                        KEY, Optional.of("dead/1"), Instant.EPOCH, Instant.now().plusSeconds(3_600)));

        assertWritten(store.write(KEY, large, NEW));
    }

    @Test
    void everyRequestIsCounted() {
        store.write(KEY, large, NEW);

        assertThat(photos.fake.log().count()).isEqualTo(photos.meter.total());
        assertThat(photos.sent())
                .containsEntry(RequestKind.PUT, 7L)
                .containsEntry(RequestKind.MULTIPART, 1L)
                .containsEntry(RequestKind.DELETE, 7L);
        assertThat(photos.fake.log().count(RESUMABLE_CHUNK)).isZero();
    }
}
