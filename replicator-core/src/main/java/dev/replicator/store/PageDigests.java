package dev.replicator.store;

import dev.replicator.store.Fingerprint.Algorithm;
import dev.replicator.store.Fingerprint.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a page's entries tell of their contents: digests in columns, and version tokens where those are digests. Compares
 * entries of two pages without making an object of them. Immutable once its page is built.
 *
 * @param versionDigest what version tokens are digests of, where they are
 */
record PageDigests(ByteColumn versions, Optional<Algorithm> versionDigest, Map<Algorithm, DigestColumn> columns) {
    /** Whether there may be any. */
    boolean isAny() {
        return versionDigest.isPresent() || !columns.isEmpty();
    }

    /** What both entries' digests say of their contents, as {@link Fingerprint#compare} would. */
    Verdict compare(int entry, PageDigests other, int otherEntry) {
        Verdict verdict = compareVersions(entry, other, otherEntry);
        for (Map.Entry<Algorithm, DigestColumn> column : columns.entrySet()) {
            DigestColumn theirs = other.columns.get(column.getKey());
            if (theirs == null || !column.getValue().has(entry) || !theirs.has(otherEntry)) {
                continue;
            }
            if (!column.getValue().equals(entry, theirs, otherEntry)) {
                return Verdict.DIFFERENT;
            }
            verdict = Verdict.EQUAL;
        }
        return verdict;
    }

    private Verdict compareVersions(int entry, PageDigests other, int otherEntry) {
        if (versionDigest.isPresent() && versionDigest.equals(other.versionDigest)) {
            return versions.equals(entry, other.versions, otherEntry)
                    ? Verdict.EQUAL
                    : versionDigest.get() == Algorithm.ETAG ? Verdict.UNKNOWN : Verdict.DIFFERENT;
        }
        return isMd5(entry, other, otherEntry) || other.isMd5(otherEntry, this, entry)
                ? Verdict.EQUAL
                : Verdict.UNKNOWN;
    }

    /** Whether this entry's version, an ETag, is the other entry's MD5. */
    private boolean isMd5(int entry, PageDigests other, int otherEntry) {
        DigestColumn md5 = other.columns.get(Algorithm.MD5);
        return versionDigest.filter(Algorithm.ETAG::equals).isPresent()
                && md5 != null
                && md5.has(otherEntry)
                && md5.hex(otherEntry).equals(versions.text(entry).toLowerCase(Locale.ROOT));
    }

    /** The entry's as values. */
    List<Fingerprint> of(int entry) {
        List<Fingerprint> found = new ArrayList<>();
        versionDigest.ifPresent(algorithm -> found.add(new Fingerprint(algorithm, versions.text(entry))));
        columns.forEach((algorithm, column) -> {
            if (column.has(entry)) {
                found.add(new Fingerprint(algorithm, column.hex(entry)));
            }
        });
        return found;
    }
}
