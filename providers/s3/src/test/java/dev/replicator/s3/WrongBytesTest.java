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
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.wrap.Retries;
import dev.replicator.store.wrap.RetryBudget;
import dev.replicator.store.wrap.RetryingObjectStore;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.store.Versioning;
import dev.replicator.testkit.wire.WireFault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that makes an object of other bytes than it was sent, and says so only in the digests of its answer. */
class WrongBytesTest {
    private static final ObjectKey KEY = ObjectKey.of("dir/key");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());

    private final FakeBucket photos = new FakeBucket(Weakness.CHECKSUMS_IGNORED);

    @AfterEach
    void close() {
        photos.close();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private void corrupt() {
        photos.fake.faults().on(PUT_OBJECT, UPLOAD_PART).inject(new WireFault.CorruptUpload(3));
    }

    private void assertRefused(ObjectStore store, int size) {
        assertThatThrownBy(() -> store.write(KEY, ByteArrayBody.of(bytes(size)), NEW))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining("other bytes than were sent");
    }

    private void assertReplaced(ObjectStore store) {
        assertThatThrownBy(() -> store.write(KEY, ByteArrayBody.of(bytes(10)), NEW))
                .isInstanceOf(StaleObjectException.class)
                .hasMessageContaining("replaced");
    }

    @Test
    void isFoundOutAndTheObjectRemoved() {
        corrupt();

        assertRefused(photos.store, 10);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void isFoundOutWithoutChecksumsInRequests() {
        corrupt();
        try (ObjectStore store = photos.open(settings -> settings.withChecksums(Checksums.WHEN_REQUIRED))) {
            assertRefused(store, 10);
        }

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void isFoundOutInAPart() {
        corrupt();

        assertRefused(photos.store, 3 * MIB);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    @Test
    void isFoundOutAfterAnswersThatWereRight() {
        photos.store.write(ObjectKey.of("first"), ByteArrayBody.of(bytes(10)), NEW);
        corrupt();

        assertRefused(photos.store, 10);

        assertThat(photos.fake.keys(BUCKET)).containsExactly("first");
    }

    @Test
    void losesNobodyElsesObject() {
        corrupt();
        photos.fake
                .faults()
                .beforeRequest(DELETE_OBJECT, KEY.text(), () -> photos.fake.put(BUCKET, KEY.text(), bytes(7)));

        assertRefused(photos.store, 10);

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(7));
    }

    @Test
    void losesNobodyElsesObjectWhereDeletesAreUnconditional() {
        corrupt();
        photos.fake.faults().afterCommit(PUT_OBJECT, KEY.text(), () -> photos.fake.put(BUCKET, KEY.text(), bytes(7)));
        Set<Capability> none = EnumSet.noneOf(Capability.class);
        UnaryOperator<StoreSettings> incapable = settings -> settings.withCapabilities(none);
        try (ObjectStore store = photos.open(incapable)) {
            assertReplaced(store);
        }

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(7));
    }

    /** Nobody's bytes were seen to be wrong, so nothing is to be tried again over what is there. */
    @Test
    void isNotCalledCorruptWhereAnotherReplacedItFirst() {
        try (FakeBucket foreign = new FakeBucket(Weakness.FOREIGN_ETAGS, Weakness.CHECKSUMS_IGNORED)) {
            foreign.fake
                    .faults()
                    .beforeRequest(GET_OBJECT, KEY.text(), () -> foreign.fake.put(BUCKET, KEY.text(), bytes(7)));

            assertReplaced(foreign.store);
            assertThat(foreign.fake.get(BUCKET, KEY.text())).contains(bytes(7));
        }
    }

    /** As a run opens it. */
    private ObjectStore retrying() {
        RetrySettings quick = new RetrySettings(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));
        return new RetryingObjectStore(
                photos.store, new Retries("fake", quick, new RetryBudget(1_000, 100), System::nanoTime));
    }

    private static Stream<Arguments> troubleOfALook() {
        WireFault busy = WireFault.answer(503, "<Error><Code>SlowDown</Code></Error>");
        return Stream.of(GET_OBJECT, HEAD_OBJECT)
                .flatMap(operation -> Stream.of(WireFault.dropBeforeCommit(), busy, WireFault.truncate(1))
                        .flatMap(fault -> Stream.of(10, 3 * MIB).map(size -> arguments(operation, fault, size))));
    }

    @ParameterizedTest
    @MethodSource("troubleOfALook")
    void isFoundOutThoughTheFirstLooksAtTheObjectFail(S3Operation look, WireFault fault, int size) {
        corrupt();
        photos.fake.faults().on(look).times(2).inject(fault);

        assertRefused(retrying(), size);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void isNeitherTakenForRightNorRemovedWhenNoLookSucceeds(int size) {
        corrupt();
        photos.fake.faults().on(GET_OBJECT).times(1_000).inject(WireFault.dropBeforeCommit());

        assertThatThrownBy(() -> retrying().write(KEY, ByteArrayBody.of(bytes(size)), NEW.withOperation("run-1/7")))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue())
                .hasMessageContaining("could not be verified");

        assertThat(photos.fake.keys(BUCKET)).containsExactly(KEY.text());
        assertThat(photos.fake.log().count(PUT_OBJECT)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void isRemovedThoughTheFirstRemovalsFail(int size) {
        corrupt();
        photos.fake.faults().on(DELETE_OBJECT).times(2).inject(WireFault.dropBeforeCommit());

        assertRefused(retrying(), size);

        assertThat(photos.fake.keys(BUCKET)).isEmpty();
    }

    /** Sent once more the write would meet the object, and a fresh look would find it as large and as new as it should be. */
    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    void isSaidToStayAndNotSentAgainWhenItCannotBeRemoved(int status) {
        corrupt();
        photos.fake.faults().on(DELETE_OBJECT).times(1_000).inject(WireFault.answer(status, ""));

        assertThatThrownBy(() -> retrying().write(KEY, ByteArrayBody.of(bytes(10)), NEW.withOperation("run-1/7")))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue())
                .hasMessageContaining("other bytes than were sent, which could not be removed and stays");

        assertThat(photos.fake.log().count(PUT_OBJECT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void bringsBackTheVersionBefore(int size) {
        photos.fake.bucket(BUCKET).change(Versioning.ENABLED);
        photos.fake.put(BUCKET, KEY.text(), bytes(5));
        corrupt();

        assertThatThrownBy(() -> photos.store.write(
                        KEY,
                        ByteArrayBody.of(bytes(size)),
                        WriteOptions.of(Precondition.unchanged(
                                photos.store.head(KEY).orElseThrow().version()))))
                .isInstanceOf(CorruptObjectException.class);

        assertThat(photos.fake.get(BUCKET, KEY.text())).contains(bytes(5));
    }
}
