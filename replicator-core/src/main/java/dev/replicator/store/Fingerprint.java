package dev.replicator.store;

import java.util.Locale;

/**
 * A digest of an object's whole content with its algorithm; {@code hex} is lower-case.
 *
 * <p>{@link Algorithm#ETAG} is special: an S3 ETag is an MD5 only for some objects, so two equal ETags, or an ETag that
 * equals an MD5, mean equal content (a collision aside); different ones mean nothing.
 */
public record Fingerprint(Algorithm algorithm, String hex) {
    /** Algorithms that stores keep with their objects. */
    public enum Algorithm {
        MD5(16),
        SHA256(32),
        SHA1(20),
        CRC32(4),
        CRC32C(4),
        CRC64NVME(8),
        /** An ETag whose making is unknown: equal means equal, different means unknown. */
        ETAG(0);

        private final int bytes;

        Algorithm(int bytes) {
            this.bytes = bytes;
        }

        /** Length of a digest in bytes; 0 where it has none of its own. */
        public int bytes() {
            return bytes;
        }
    }

    /** What comparing fingerprints says. UNKNOWN is never a mismatch. */
    public enum Verdict {
        EQUAL,
        DIFFERENT,
        UNKNOWN
    }

    public Fingerprint {
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** Compares two objects by whatever fingerprints both have; any decisive pair decides, DIFFERENT first. */
    public static Verdict compare(Iterable<Fingerprint> ours, Iterable<Fingerprint> theirs) {
        Verdict verdict = Verdict.UNKNOWN;
        for (Fingerprint one : ours) {
            for (Fingerprint other : theirs) {
                Verdict pair = one.compareTo(other);
                if (pair == Verdict.DIFFERENT) {
                    return pair;
                }
                verdict = pair == Verdict.EQUAL ? pair : verdict;
            }
        }
        return verdict;
    }

    private Verdict compareTo(Fingerprint other) {
        boolean etag = algorithm == Algorithm.ETAG || other.algorithm == Algorithm.ETAG;
        if (algorithm != other.algorithm && !(etag && (mayBeMd5() && other.mayBeMd5()))) {
            return Verdict.UNKNOWN;
        }
        if (hex.equals(other.hex)) {
            return Verdict.EQUAL;
        }
        return etag ? Verdict.UNKNOWN : Verdict.DIFFERENT;
    }

    private boolean mayBeMd5() {
        return algorithm == Algorithm.MD5 || algorithm == Algorithm.ETAG && hex.length() == 32;
    }
}
