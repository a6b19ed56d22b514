package dev.replicator.report;

/**
 * Objects by outcome; CONTRACT §1's words. Adding is associative and commutative.
 *
 * @param drifted edited or deleted in the destination behind our back; each is counted by its outcome too
 * @param metadataUnasked copied by the store itself, and no answer showed what it leaves behind; counted as copied too
 */
public record Counts(
        long copied,
        long overwritten,
        long deleted,
        long metadataUpdated,
        long unchanged,
        long skipped,
        long stale,
        long failed,
        long notRun,
        long unguarded,
        long bytes,
        long drifted,
        long metadataUnasked) {
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Without drift, and with metadata known. */
    public Counts(
            long copied,
            long overwritten,
            long deleted,
            long metadataUpdated,
            long unchanged,
            long skipped,
            long stale,
            long failed,
            long notRun,
            long unguarded,
            long bytes) {
        this(
                copied,
                overwritten,
                deleted,
                metadataUpdated,
                unchanged,
                skipped,
                stale,
                failed,
                notRun,
                unguarded,
                bytes,
                0,
                0);
    }

    public Counts plus(Counts more) {
        return new Counts(
                copied + more.copied,
                overwritten + more.overwritten,
                deleted + more.deleted,
                metadataUpdated + more.metadataUpdated,
                unchanged + more.unchanged,
                skipped + more.skipped,
                stale + more.stale,
                failed + more.failed,
                notRun + more.notRun,
                unguarded + more.unguarded,
                bytes + more.bytes,
                drifted + more.drifted,
                metadataUnasked + more.metadataUnasked);
    }

    /** Objects changed in the destination. */
    public long changed() {
        return copied + overwritten + deleted + metadataUpdated;
    }
}
