package dev.replicator.s3;

import static dev.replicator.s3.FakeBucket.BUCKET;
import static dev.replicator.s3.FakeBucket.MIB;
import static dev.replicator.testkit.s3.model.S3Operation.COMPLETE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.CREATE_MULTIPART_UPLOAD;
import static dev.replicator.testkit.s3.model.S3Operation.GET_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.HEAD_OBJECT;
import static dev.replicator.testkit.s3.model.S3Operation.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.replicator.execute.MutationGuard;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local files up and down through the SDK's Transfer Manager and its native client. */
class NativeTransfersTest {
    private static final ObjectKey KEY = ObjectKey.of("dir/key +\u00E9");
    private static final WriteOptions NEW = WriteOptions.of(Precondition.absent());
    /** The native client's parts are 5 MiB at least. */
    private static final int SIZE = 12 * MIB + 7;

    private static final UnaryOperator<StoreSettings> WITH_PARTS =
            settings -> settings.withSizes(new TransferSizes(6 * MIB, 6 * MIB, 5 * MIB));

    @TempDir
    private Path directory;

    private final FakeBucket photos = new FakeBucket();
    private ObjectStore store;
    private Path file;
    private byte[] bytes;

    @BeforeEach
    void open() throws IOException {
        store = photos.open(WITH_PARTS);
        bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        file = Files.write(directory.resolve("file"), bytes);
        knowThatTheServerChecks(store);
    }

    /** The first large file goes in our own parts and tells. */
    private void knowThatTheServerChecks(ObjectStore asked) {
        asked.write(ObjectKey.of("first"), body(), NEW);
        photos.fake.delete(BUCKET, "first");
        photos.fake.log().reset();
    }

    @AfterEach
    void close() {
        store.close();
        photos.close();
    }

    private PinnedFile body() {
        return body(SIZE);
    }

    private PinnedFile body(long size) {
        try {
            return new PinnedFile(file, size, Files.getLastModifiedTime(file), ObjectMetadata.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] stored() {
        return photos.fake.get(BUCKET, KEY.text()).orElseThrow();
    }

    @Test
    void createsAnObjectOfAFile() {
        ObjectMetadata metadata = ObjectMetadata.ofContentType("image/png")
                .withUser(Map.of("title", "Zo\u00EB"))
                .withTags(Map.of("t", "1 2"));

        ObjectMeta written = store.write(KEY, body(), NEW.withMetadata(metadata).withOperation("run/1"));

        assertThat(stored()).isEqualTo(bytes);
        ObjectMeta head = store.head(KEY).orElseThrow();
        assertThat(head.version()).isEqualTo(written.version());
        assertThat(head.metadata().orElseThrow().contentType()).contains("image/png");
        assertThat(head.metadata().orElseThrow().user())
                .containsEntry("title", "Zo\u00EB")
                .containsEntry(ObjectMetadata.OPERATION, "run/1");
        assertThat(head.fingerprints()).anyMatch(found -> found.algorithm() == Algorithm.CRC64NVME);
        assertThat(photos.fake
                        .find(BUCKET, KEY.text())
                        .orElseThrow()
                        .attributes()
                        .tags())
                .containsEntry("t", "1 2");
        assertThat(photos.fake.log().requests(UPLOAD_PART))
                .as("it was the native client")
                .allMatch(part -> part.call().headers().get("user-agent").contains("CRT"));
    }

    /** The native client sends parts as it likes, and completes when it likes. */
    @Test
    void underAGuardEveryPartAndTheCompletionAreAskedFor() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (ObjectStore guarded = photos.open(WITH_PARTS, new RequestMeter(asked::incrementAndGet))) {
            guarded.write(KEY, body(), NEW.withOperation("run/1"));
        }

        assertThat(stored()).isEqualTo(bytes);
        assertThat(asked).as("start, 3 parts, completion").hasValue(5);
        assertThat(photos.fake.log().requests(UPLOAD_PART))
                .hasSize(3)
                .noneMatch(part -> part.call().headers().get("user-agent").contains("CRT"));
    }

    @Test
    void aGuardThatSaysNoBeforeTheCompletionLeavesNothingVisible() throws IOException {
        RequestMeter meter = new RequestMeter(() -> {
            if (photos.fake.log().count(UPLOAD_PART) >= 3) {
                throw new MutationGuard.NotAllowedException("the lease is lost");
            }
        });

        try (ObjectStore guarded = photos.open(WITH_PARTS, meter)) {
            assertThatThrownBy(() -> guarded.write(KEY, body(), NEW.withOperation("run/1")))
                    .isInstanceOf(MutationGuard.NotAllowedException.class);
        }

        assertThat(photos.fake.log().count(COMPLETE_MULTIPART_UPLOAD)).isZero();
        assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
    }

    /** A program rewrites the file in place while it goes up: neither the old nor the new content, so nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileThatChangesMeanwhileIsStaleAndLeavesNothing(boolean guarded) throws IOException {
        RequestMeter meter = guarded ? new RequestMeter(() -> {}) : new RequestMeter();

        try (ObjectStore uploading = photos.open(WITH_PARTS, meter)) {
            knowThatTheServerChecks(uploading);
            photos.fake.faults().on(CREATE_MULTIPART_UPLOAD).before(call -> rewrite());
            assertThatThrownBy(() -> uploading.write(KEY, body(), NEW.withOperation("run/1")))
                    .isInstanceOf(StaleObjectException.class);
            assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
            assertNothingStaysUnfinished();
        }

        assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
    }

    /** The native client tells of a failure before it has aborted what it sent; the store must stay open that long. */
    private void assertNothingStaysUnfinished() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!photos.fake.unfinishedUploads(BUCKET).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(photos.fake.unfinishedUploads(BUCKET)).isEmpty();
    }

