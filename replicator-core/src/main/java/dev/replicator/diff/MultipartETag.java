package dev.replicator.diff;

import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.TransferSizes;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * An ETag that S3 made of the MD5s of an object's parts: {@code <md5 of the parts' md5s>-<parts>}. Content has it if it
 * gives the same when cut into parts of a size that clients use: then it is equal. If none does, nothing is known, for
 * parts may be of any size.
 *
 * @param hex digest of the digests
 * @param parts 1 to 10,000
 */
record MultipartETag(String hex, int parts) {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{32})-([1-9][0-9]{0,4})");
    private static final long MIB = 1L << 20;
    /** Part sizes of our own, the SDKs, aws, rclone, s5cmd, mc, s3cmd and consoles, in MiB. */
    private static final long[] USUAL = {5, 8, 15, 16, 17, 50, 64, 100, 128, 256, 512, 1_024};

    static Optional<MultipartETag> in(List<Fingerprint> fingerprints) {
        return fingerprints.stream()
                .filter(one -> one.algorithm() == Fingerprint.Algorithm.ETAG)
                .map(one -> SHAPE.matcher(one.hex()))
                .filter(Matcher::matches)
                .map(shape -> new MultipartETag(shape.group(1), Integer.parseInt(shape.group(2))))
                .findFirst();
    }

    /** Reads the object once, if parts of a usual size are possible; false says nothing. */
    boolean isOf(ObjectStore store, ObjectMeta object) {
        List<Candidate> candidates =
                partSizes(object.size()).mapToObj(Candidate::new).toList();
        if (candidates.isEmpty()) {
            return false;
        }
        ObjectDigest.readAll(store, object, (bytes, offset, length) -> {
            for (Candidate candidate : candidates) {
                candidate.update(bytes, offset, length);
            }
        });
        return candidates.stream().map(Candidate::hex).anyMatch(hex::equals);
    }

    /** Sizes, ascending, that cut {@code size} bytes into just this many parts. */
    LongStream partSizes(long size) {
        long own = TransferSizes.DEFAULT.partOf(size);
        return LongStream.concat(LongStream.of(USUAL).map(mib -> mib * MIB), LongStream.of(own))
                .filter(part -> size > 0 && (size + part - 1) / part == parts)
                .distinct()
                .sorted();
    }

    private static final class Candidate {
        private final long partSize;
        private final MessageDigest part = md5();
        private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
        private long inPart;

        Candidate(long partSize) {
            this.partSize = partSize;
        }

        void update(byte[] bytes, int offset, int length) {
            int from = offset;
            int left = length;
            while (left > 0) {
                int count = (int) Math.min(left, partSize - inPart);
                part.update(bytes, from, count);
                inPart += count;
                from += count;
                left -= count;
                if (inPart == partSize) {
                    endPart();
                }
            }
        }

        private void endPart() {
            digests.writeBytes(part.digest());
            inPart = 0;
        }

        String hex() {
            if (inPart > 0) {
                endPart();
            }
            return HexFormat.of().formatHex(md5().digest(digests.toByteArray()));
        }

        private static MessageDigest md5() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("MD5 is missing in this runtime", e);
            }
        }
    }
}
