package dev.replicator.gcs.object;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.digest.CrcField;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A CRC32C with the number of bytes that it is of, so that those of adjoining ranges make that of both. Immutable.
 */
public record Crc32c(int value, long length) {
    public static final Crc32c EMPTY = new Crc32c(0, 0);

    private static final CrcField FIELD = CrcField.of(Algorithm.CRC32C).orElseThrow();

    public static Crc32c of(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return new Crc32c((int) crc.getValue(), count);
    }

    /** Of these bytes followed by {@code next}'s. */
    public Crc32c then(Crc32c next) {
        long joined = FIELD.appended(Integer.toUnsignedLong(value), Integer.toUnsignedLong(next.value), next.length);
        return new Crc32c((int) joined, length + next.length);
    }

    /** As the API writes it: Base64 of the four bytes, most significant first. */
    public String base64() {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt(value).array());
    }

    Fingerprint fingerprint() {
        return new Fingerprint(Algorithm.CRC32C, String.format("%08x", value));
    }

    /** The one that an answer showed, as a number. */
    public static Optional<Integer> shown(List<Fingerprint> fingerprints) {
        return fingerprints.stream()
                .filter(fingerprint -> fingerprint.algorithm() == Algorithm.CRC32C)
                .map(fingerprint -> Integer.parseUnsignedInt(fingerprint.hex(), 16))
                .findFirst();
    }

    /** What the API wrote; empty where there is nothing of that form. */
    static Optional<Integer> parsed(@Nullable String base64) {
        byte[] bytes = Digests.decoded(base64);
        return bytes.length == 4 ? Optional.of(ByteBuffer.wrap(bytes).getInt()) : Optional.empty();
    }
}
