package dev.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Version;
import dev.replicator.store.digest.ContentDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not the object's are told before the last of them is handed out. */
class VerifiedBodyTest {
    private static final int SIZE = 10_000;

    private final byte[] content = new byte[SIZE];
    private final byte[] sent;

    VerifiedBodyTest() {
        new Random(7).nextBytes(content);
        sent = content.clone();
    }

    /** Sends what {@code sent} has, and says the digest of {@code content}. */
    private record Body(byte[] sent, List<Fingerprint> fingerprints) implements ObjectBody {
        @Override
        public long size() {
            return sent.length;
        }

        @Override
        public ObjectMetadata metadata() {
            return ObjectMetadata.NONE;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(sent);
        }

        @Override
        public InputStream open(long offset, long length) {
            return new ByteArrayInputStream(sent, (int) offset, (int) length);
        }

        @Override
        public boolean saveTo(Path file) {
            try {
                Files.write(file, sent);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ObjectMeta listed(Fingerprint... fingerprints) {
        return new ObjectMeta(
                ObjectKey.of("k"),
                SIZE,
                Instant.EPOCH,
                new Version("v"),
                List.of(fingerprints),
                EntryNote.NONE,
                Optional.empty());
    }

    private Fingerprint digest(Algorithm algorithm) {
        ContentDigest digest = ContentDigest.of(algorithm);
        digest.update(content, 0, SIZE);
        return digest.fingerprint();
    }

    private ObjectBody verified(Algorithm algorithm) {
        return VerifiedBody.of(new Body(sent, List.of(digest(algorithm))), listed());
    }

    /** How many bytes came before the stream threw; all of them when it did not. */
    private static int bytesOf(InputStream stream, int buffer) throws IOException {
        int total = 0;
        byte[] bytes = new byte[buffer];
        try (stream) {
            for (int count = stream.read(bytes); count >= 0; count = stream.read(bytes)) {
                total += count;
            }
        } catch (CorruptObjectException e) {
            assertThat(e.getMessage()).contains("k").contains("bytes that came");
            return total;
        }
        return total;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ETAG")
    void rightBytesPass(Algorithm algorithm) throws IOException {
        assertThat(verified(algorithm).open().readAllBytes()).isEqualTo(content);
        assertThat(bytesOf(verified(algorithm).open(), 333)).isEqualTo(SIZE);
        assertThat(bytesOf(verified(algorithm).open(0, SIZE), 333)).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ETAG")
    void aFlippedBitIsToldBeforeTheEnd(Algorithm algorithm) throws IOException {
        for (int at : new int[] {0, 1, SIZE / 2, SIZE - 1}) {
            sent[at] ^= 4;

            assertThat(bytesOf(verified(algorithm).open(), 333)).isLessThan(SIZE);
            assertThat(bytesOf(verified(algorithm).open(0, SIZE), 1)).isLessThan(SIZE);
            assertThat(bytesOf(verified(algorithm).open(), SIZE + 1)).isZero();
            sent[at] ^= 4;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void rangesAreComparedOnceAllHavePassed(Algorithm algorithm) throws IOException {
        for (int at : new int[] {0, 3_500, SIZE - 1}) {
            sent[at] ^= 1;
            ObjectBody body = verified(algorithm);

            int passed = bytesOf(body.open(8_000, 2_000), 333)
                    + bytesOf(body.open(0, 3_000), 333)
                    + bytesOf(body.open(0, 3_000), 333)
                    + bytesOf(body.open(3_000, 5_000), 333);

            assertThat(passed).isBetween(8_000 + 5_000 - 333, SIZE + 3_000 - 1);
            sent[at] ^= 1;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME", "MD5"})
    void rightRangesPass(Algorithm algorithm) throws IOException {
        ObjectBody body = verified(algorithm);

        assertThat(bytesOf(body.open(5_000, 5_000), 333) + bytesOf(body.open(0, 5_000), 333))
                .isEqualTo(SIZE);
        assertThat(bytesOf(body.open(5_000, 0), 333)).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ETAG")
    void asksForRangesInOrderWhereOthersCantBeCompared(Algorithm algorithm) {
        assertThat(verified(algorithm).isCheckedInOrder())
                .isEqualTo(!algorithm.name().startsWith("CRC"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MD5", "SHA1", "SHA256"})
    void rangesOneBehindTheOtherAreComparedWithDigestsOfTheWholeToo(Algorithm algorithm) throws IOException {
        for (int at : new int[] {0, 3_500, SIZE - 1}) {
            sent[at] ^= 1;
            ObjectBody body = verified(algorithm);

            int passed = bytesOf(body.open(0, 3_000), 333)
                    + bytesOf(body.open(3_000, 5_000), 333)
                    + bytesOf(body.open(3_000, 5_000), 333)
                    + bytesOf(body.open(8_000, 2_000), 333);

            assertThat(passed).isBetween(8_000 + 5_000, SIZE + 5_000 - 1);
            sent[at] ^= 1;
        }
        ObjectBody body = verified(algorithm);
        assertThat(bytesOf(body.open(0, 3_000), 333) + bytesOf(body.open(3_000, 7_000), 333))
                .isEqualTo(SIZE);
    }

    /** A range that broke off half way is read again from its start. */
    @Test
    void aRangeThatBrokeOffLeavesNoTrace() throws IOException {
        ObjectBody body = verified(Algorithm.MD5);
        bytesOf(body.open(0, 4_000), 333);
        try (InputStream broken = body.open(4_000, 6_000)) {
            assertThat(broken.readNBytes(100)).hasSize(100);
        }

        assertThat(bytesOf(body.open(4_000, 6_000), 333)).isEqualTo(6_000);

        sent[9_999] ^= 1;
        assertThat(bytesOf(body.open(4_000, 6_000), 333)).isLessThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsSavedIsReadBack(boolean right, @TempDir Path directory) {
        Path file = directory.resolve("file");
        sent[100] ^= (byte) (right ? 0 : 1);
        ObjectBody body = verified(Algorithm.MD5);

        if (right) {
            assertThat(body.saveTo(file)).isTrue();
        } else {
            assertThatThrownBy(() -> body.saveTo(file)).isInstanceOf(CorruptObjectException.class);
        }
    }

    @Test
    void aListingsDigestServesToo() throws IOException {
        sent[0] ^= 1;

        assertThat(bytesOf(
                        VerifiedBody.of(new Body(sent, List.of()), listed(digest(Algorithm.MD5)))
                                .open(),
                        100))
                .isLessThan(SIZE);
    }

    /** An ETag may be anything. */
    @Test
    void withoutADigestNothingIsCompared() {
        Body body = new Body(sent, List.of(new Fingerprint(Algorithm.ETAG, "00")));

        assertThat(VerifiedBody.of(body, listed())).isSameAs(body);
    }
}
