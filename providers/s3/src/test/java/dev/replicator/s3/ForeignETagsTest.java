package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.testkit.s3.model.S3Operation.DELETE_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.GET_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.HEAD_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.PUT_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.wire.WireFault;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose ETags look like MD5s and are none: what is right stays, what is wrong is found all the same. */
class ForeignETagsTest {
    private static final ObjectKey KEY = ObjectKey.of("key");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());
    private static final Weakness[] NEITHER = {Weakness.FOREIGN_ETAGS, Weakness.CHECKSUMS_IGNORED};

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static UnaryOperator<StoreSettings> sending(Checksums checksums) {
        return settings -> settings.withChecksums(checksums);
    }

    @ParameterizedTest
    @EnumSource(Checksums.class)
    void takeNothingAway(Checksums checksums) {
        try (FakeBucket photos = new FakeBucket(NEITHER);
                ObjectStore store = photos.open(sending(checksums))) {
            for (int size : new int[] {0, 10, 3 * MIB, 20, 3 * MIB + 1}) {
                ObjectKey key = ObjectKey.of("k" + size);
                store.write(key, ByteArrayBody.of(bytes(size)), NEW);

                assertThat(photos.fake.get(BUCKET, key.text())).contains(bytes(size));
            }
            assertThat(photos.fake.log().count(DELETE_OBJECT)).isZero();
        }
    }

    @Test
    void areLookedIntoOnce() {
        try (FakeBucket photos = new FakeBucket(NEITHER)) {
            for (int i = 0; i < 5; i++) {
                photos.store.write(ObjectKey.of("k" + i), ByteArrayBody.of(bytes(10 + i)), NEW);
            }

            assertThat(photos.fake.log().count(GET_OBJECT)).isEqualTo(1);
            assertThat(photos.fake.log().count(HEAD_OBJECT)).isEqualTo(1);
            assertThat(photos.fake.log().count()).isEqualTo(photos.meter.total());
        }
    }

    @Test
    void costNothingWhereTheServerAnswersChecksums() {
        try (FakeBucket photos = new FakeBucket(Weakness.FOREIGN_ETAGS)) {
            photos.store.write(KEY, ByteArrayBody.of(bytes(10)), NEW);
            photos.store.write(ObjectKey.of("large"), ByteArrayBody.of(bytes(3 * MIB)), NEW);

            assertThat(photos.fake.log().count(GET_OBJECT)).isZero();
            assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(10));
            assertThat(photos.fake.get(BUCKET, "large")).contains(bytes(3 * MIB));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void hideNoWrongBytes(int size) {
        try (FakeBucket photos = new FakeBucket(NEITHER)) {
            photos.fake.faults().on(PUT_OBJECT, UPLOAD_PART).times(1).inject(new WireFault.CorruptUpload(3));

            assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(bytes(size)), NEW))
                    .isInstanceOf(CorruptObjectException.class);
            assertThat(photos.fake.keys(BUCKET)).isEmpty();
        }
    }

    /** What objects' ETags were says nothing of parts'. */
    @Test
    void ofPartsAloneTakeNothingAwayEither() {
        try (FakeBucket photos = new FakeBucket(Weakness.FOREIGN_PART_ETAGS, Weakness.CHECKSUMS_IGNORED)) {
            for (int size : new int[] {10, 3 * MIB, 20, 3 * MIB + 1}) {
                ObjectKey key = ObjectKey.of("k" + size);
                photos.store.write(key, ByteArrayBody.of(bytes(size)), NEW);

                assertThat(photos.fake.get(BUCKET, key.text())).contains(bytes(size));
            }
            photos.fake.faults().on(PUT_OBJECT).times(1).inject(new WireFault.CorruptUpload(3));
            assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(bytes(30)), NEW))
                    .isInstanceOf(CorruptObjectException.class);
        }
    }

    /** Nothing was shown of the bytes, so nothing is removed. */
    @Test
    void removeNothingThatCanNotBeReadBack() {
        try (FakeBucket photos = new FakeBucket(NEITHER)) {
            photos.fake.faults().on(GET_OBJECT).times(100).inject(Fault.accessDenied());

            assertThatThrownBy(() -> photos.store.write(KEY, ByteArrayBody.of(bytes(10)), NEW))
                    .isInstanceOf(StoreException.class);
            assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(10));
            assertThat(photos.fake.log().count(DELETE_OBJECT)).isZero();
        }
    }
}