    /** Other bytes of the same number, in place. */
    private void rewrite() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[MIB]), SIZE - MIB);
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anUploadWhosePartsKeepFailingIsNotRepeatedOnTop() {
        photos.fake.faults().on(UPLOAD_PART).inject(Fault.slowDown());

        assertThatThrownBy(() -> store.write(KEY, body(), NEW.withOperation("run/1")))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue());
    }

    @Test
    void aDownloadWhosePartsKeepFailingIsNotRepeatedOnTop() {
        photos.fake.put(BUCKET, KEY.text(), bytes);
        ObjectMeta seen = store.head(KEY).orElseThrow();
        photos.fake.faults().on(GET_OBJECT).inject(Fault.slowDown());

        assertThatThrownBy(() -> store.read(seen).saveTo(directory.resolve("target")))
                .isInstanceOfSatisfying(
                        TransientStoreException.class,
                        e -> assertThat(e.isRepeatedBelow()).isTrue());
    }

    @Test
    void aFullDiskIsTheFilesTroubleAndNotTheObjects() {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        photos.fake.put(BUCKET, KEY.text(), bytes);
        ObjectMeta seen = store.head(KEY).orElseThrow();

        assertThatThrownBy(() -> store.read(seen).saveTo(full))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void aFileThatCannotBeWrittenIsTheFilesTroubleAndNotTheObjects() {
        photos.fake.put(BUCKET, KEY.text(), bytes);
        ObjectMeta seen = store.head(KEY).orElseThrow();

        assertThatThrownBy(() -> store.read(seen).saveTo(directory.resolve("missing/target")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void createsOnlyWhatIsAbsent() {
        photos.fake.put(BUCKET, KEY.text(), new byte[3]);

        assertThatThrownBy(() -> store.write(KEY, body(), NEW.withOperation("run/1")))
                .isInstanceOf(StaleObjectException.class);

        assertThat(stored()).hasSize(3);
        assertThat(photos.fake.log().requests(COMPLETE_MULTIPART_UPLOAD))
                .allMatch(request -> "*".equals(request.call().headers().get("if-none-match")));
        assertNothingStaysUnfinished();
    }

    @Test
    void replacesOnlyTheVersionSeen() {
        photos.fake.put(BUCKET, KEY.text(), new byte[3]);
        ObjectMeta seen = store.head(KEY).orElseThrow();

        store.write(KEY, body(), WriteOptions.of(Precondition.unchanged(seen.version())));
        assertThat(stored()).isEqualTo(bytes);

        assertThatThrownBy(() -> store.write(KEY, body(), WriteOptions.of(Precondition.unchanged(seen.version()))))
                .isInstanceOf(StaleObjectException.class);
    }

    @Test
    void recognisesItsOwnObjectWhenTheAnswerWasLostAndTheRepeatIsRefused() {
        photos.fake.faults().on(COMPLETE_MULTIPART_UPLOAD).times(1).inject(Fault.dropAfterCommit());

        ObjectMeta written = store.write(KEY, body(), NEW.withOperation("run/1"));

        assertThat(written.size()).isEqualTo(SIZE);
        assertThat(stored()).isEqualTo(bytes);
    }

    @Test
    void refusesAFileOfAnotherSizeThanWasSeen() {
        assertThatThrownBy(() -> store.write(KEY, body(SIZE + 1), NEW)).isInstanceOf(CorruptObjectException.class);

        assertThat(photos.fake.find(BUCKET, KEY.text())).isEmpty();
    }

    @Test
    void savesALargeObjectOverAFile() throws IOException {
        photos.fake.put(BUCKET, KEY.text(), bytes);
        Path target = Files.write(directory.resolve("target"), new byte[] {1, 2, 3});

        try (ObjectBody body = store.read(store.head(KEY).orElseThrow())) {
            assertThat(body.saveTo(target)).isTrue();
        }

        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
        assertThat(photos.fake.log().requests(GET_OBJECT))
                .hasSizeGreaterThan(1)
                .allMatch(request -> request.call().headers().containsKey("if-match"));
    }

    @Test
    void savesNoOtherVersionThanTheOneSeen() {
        photos.fake.put(BUCKET, KEY.text(), bytes);
        ObjectMeta seen = store.head(KEY).orElseThrow();
        photos.fake.put(BUCKET, KEY.text(), new byte[SIZE]);

        assertThatThrownBy(() -> store.read(seen).saveTo(directory.resolve("target")))
                .isInstanceOf(StaleObjectException.class);
    }

    @Test
    void savesNoMixOfVersions() throws IOException {
        photos.fake.put(BUCKET, KEY.text(), bytes);
        ObjectMeta seen = store.head(KEY).orElseThrow();
        photos.fake.faults().on(GET_OBJECT).nth(2).before(call -> photos.fake.put(BUCKET, KEY.text(), new byte[SIZE]));

        assertThatThrownBy(() -> store.read(seen).saveTo(directory.resolve("target")))
                .isInstanceOf(StaleObjectException.class);
    }

    @Test
    void leavesSmallObjectsToTheCaller() {
        photos.fake.put(BUCKET, "small", new byte[3]);

        assertThat(store.read(store.head(ObjectKey.of("small")).orElseThrow()).saveTo(directory.resolve("target")))
                .isFalse();
        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    void aServerThatChecksIsFoundOutByOurOwnParts() {
        try (ObjectStore fresh = photos.open(WITH_PARTS)) {
            fresh.write(KEY, body(), NEW);
            int ours = photos.fake.log().requests(UPLOAD_PART).size();
            fresh.write(ObjectKey.of("second"), body(), NEW);

            assertThat(photos.fake.log().requests(UPLOAD_PART))
                    .allMatch(request -> String.valueOf(request.call().headers().get("x-amz-trailer"))
                            .contains("crc64nvme"));
            assertThat(photos.fake.log().requests(UPLOAD_PART).subList(0, ours))
                    .noneMatch(NativeTransfersTest::isNative);
            assertThat(photos.fake.log().requests(UPLOAD_PART).subList(ours, 2 * ours))
                    .allMatch(NativeTransfersTest::isNative);
            assertThat(photos.fake.log().count(HEAD_OBJECT)).isZero();
            assertThat(fresh.head(KEY).orElseThrow().fingerprints())
                    .anyMatch(found -> found.algorithm() == Algorithm.CRC64NVME);
        }
    }

    private static boolean isNative(LoggedRequest request) {
        return request.call().headers().getOrDefault("user-agent", "").contains("CRT");
    }

    /** All of them are checked part by part. */
    @Test
    void aServerThatChecksNothingIsSentOurOwnParts() {
        try (FakeBucket weak = new FakeBucket(Weakness.CHECKSUMS_IGNORED);
                ObjectStore careless = weak.open(WITH_PARTS)) {
            careless.write(KEY, body(), NEW);
            weak.fake.faults().on(UPLOAD_PART).inject(new WireFault.CorruptUpload(3));

            assertThatThrownBy(() -> careless.write(ObjectKey.of("second"), body(), NEW))
                    .isInstanceOf(CorruptObjectException.class);

            assertThat(weak.fake.keys(BUCKET)).containsExactly(KEY.text());
            assertThat(weak.fake.unfinishedUploads(BUCKET)).isEmpty();
            assertThat(weak.fake.log().requests(UPLOAD_PART)).noneMatch(NativeTransfersTest::isNative);
        }
    }

    @Test
    void aServerThatRefusesTheNativeClientsChecksumIsSentTheOther() {
        try (ObjectStore fresh = photos.open(WITH_PARTS)) {
            photos.fake
                    .faults()
                    .on(CREATE_MULTIPART_UPLOAD)
                    .when(call -> "CRC64NVME".equals(call.headers().get("x-amz-checksum-algorithm")))
                    .times(100)
                    .inject(Fault.answer(400, "<Error><Code>InvalidRequest</Code><Message>unknown</Message></Error>"));

            fresh.write(KEY, body(), NEW);
            fresh.write(ObjectKey.of("second"), body(), NEW);

            assertThat(stored()).isEqualTo(bytes);
            assertThat(photos.fake.log().count(CREATE_MULTIPART_UPLOAD)).isEqualTo(3);
            assertThat(fresh.head(KEY).orElseThrow().fingerprints())
                    .anyMatch(found -> found.algorithm() == Algorithm.CRC32C);
        }
    }

    @Test
    void theFirstFileIsCheckedAtAServerThatChecksNothing() {
        try (FakeBucket weak = new FakeBucket(Weakness.CHECKSUMS_IGNORED);
                ObjectStore careless = weak.open(WITH_PARTS)) {
            weak.fake.faults().on(UPLOAD_PART).inject(new WireFault.CorruptUpload(3));

            assertThatThrownBy(() -> careless.write(KEY, body(), NEW)).isInstanceOf(CorruptObjectException.class);

            assertThat(weak.fake.keys(BUCKET)).isEmpty();
        }
    }
}
