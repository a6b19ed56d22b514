package dev.replicator.store;

import java.util.Locale;

/**
 * A digest of an object's whole content with its algorithm; {@code hex} is lower-case.
 *
 * <p>{@link Algorithm#ETAG} is special: an S3 ETag is an MD5 only for some objects, so two equal ETags mean equal
 * content (a collision aside), two different ones mean nothing.
 */
public record Fingerprint(Algorithm algorithm, String hex) {
    /** Algorithms that stores keep with their objects. */
    public enum Algorithm {
        MD5,
        SHA256,
        SHA1,
        CRC32,
        CRC32C,
        CRC64NVME,
        /** An ETag whose making is unknown: equal means equal, different means unknown. */
        ETAG
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
        if (algorithm != other.algorithm) {
            return Verdict.UNKNOWN;
        }
        if (hex.equals(other.hex)) {
            return Verdict.EQUAL;
        }
        return algorithm == Algorithm.ETAG ? Verdict.UNKNOWN : Verdict.DIFFERENT;
    }
}
