package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.s3.FakeBucket.SOURCE;
import static dev.replicator.testkit.s3.model.S3Operation.ABORT_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.COMPLETE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.CREATE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.UPLOAD_PART;
import static dev.replicator.testkit.s3.model.S3Operation.UPLOAD_PART_COPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects made of parts over a wire that fails: what is repeated, what is recognised as ours, what is left behind. */
class MultipartFaultsTest {
    private static final ObjectKey KEY = ObjectKey.of("dir/key");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());

    private final FakeBucket photos = new FakeBucket();

    @AfterEach
    void close() {
        photos.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private ObjectMeta write(int size, String operation) {
        return photos.store.write(KEY, ByteArrayBody.of(bytes(size)), NEW.withOperation(operation));
    }

    @Test
    void recognisesACompletionWhoseAnswerWasLostByItsOperation() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(1).inject(Fault.dropAfterCommit());

        ObjectMeta written = write(3 * MIB, "run/1");

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(3 * MIB));
        assertThat(written.version()).isEqualTo(photos.head(KEY.text()).version());
        assertThat(photos.fake.log().count(ABORT_MULTIPART_UPLOAD)).isZero();
    }

    @Test
    void recognisesALostCompletionOfACopyByItsParts() {
        photos.fake.put(SOURCE, "from", bytes(3 * MIB));
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(1).inject(Fault.dropAfterCommit());

        copy("from");

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(3 * MIB));
    }

    private ObjectMeta copy(String from) {
        try (ObjectStore originals = photos.openSource()) {
            ObjectMeta source = originals.head(ObjectKey.of(from)).orElseThrow();
            BucketRef bucket = originals.bucket();
            return photos.store.copyFrom(bucket, source, KEY, NEW);
        }
    }

    @Test
    void recognisesItsOwnObjectWhenTheRepeatedCompletionIsRefused() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(1).inject(Fault.dropAfterCommit());
        photos.fake
                .faults()
                .on(COMPLETE_MULTIPART_UPLOAD)
                .skipping(1)
                .inject(Fault.error(ErrorCode.PRECONDITION_FAILED));

        ObjectMeta written = write(3 * MIB, "run/1");

        assertThat(written.version()).isEqualTo(photos.head(KEY.text()).version());
    }

    @Test
    void repeatsACompletionThatFailedAndNotTheObject() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(2).inject(Fault.slowDown());

        write(3 * MIB, "run/1");

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(3 * MIB));
        assertThat(photos.fake.log().count(UPLOAD_PART)).isEqualTo(3);
        assertThat(photos.fake.log().count(COMPLETE_MULTIPART_UPLOAD)).isEqualTo(3);
    }

    @Test
    void cleansNothingUpWhenACompletionsOutcomeStaysUnknown() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).inject(Fault.dropBeforeCommit());

        assertThatThrownBy(() -> write(3 * MIB, "run/1")).isInstanceOf(TransientStoreException.class);

        assertThat(photos.fake.log().count(ABORT_MULTIPART_UPLOAD)).isZero();
        assertThat(photos.fake.unfinishedUploads(BUCKET)).containsExactly(KEY.text());
    }

    @Test
    void doesNotTakeAnothersObjectForItsOwnAfterALostAnswer() {
        photos.fake.put(BUCKET, KEY.text(), bytes(3 * MIB));
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).inject(Fault.dropBeforeCommit());

        assertThatThrownBy(() -> write(3 * MIB, "run/1")).isInstanceOf(TransientStoreException.class);
    }

    private static final Optional<String> RUN = Optional.of("run/1");

    @Test
    void sweepsWhatWasLeftBehindAndNothingElse() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).inject(Fault.dropBeforeCommit());
        assertThatThrownBy(() -> write(3 * MIB, "run/1")).isInstanceOf(TransientStoreException.class);
        UploadSweep sweep = photos.store.role(UploadSweep.class).orElseThrow();
        Instant now = Instant.now();

        assertThat(sweep.sweep(ObjectKey.of("dir"), RUN, Instant.EPOCH, now.plusSeconds(60)))
                .isZero();
        assertThat(sweep.sweep(KEY, RUN, now.plusSeconds(30), now.plusSeconds(60)))
                .isZero();
        assertThat(sweep.sweep(KEY, RUN, Instant.EPOCH, now.minusSeconds(60))).isZero();
        assertThat(photos.fake.unfinishedUploads(BUCKET)).hasSize(1);
        assertThat(sweep.sweep(KEY, RUN, Instant.EPOCH, now.plusSeconds(60))).isEqualTo(1);
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    @Test
    void repeatsAPartThatFailedAndNotTheObject() {
        photos.fake.faults().on(UPLOAD_PART).times(2).inject(Fault.slowDown());

        write(3 * MIB, "run/1");

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(3 * MIB));
        assertThat(photos.fake.log().count(UPLOAD_PART)).isEqualTo(5);
    }

    @Test
    void leavesAPartThatKeepsFailingToTheNextRun() {
        photos.fake
                .faults()
                .on(UPLOAD_PART)
                .when(call -> "2".equals(call.query().get("partNumber")))
                .inject(Fault.slowDown());

        assertThatThrownBy(() -> retrying().write(KEY, ByteArrayBody.of(bytes(3 * MIB)), NEW.withOperation("run/1")))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("SlowDown");

        assertThat(photos.fake.log().count(CREATE_MULTIPART_UPLOAD)).isEqualTo(1);
        assertThat(photos.fake.log().count(UPLOAD_PART))
                .as("2 parts, and 3 attempts at the bad one")
                .isEqualTo(5);
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    @Test
    void leavesACompletionThatKeepsFailingToTheNextRun() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).inject(Fault.slowDown());

        assertThatThrownBy(() -> retrying().write(KEY, ByteArrayBody.of(bytes(3 * MIB)), NEW.withOperation("run/1")))
                .isInstanceOf(TransientStoreException.class);

        assertThat(photos.fake.log().count(COMPLETE_MULTIPART_UPLOAD)).isEqualTo(3);
        assertThat(photos.fake.log().count(UPLOAD_PART)).isEqualTo(3);
    }

    @Test
    void abortsAnUploadWhosePartsKeepFailing() {
        photos.fake
                .faults()
                .on(UPLOAD_PART)
                .when(call -> "2".equals(call.query().get("partNumber")))
                .inject(Fault.slowDown());

        assertThatThrownBy(() -> write(3 * MIB, "run/1"))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.trouble()).isEqualTo(TransientStoreException.Trouble.THROTTLED));

        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
        assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
    }

    @Test
    void abortsAnUploadThatSomebodyElseCameBefore() {
        photos.fake
                .faults()
                .on(COMPLETE_MULTIPART_UPLOAD)
                .before(call -> photos.fake.put(BUCKET, KEY.text(), bytes(7)));

        assertThatThrownBy(() -> write(3 * MIB, "run/1")).isInstanceOf(StaleObjectException.class);

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(7));
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    @Test
    void neverMixesTwoVersionsOfASourceInACopyOfParts() {
        photos.fake.put(SOURCE, "from", bytes(3 * MIB));
        photos.fake
                .faults()
                .on(UPLOAD_PART_COPY)
                .times(1)
                .before(call -> photos.fake.put(SOURCE, "from", new byte[3 * MIB]));

        assertThatThrownBy(() -> copy("from")).isInstanceOf(StaleObjectException.class);

        assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    private ObjectStore retrying() {
        return new RetryingObjectStore(
                photos.store, new Retries("fake", RetrySettings.DEFAULT, RetryBudget.ofRun(), System::nanoTime));
    }
}
