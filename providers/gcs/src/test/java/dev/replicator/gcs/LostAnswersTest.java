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
import dev.replicator.store.RetrySettings;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteSettings;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.wire.WireFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write whose answer was lost is recognised as ours; that its bytes are those that were sent is another question. */
class LostAnswersTest {
    private static final ObjectKey KEY = ObjectKey.of("dir/key");
    private static final WriteOptions NEW =
            WriteOptions.of(Precondition.absent()).withOperation("run-1/7");
    private static final int LARGE = 4 * MIB + 300_000;

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private static ObjectStore retrying(ObjectStore store) {
        RetrySettings quick = new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1));
        return new RetryingObjectStore(store, new Retries("test", quick, new RetryBudget(100, 100), System::nanoTime));
    }

    private static void assertCorrupt(ObjectStore store, int size) {
        assertThatThrownBy(() -> retrying(store).write(KEY, SourceBody.random(size), NEW))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes");
    }

    /** The answer to the last request is lost, and so is the outcome of the upload until a head finds it. */
    private void loseTheAnswer(WireFault... and) {
        WireFault[] faults = java.util.Arrays.copyOf(and, and.length + 1);
        faults[and.length] = WireFault.dropAfterCommit();
        photos.fake.faults().on(INSERT).times(1).inject(faults);
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(6).inject(faults);
        photos.fake.faults().on(RESUMABLE_QUERY).times(100).inject(GcsFault.unavailable());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, LARGE})
    void rightBytesStayAndAreNotReadBack(int size) {
        loseTheAnswer();

        ObjectMeta written = retrying(photos.store).write(KEY, SourceBody.random(size), NEW);

        assertThat(written.version()).isEqualTo(photos.head(KEY.text()).version());
        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(SourceBody.bytes(size));
        assertThat(photos.fake.log().count(MEDIA)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, LARGE})
    void wrongBytesAreFoundAndRemoved(int size) {
        loseTheAnswer(new WireFault.CorruptUpload(5), new GcsFault.Careless(true));

        assertCorrupt(photos.store, size);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, LARGE})
    void wrongBytesAreFoundWhereNoDigestTells(int size) {
        loseTheAnswer(new WireFault.CorruptUpload(5), new GcsFault.Careless(false));
        photos.fake.faults().on(GET, MEDIA).inject(new GcsFault.Careless(false));

        assertCorrupt(photos.store, size);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void aWrongComposedObjectIsFoundAndRemoved() {
        WriteSettings composite = WriteSettings.NONE.withCompositeUploads(true);
        photos.fake.faults().on(COMPOSE).times(1).inject(WireFault.dropAfterCommit());
        photos.fake.faults().on(COMPOSE).times(1).afterCommit(call -> {
            byte[] wrong = SourceBody.bytes(6 * MIB);
            wrong[MIB] ^= 1;
            photos.fake.put(
                    BUCKET,
                    KEY.text(),
                    wrong,
                    photos.fake.find(BUCKET, KEY.text()).orElseThrow().fields());
        });
        try (ObjectStore store = photos.open(settings -> SpecialCasesTest.with(settings, false, composite))) {
            assertCorrupt(store, 6 * MIB);
        }

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    /** Cut short, it is no less ours. */
    @Test
    void anObjectOfFewerBytesIsFoundAndRemoved() {
        photos.fake.faults().on(INSERT).times(1).inject(WireFault.dropAfterCommit());
        photos.fake.faults().on(INSERT).times(1).afterCommit(call -> {
            var fields = photos.fake.find(BUCKET, KEY.text()).orElseThrow().fields();
            photos.fake.put(BUCKET, KEY.text(), new byte[7], fields);
        });

        assertCorrupt(photos.store, 100);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }
}
