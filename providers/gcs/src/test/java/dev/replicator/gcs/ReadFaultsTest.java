package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.testkit.gcs.model.GcsOperation.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.wire.WireFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads under trouble: the bytes of one version, checked against its checksum, or a failure. */
class ReadFaultsTest {
    private static final int SIZE = 300_000;

    private final FakeBucket photos = new FakeBucket();
    private final byte[] bytes = SourceBody.bytes(SIZE);

    @AfterEach
    void close() {
        photos.close();
    }

    private ObjectMeta put() {
        photos.fake.put(BUCKET, "a", bytes);
        return photos.head("a");
    }

    private byte[] read(ObjectMeta object) throws IOException {
        try (ObjectBody body = photos.store.read(object);
                InputStream in = body.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] range(ObjectBody body, long offset, long length) throws IOException {
        try (InputStream in = body.open(offset, length)) {
            return in.readAllBytes();
        }
    }

    @Test
    void findsEveryBitThatFlippedOnTheWay() {
        ObjectMeta object = put();
        for (long at : new long[] {0, 1, SIZE / 2, SIZE - 1}) {
            photos.fake.faults().on(MEDIA).times(1).inject(new WireFault.FlipBit(at));

            assertThatThrownBy(() -> read(object))
                    .as("byte %d", at)
                    .isInstanceOf(CorruptObjectException.class)
                    .hasMessageContaining("checksum");
            photos.fake.faults().clear();
        }
    }

    @Test
    void doesNotHandOutTheLastBytesOfAWrongBody() throws IOException {
        ObjectMeta object = put();
        photos.fake.faults().on(MEDIA).inject(new WireFault.FlipBit(7));
        long got = 0;

        try (InputStream in = photos.store.read(object).open()) {
            byte[] buffer = new byte[1_000];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                got += n;
            }
        } catch (CorruptObjectException e) {
            assertThat(got).isLessThan(SIZE);
            return;
        }
        throw new AssertionError("the flipped bit was not found");
    }

    @Test
    void findsAWrongRangeWhenTheRangesMakeAWhole() throws IOException {
        ObjectMeta object = put();
        try (ObjectBody body = photos.store.read(object)) {
            range(body, 200_000, 100_000);
            range(body, 0, 100_000);
            photos.fake.faults().on(MEDIA).times(1).inject(new WireFault.FlipBit(5));

            assertThatThrownBy(() -> range(body, 100_000, 100_000)).isInstanceOf(CorruptObjectException.class);
            assertThat(range(body, 100_000, 100_000)).isEqualTo(Arrays.copyOfRange(bytes, 100_000, 200_000));
        }
    }

    @Test
    void findsAWrongRestOfABodyThatBroke() {
        ObjectMeta object = put();
        RetrySettings quick = new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1));
        ObjectStore retrying = new RetryingObjectStore(
                photos.store, new Retries("test", quick, new RetryBudget(100, 100), System::nanoTime));
        photos.fake.faults().on(MEDIA).nth(1).inject(WireFault.truncate(100_000));
        photos.fake.faults().on(MEDIA).nth(1).inject(new WireFault.FlipBit(5));

        assertThatThrownBy(() -> retrying.read(object).open().readAllBytes())
                .isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void takesAWrongChecksumOfTheServersForAWrongBody() {
        ObjectMeta object = put();
        photos.fake.faults().on(MEDIA).inject(new GcsFault.WrongCrc32c());

        assertThatThrownBy(() -> read(object)).isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void failsStaleWhenTheObjectIsReplacedBetweenItsRanges() throws IOException {
        ObjectMeta object = put();
        try (ObjectBody body = photos.store.read(object)) {
            assertThat(range(body, 0, 100_000)).isEqualTo(Arrays.copyOf(bytes, 100_000));
            photos.fake.put(BUCKET, "a", SourceBody.bytes(SIZE + 1));

            assertThatThrownBy(() -> range(body, 100_000, 100_000)).isInstanceOf(StaleObjectException.class);
        }
    }

    @Test
    void failsStaleWhenTheServerIgnoresTheConditionAndShowsAnotherGeneration() {
        ObjectMeta object = put();
        photos.fake.put(BUCKET, "a", SourceBody.bytes(SIZE));
        ObjectStore careless = photos.open(settings -> settings.withCapabilities(Set.of()));

        assertThatThrownBy(() -> careless.read(object).open().readAllBytes())
                .isInstanceOf(StaleObjectException.class)
                .hasMessageContaining("no longer the version");
        careless.close();
    }

    @Test
    void readsObjectsStoredCompressedAsTheyAreStored() throws IOException {
        byte[] zipped = zipped(bytes);
        photos.fake.put(BUCKET, "a", zipped, ObjectFields.NONE.withText("contentEncoding", "gzip"));
        ObjectMeta object = photos.head("a");

        byte[] read = read(object);

        assertThat(object.size()).isEqualTo(zipped.length);
        assertThat(read).isEqualTo(zipped);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(read)).readAllBytes())
                .isEqualTo(bytes);
        try (ObjectBody body = photos.store.read(object)) {
            assertThat(range(body, 10, 100)).isEqualTo(Arrays.copyOfRange(zipped, 10, 110));
            assertThat(body.metadata().contentEncoding()).contains("gzip");
        }
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void readsComposedObjectsWhichHaveNoMd5() throws IOException {
        photos.fake.putComposed(BUCKET, "a", bytes, ObjectFields.NONE);
        ObjectMeta object = photos.head("a");

        assertThat(object.fingerprints()).extracting(Fingerprint::algorithm).containsExactly(Algorithm.CRC32C);
        assertThat(read(object)).isEqualTo(bytes);
    }

    @Test
    void neverGivesPartOfAnAnswerForAWhole() {
        ObjectMeta object = put();
        for (WireFault fault : List.of(
                WireFault.truncate(0),
                WireFault.truncate(SIZE - 1),
                WireFault.html(200),
                WireFault.answer(200, ""),
                GcsFault.unavailable())) {
            photos.fake.faults().on(MEDIA).times(1).inject(fault);

            assertThatThrownBy(() -> read(object)).as("%s", fault).isInstanceOf(StoreException.class);
            photos.fake.faults().clear();
        }
    }
}
