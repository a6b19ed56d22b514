package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.testkit.s3.model.S3Operation.COMPLETE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.DELETE_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.GET_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.HEAD_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.PUT_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.Versioning;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write whose answer was lost is recognised as ours; that its bytes are those that were sent is another question. */
class LostAnswersTest {
    private static final ObjectKey KEY = ObjectKey.of("dir/key");
    private static final WriteOptions NEW =
            WriteOptions.of(Precondition.absent()).withOperation("run-1/7");
    private static final Weakness[] NO_DIGESTS = {Weakness.FOREIGN_ETAGS, Weakness.CHECKSUMS_IGNORED};

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static ObjectBody body(int size) {
        return ByteArrayBody.of(bytes(size));
    }

    /** As a run opens it. */
    private static ObjectStore retrying(ObjectStore store) {
        RetrySettings quick = new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));
        return new RetryingObjectStore(
                store, new Retries("fake", quick, new RetryBudget(1_000, 100), System::nanoTime));
    }

    private static void loseTheAnswer(FakeBucket photos) {
        photos.fake.faults().on(PUT_OBJECT, COMPLETE_MULTIPART_UPLOAD).times(1).inject(WireFault.dropAfterCommit());
    }

    /** In a request whose answer is lost too, or in a part, whose object's is. */
    private static void corruptAndLoseTheAnswer(FakeBucket photos) {
        WireFault corrupted = new WireFault.CorruptUpload(3);
        photos.fake.faults().on(PUT_OBJECT).times(1).inject(corrupted, WireFault.dropAfterCommit());
        photos.fake.faults().on(UPLOAD_PART).times(1).inject(corrupted);
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(1).inject(WireFault.dropAfterCommit());
    }

    /** The server puts other parts together than it was told. */
    private static void completeWrongly(FakeBucket photos, byte[] wrong) {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(1).afterCommit(call -> {
            StoredObject made = photos.fake.find(BUCKET, call.key()).orElseThrow();
            photos.fake.put(BUCKET, call.key(), wrong, made.attributes());
        });
    }

    private static void assertCorrupt(ObjectStore store, ObjectBody body) {
        assertThatThrownBy(() -> retrying(store).write(KEY, body, NEW))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes than were sent");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void wrongBytesAreFoundAndRemoved(int size) {
        try (FakeBucket photos = new FakeBucket(Weakness.CHECKSUMS_IGNORED)) {
            corruptAndLoseTheAnswer(photos);

            assertCorrupt(photos.store, body(size));

            assertThat(photos.fake.keys(BUCKET)).isEmpty();
        }
    }

    /** Neither the ETags nor a checksum tell, so the bytes do. */
    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void wrongBytesAreFoundWhereNoDigestTells(int size) {
        try (FakeBucket photos = new FakeBucket(NO_DIGESTS)) {
            corruptAndLoseTheAnswer(photos);

            assertCorrupt(photos.store, body(size));

            assertThat(photos.fake.keys(BUCKET)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void rightBytesStayWhereNoDigestTells(int size) {
        try (FakeBucket photos = new FakeBucket(NO_DIGESTS)) {
            loseTheAnswer(photos);

            ObjectMeta written = retrying(photos.store).write(KEY, body(size), NEW);

            assertThat(written.version()).isEqualTo(photos.head(KEY.text()).version());
            assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(size));
            assertThat(photos.fake.log().count(DELETE_OBJECT)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void rightBytesAreNotReadBackWhereADigestTells(int size) {
        try (FakeBucket photos = new FakeBucket()) {
            loseTheAnswer(photos);

            retrying(photos.store).write(KEY, body(size), NEW);

            assertThat(photos.fake.log().count(GET_OBJECT)).isZero();
            assertThat(photos.fake.log().count(HEAD_OBJECT)).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3 * MIB, 3 * MIB - 1})
    void partsThatWerePutTogetherWronglyAreFoundAndRemoved(int wrong) {
        try (FakeBucket photos = new FakeBucket()) {
            completeWrongly(photos, Arrays.copyOf(bytes(4 * MIB), wrong));
            loseTheAnswer(photos);

            assertCorrupt(photos.store, body(3 * MIB));

            assertThat(photos.fake.keys(BUCKET)).isEmpty();
        }
    }

    @Test
    void partsThatWerePutTogetherWronglyAreFoundWhereNoDigestTells() {
        try (FakeBucket photos = new FakeBucket(NO_DIGESTS)) {
            byte[] wrong = bytes(3 * MIB);
            wrong[MIB + 7] ^= 1;
            completeWrongly(photos, wrong);
            loseTheAnswer(photos);

            assertCorrupt(photos.store, body(3 * MIB));

            assertThat(photos.fake.keys(BUCKET)).isEmpty();
        }
    }

    /** Not by a delete marker, which would hide what was there before. */
    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void bringsBackTheVersionBefore(int size) {
        try (FakeBucket photos = new FakeBucket(Weakness.FOREIGN_PART_ETAGS, Weakness.CHECKSUMS_IGNORED)) {
            photos.fake.bucket(BUCKET).change(Versioning.ENABLED);
            photos.fake.put(BUCKET, KEY.text(), bytes(5));
            corruptAndLoseTheAnswer(photos);
            Precondition seen = Precondition.unchanged(photos.head(KEY.text()));

            assertThatThrownBy(() -> retrying(photos.store).write(KEY, body(size), NEW.withPrecondition(seen)))
                    .isInstanceOf(CorruptObjectException.class);

            assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(5));
            assertThat(photos.fake.bucket(BUCKET).keys().get(KEY.text()).versions())
                    .hasSize(1);
        }
    }

    @Test
    void removesNothingThatCanNotBeReadBack() {
        try (FakeBucket photos = new FakeBucket(NO_DIGESTS)) {
            corruptAndLoseTheAnswer(photos);
            photos.fake.faults().on(GET_OBJECT).times(1_000).inject(Fault.accessDenied());

            assertThatThrownBy(() -> retrying(photos.store).write(KEY, body(10), NEW))
                    .isInstanceOfSatisfying(
                            TransientStoreException.class,
                            e -> assertThat(e.isRepeatedBelow()).isTrue())
                    .hasMessageContaining("could not be verified");

            assertThat(photos.fake.keys(BUCKET)).containsExactly(KEY.text());
        }
    }

    @Test
    void saysThatWrongBytesStayWhichCanNotBeRemoved() {
        try (FakeBucket photos = new FakeBucket(Weakness.CHECKSUMS_IGNORED)) {
            corruptAndLoseTheAnswer(photos);
            photos.fake.faults().on(DELETE_OBJECT).times(1_000).inject(Fault.accessDenied());

            assertThatThrownBy(() -> retrying(photos.store).write(KEY, body(10), NEW))
                    .isInstanceOfSatisfying(
                            TransientStoreException.class,
                            e -> assertThat(e.isRepeatedBelow()).isTrue())
                    .hasMessageContaining("could not be removed and stays");
        }
    }

    @Test
    void removesNobodyElsesObjectInstead() {
        try (FakeBucket photos = new FakeBucket(Weakness.CHECKSUMS_IGNORED)) {
            corruptAndLoseTheAnswer(photos);
            photos.fake
                    .faults()
                    .beforeRequest(DELETE_OBJECT, KEY.text(), () -> photos.fake.put(BUCKET, KEY.text(), bytes(7)));

            assertCorrupt(photos.store, body(10));

            assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(7));
        }
    }

    private static final UnaryOperator<StoreSettings> WITH_PARTS =
            settings -> settings.withSizes(new TransferSizes(6 * MIB, 6 * MIB, 5 * MIB));

    /** The native client is told that the object exists, and says no more of it. */
    @Test
    void wrongBytesOfTheNativeClientAreFoundAndRemoved(@TempDir Path directory) throws IOException {
        try (FakeBucket photos = new FakeBucket();
                ObjectStore store = photos.open(WITH_PARTS)) {
            Path file = Files.write(directory.resolve("file"), bytes(12 * MIB));
            ObjectBody local = new PinnedFile(file, 12 * MIB, Files.getLastModifiedTime(file), ObjectMetadata.NONE);
            store.write(ObjectKey.of("first"), local, NEW);
            photos.fake.delete(BUCKET, "first");
            byte[] wrong = bytes(12 * MIB);
            wrong[6 * MIB] ^= 1;
            completeWrongly(photos, wrong);
            loseTheAnswer(photos);

            assertCorrupt(store, local);

            assertThat(photos.fake.keys(BUCKET)).isEmpty();
        }
    }
}
