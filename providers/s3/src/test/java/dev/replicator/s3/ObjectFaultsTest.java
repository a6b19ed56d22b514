package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.s3.FakeBucket.SOURCE;
import static dev.replicator.testkit.s3.model.S3Operation.COMPLETE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.COPY_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.GET_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.HEAD_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.wire.WireFault;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Single objects over a wire that fails, and from a source that changes meanwhile. */
class ObjectFaultsTest {
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

    private ObjectMeta copy(String from) {
        try (ObjectStore originals = photos.openSource()) {
            ObjectMeta source = originals.head(ObjectKey.of(from)).orElseThrow();
            BucketRef bucket = originals.bucket();
            return photos.store.copyFrom(bucket, source, KEY, NEW);
        }
    }

    @Test
    void takesAnErrorWithinASuccessForAnError() {
        photos.fake.put(SOURCE, "small", bytes(10));
        photos.fake.faults().on(COPY_OBJECT).times(1).inject(new Fault.ErrorInOk(ErrorCode.INTERNAL_ERROR));
        assertThatThrownBy(() -> copy("small")).isInstanceOf(TransientStoreException.class);

        photos.fake.faults().on(COPY_OBJECT).times(1).inject(new Fault.ErrorInOk(ErrorCode.PRECONDITION_FAILED));
        assertThatThrownBy(() -> copy("small")).isInstanceOf(StaleObjectException.class);

        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).inject(new Fault.ErrorInOk(ErrorCode.INTERNAL_ERROR));
        assertThatThrownBy(() -> write(3 * MIB, "run/1")).isInstanceOf(TransientStoreException.class);
        assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
    }

    @Test
    void saysThatAServerCannotDoConditionalCopies() {
        try (FakeBucket weak = new FakeBucket(Weakness.CONDITIONAL_COPY_REFUSED);
                ObjectStore originals = weak.openSource()) {
            weak.fake.put(SOURCE, "from", bytes(10));
            ObjectMeta source = originals.head(ObjectKey.of("from")).orElseThrow();

            assertThatThrownBy(() -> weak.store.copyFrom(originals.bucket(), source, KEY, NEW))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("capabilities");
        }
    }

    @Test
    void retriesAConflictOfConditionalWritesLater() {
        photos.fake.faults().on(PUT_OBJECT).times(1).inject(Fault.error(ErrorCode.CONDITIONAL_REQUEST_CONFLICT));

        assertThatThrownBy(() -> write(10, "run/1"))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.trouble()).isEqualTo(TransientStoreException.Trouble.CONFLICT));
    }

    @Test
    void findsAFlippedBitByTheObjectsChecksum() throws Exception {
        ObjectMeta written = write(1_000, "run/1");
        photos.fake.faults().on(GET_OBJECT).times(1).inject(new WireFault.FlipBit(500));

        try (InputStream stream = photos.store.read(written).open()) {
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(CorruptObjectException.class);
        }
    }

    /** Some servers (moto) give out a checksum of the parts' checksums as the object's, and a good read looks corrupt. */
    @Test
    void asksAForeignServerForChecksumsOfObjectsThatAreOnePieceOnly() throws Exception {
        ObjectMeta whole = write(1_000, "run/1");
        try (InputStream stream = photos.store.read(whole).open()) {
            stream.readAllBytes();
        }
        assertThat(checksumModes()).containsExactly("ENABLED");

        photos.store.delete(KEY, Precondition.none());
        ObjectMeta ofParts = write(3 * MIB, "run/2");
        try (InputStream stream = photos.store.read(ofParts).open()) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes(3 * MIB));
        }
        assertThat(checksumModes()).containsExactly("ENABLED", "none");
    }

    private List<String> checksumModes() {
        return photos.fake.log().requests(GET_OBJECT).stream()
                .map(request -> request.call().headers().getOrDefault("x-amz-checksum-mode", "none"))
                .toList();
    }

    @Test
    void refusesABodyOfAnotherLengthThanTheObjects() throws Exception {
        ObjectMeta written = write(1_000, "run/1");
        photos.fake.faults().on(GET_OBJECT).times(1).inject(Fault.body("short"));

        assertThatThrownBy(() -> photos.store.read(written).open().readAllBytes())
                .isInstanceOfAny(CorruptObjectException.class, StaleObjectException.class);
    }

    @Test
    void callsAHeadThatFailsNoAbsence() {
        photos.fake.put(BUCKET, KEY.text(), bytes(10));
        photos.fake.faults().on(HEAD_OBJECT).times(1).inject(Fault.accessDenied());
        assertThatThrownBy(() -> photos.store.head(KEY))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("head s3://photos/dir/key");

        photos.fake.faults().on(HEAD_OBJECT).times(1).inject(Fault.html(503));
        assertThatThrownBy(() -> photos.store.head(KEY)).isInstanceOf(TransientStoreException.class);
    }

    @Test
    void takesNoHtmlPageForAnObject() {
        photos.fake.put(BUCKET, KEY.text(), "text".getBytes(StandardCharsets.UTF_8));
        ObjectMeta seen = photos.head(KEY.text());
        photos.fake.faults().on(GET_OBJECT).times(1).inject(Fault.html(200));

        assertThatThrownBy(() -> photos.store.read(seen).open().readAllBytes())
                .isInstanceOfAny(CorruptObjectException.class, StaleObjectException.class);
    }
}
