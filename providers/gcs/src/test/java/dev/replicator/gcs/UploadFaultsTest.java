package dev.replicator.gcs;

import static dev.replicator.gcs.FakeBucket.BUCKET;
import static dev.replicator.gcs.FakeBucket.MIB;
import static dev.replicator.testkit.gcs.model.GcsOperation.DELETE;
import static dev.replicator.testkit.gcs.model.GcsOperation.INSERT;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_CANCEL;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_CHUNK;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_QUERY;
import static dev.replicator.testkit.gcs.model.GcsOperation.RESUMABLE_START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads under trouble: whole and right in the end, or not at all. */
class UploadFaultsTest {
    private static final ObjectKey KEY = ObjectKey.of("large");
    private static final WriteOptions NEW =
            WriteOptions.of(Precondition.absent()).withOperation("run-1/7");

    private final FakeBucket photos = new FakeBucket();
    private final SourceBody large = SourceBody.random(4 * MIB + 300_000);

    @AfterEach
    void close() {
        photos.close();
    }

    private ObjectStore retrying() {
        RetrySettings quick = new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1));
        return new RetryingObjectStore(
                photos.store, new Retries("test", quick, new RetryBudget(100, 100), System::nanoTime));
    }

    private void assertWritten(ObjectMeta written) {
        assertThat(photos.fake.get(BUCKET, "large")).contains(large.bytes);
        assertThat(written.version()).isEqualTo(photos.head("large").version());
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    private void assertNothingWritten() {
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    @Test
    void sendsTheChecksumOfTheWholeWithTheLastPart() {
        photos.store.write(KEY, large, NEW);

        var chunks = photos.fake.log().requests(RESUMABLE_CHUNK);
        assertThat(chunks.get(chunks.size() - 1).call().headers().get("x-goog-hash"))
                .startsWith("crc32c=");
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(chunk -> assertThat(chunk.call().headers()).doesNotContainKey("x-goog-hash"));
    }

    /** A path that is none would make the host we talk to a part of the address before another's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@%s/upload/storage/v1/b/photos/o?upload_id=1",
                ".%s/upload",
                "mailto:%s",
                "?upload_id=1",
                "upload/storage?upload_id=1"
            })
    void goesNowhereElseThanWhereItBegan(String location) throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        try {
            String named = location.formatted("127.0.0.1:" + other.getAddress().getPort());
            photos.fake
                    .faults()
                    .on(RESUMABLE_START)
                    .inject(WireFault.answer(200, "").with("Location", named));

            assertThatThrownBy(() -> photos.store.write(KEY, large, NEW))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("names no address");
        } finally {
            other.stop(0);
        }

        assertThat(asked).isEmpty();
        assertNothingWritten();
    }

    @Test
    void goesOnBehindTheBytesThatTheServiceKeptOfAPart() {
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(2).inject(new GcsFault.PersistPartly(256 * 1024));

        assertWritten(photos.store.write(KEY, large, NEW));
        assertThat(photos.fake.log().count(RESUMABLE_START)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void goesOnWhereAPartBroke(long part) {
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(part).inject(WireFault.dropBeforeCommit());

        assertWritten(photos.store.write(KEY, large, NEW));
        assertThat(photos.fake.log().count(RESUMABLE_START)).isEqualTo(1);
        assertThat(photos.fake.log().count(RESUMABLE_QUERY)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void findsOutWhatCameOfAPartWhoseAnswerWasLost(long part) {
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(part).inject(WireFault.dropAfterCommit());

        ObjectMeta written = photos.store.write(KEY, large, NEW);

        assertWritten(written);
        assertThat(photos.fake.log().count(RESUMABLE_START)).isEqualTo(1);
    }

    @Test
    void readsTheSourceAgainOnlyFromThePartThatBroke() {
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(3).inject(GcsFault.unavailable());

        assertWritten(photos.store.write(KEY, large, NEW));
        assertThat(large.offsets).startsWith(0L, (long) MIB, 2L * MIB, 2L * MIB, 3L * MIB);
    }

    @Test
    void givesUpOnAPartThatNeverGetsThroughAndLeavesNothing() {
        photos.fake.faults().on(RESUMABLE_CHUNK).skipping(1).times(100).inject(GcsFault.unavailable());

        assertThatThrownBy(() -> photos.store.write(KEY, large, NEW))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.trouble()).isEqualTo(Trouble.SERVER_ERROR));
        assertNothingWritten();
        assertThat(photos.fake.log().count(RESUMABLE_CANCEL)).isEqualTo(1);
    }

    @Test
    void givesUpOnAServiceThatKeepsNothing() {
        photos.fake.faults().on(RESUMABLE_CHUNK).times(100).inject(new GcsFault.PersistPartly(0));

        assertThatThrownBy(() -> photos.store.write(KEY, large, NEW)).isInstanceOf(TransientStoreException.class);
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void callsALostUploadTransientAndBeginsAnewWhenRepeated(int status) {
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(2).inject(new GcsFault.LoseSession(status));

        assertThatThrownBy(() -> photos.store.write(KEY, large, NEW))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("lost the upload");
        assertNothingWritten();

        photos.fake.faults().on(RESUMABLE_CHUNK).nth(2).inject(new GcsFault.LoseSession(status));
        assertWritten(retrying().write(KEY, large, NEW));
    }

    @Test
    void refusesBytesThatChangedOnTheirWayAndLeavesNothing() {
        photos.fake.faults().on(INSERT).inject(new WireFault.CorruptUpload(5));
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(2).inject(new WireFault.CorruptUpload(5));

        assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOf(CorruptObjectException.class);
        assertThatThrownBy(() -> photos.store.write(KEY, large, NEW)).isInstanceOf(CorruptObjectException.class);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void removesAnObjectOfOtherBytesThoughTheFirstRemovalsFail() {
        photos.fake.faults().on(INSERT).times(100).inject(new GcsFault.WrongCrc32c());
        photos.fake.faults().on(DELETE).nth(1).inject(GcsFault.unavailable());
        photos.fake.faults().on(DELETE).nth(2).inject(WireFault.dropBeforeCommit());

        assertThatThrownBy(() -> retrying().write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOf(CorruptObjectException.class);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    /** Sent once more the write would meet the object, and a fresh look would find it as large and as new as it should be. */
    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    void saysThatAnObjectOfOtherBytesStaysWhenItCannotBeRemoved(int status) {
        photos.fake.faults().on(INSERT).times(100).inject(new GcsFault.WrongCrc32c());
        photos.fake.faults().on(DELETE).times(100).inject(WireFault.answer(status, ""));

        assertThatThrownBy(() -> retrying().write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue())
                .hasMessageContaining("could not be removed and stays");
        assertThat(photos.fake.log().count(INSERT)).isEqualTo(1);
    }

    @Test
    void removesAnObjectThatTheServiceSaysItMadeOfOtherBytes() {
        photos.fake.faults().on(INSERT, RESUMABLE_CHUNK).times(100).inject(new GcsFault.WrongCrc32c());

        assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes");
        assertThatThrownBy(() -> photos.store.write(KEY, large, NEW)).isInstanceOf(CorruptObjectException.class);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void removesNobodyElsesObjectInstead() {
        photos.fake.faults().on(INSERT).times(1).inject(new GcsFault.WrongCrc32c());
        photos.fake.faults().on(INSERT).times(1).afterCommit(call -> photos.fake.put(BUCKET, "large", new byte[] {9}));

        assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOf(CorruptObjectException.class);
        assertThat(photos.fake.get(BUCKET, "large")).contains(new byte[] {9});
    }

    @Test
    void doesNotOverwriteWhatAppearedDuringTheUpload() {
        photos.fake
                .faults()
                .on(RESUMABLE_CHUNK)
                .nth(3)
                .before(call -> photos.fake.put(BUCKET, "large", new byte[] {9}));

        assertThatThrownBy(() -> photos.store.write(KEY, large, NEW)).isInstanceOf(StaleObjectException.class);
        assertThat(photos.fake.get(BUCKET, "large")).contains(new byte[] {9});
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    @Test
    void recognisesItsOwnUploadWhenAllAnswersAfterItWereLost() {
        photos.fake.faults().on(RESUMABLE_CHUNK).nth(6).inject(WireFault.dropAfterCommit());
        photos.fake.faults().on(RESUMABLE_QUERY).times(100).inject(GcsFault.unavailable());

        assertWritten(photos.store.write(KEY, large, NEW));
    }

    @Test
    void doesNotTakeAnErrorWithinASuccessForAnObject() {
        photos.fake.faults().on(INSERT).times(1).inject(new GcsFault.ErrorInOk(Reason.CONDITION_NOT_MET));

        assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOf(StaleObjectException.class);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void sendsNothingTwiceOfAnObjectInOneRequest() {
        photos.fake.faults().on(INSERT).times(1).inject(GcsFault.unavailable());

        assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(new byte[100]), NEW))
                .isInstanceOf(TransientStoreException.class);
        assertThat(photos.fake.log().count()).isEqualTo(1);
        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }
}
