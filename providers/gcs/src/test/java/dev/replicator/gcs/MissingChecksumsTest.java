package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.gcs.FakeBucket.MIB;
import static dev.replicator.testkit.gcs.model.GcsOperation.COMPOSE;
import static dev.replicator.testkit.gcs.model.GcsOperation.GET;
import static dev.replicator.testkit.gcs.model.GcsOperation.INSERT;
import static dev.replicator.testkit.gcs.model.GcsOperation.MEDIA;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_CHUNK;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_QUERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.wire.WireFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers no crc32c, as the service always does: nothing that it made goes unverified. */
class MissingChecksumsTest {
    private static final ObjectKey KEY = ObjectKey.of("dir/key");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());
    private static final int LARGE = 4 * MIB + 300_000;
    private static final WriteSettings COMPOSITE = WriteSettings.NONE.withCompositeUploads(true);

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private void answerNoCrc32c(boolean md5) {
        photos.fake
                .faults()
                .on(INSERT, RESUMABLE_CHUNK, RESUMABLE_QUERY, COMPOSE, GET, MEDIA)
                .inject(new GcsFault.Careless(md5));
    }

    private void corrupt(boolean md5) {
        photos.fake
                .faults()
                .on(INSERT, RESUMABLE_CHUNK)
                .times(1)
                .inject(new GcsFault.Careless(md5), new WireFault.CorruptUpload(5));
        answerNoCrc32c(md5);
    }

    private ObjectMeta write(int size) {
        return photos.store.write(KEY, SourceBody.random(size), NEW);
    }

    @ParameterizedTest
    @CsvSource({"100,true", "100,false", LARGE + ",true", LARGE + ",false"})
    void wrongBytesAreFoundAndRemoved(int size, boolean md5) {
        corrupt(md5);

        assertThatThrownBy(() -> write(size))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes");

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,true,0", "0,false,0", "100,true,0", "100,false,1", LARGE + ",true,1", LARGE + ",false,1"})
    void rightBytesStayAndAreReadBackOnlyWhereNothingElseTells(int size, boolean md5, int reads) {
        answerNoCrc32c(md5);

        ObjectMeta written = write(size);

        assertThat(written.version()).isEqualTo(photos.head(KEY.text()).version());
        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(SourceBody.bytes(size));
        assertThat(photos.fake.log().count(MEDIA)).isEqualTo(reads);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void componentsAreHeldAgainstTheirBytesToo(boolean md5) {
        corrupt(md5);
        try (ObjectStore store = photos.open(settings -> SpecialCasesTest.with(settings, false, COMPOSITE))) {
            assertThatThrownBy(() -> store.write(KEY, SourceBody.random(6 * MIB), NEW))
                    .isInstanceOf(CorruptObjectException.class);
        }

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void aComposedObjectIsReadBack() {
        answerNoCrc32c(true);
        try (ObjectStore store = photos.open(settings -> SpecialCasesTest.with(settings, false, COMPOSITE))) {
            store.write(KEY, SourceBody.random(6 * MIB), NEW);
        }

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(SourceBody.bytes(6 * MIB));
        assertThat(photos.fake.log().requests(MEDIA))
                .filteredOn(request -> request.call().key().equals(KEY.text()))
                .hasSize(1);
    }

    @Test
    void theServiceIsReadBackNothingOf() {
        write(100);
        photos.store.write(ObjectKey.of("large"), SourceBody.random(LARGE), NEW);

        assertThat(photos.fake.log().count(MEDIA)).isZero();
    }

    @Test
    void wrongBytesAreFoundThoughTheFirstLooksFail() {
        photos.fake.faults().on(MEDIA).nth(1).inject(GcsFault.unavailable());
        photos.fake.faults().on(MEDIA).nth(1).inject(WireFault.truncate(3));
        corrupt(false);

        assertThatThrownBy(() -> write(100)).isInstanceOf(CorruptObjectException.class);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void whatCanNotBeReadBackIsNeitherTakenForRightNorRemoved() {
        photos.fake.faults().on(MEDIA).times(1_000).inject(GcsFault.forbidden());
        answerNoCrc32c(false);

        assertThatThrownBy(() -> write(100))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue())
                .hasMessageContaining("could not be verified");

        assertThat(photos.fake.keys(BUCKET)).containsExactly(KEY.text());
    }

    @Test
    void whatAnotherReplacedMeanwhileIsStale() {
        answerNoCrc32c(false);
        photos.fake.faults().on(MEDIA).before(call -> photos.fake.put(BUCKET, KEY.text(), new byte[] {9}));

        assertThatThrownBy(() -> write(100)).isInstanceOf(StaleObjectException.class);

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(new byte[] {9});
    }
}
