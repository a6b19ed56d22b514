package dev.replicator.execute;

import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreException;
import dev.replicator.store.UploadSweep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Aborts the multipart uploads that killed runs of ours left behind: those the journal names, and no others. */
public final class LeftoverSweep {
    /** A note and the upload it announces may be that far apart on the store's clock. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private LeftoverSweep() {}

    /**
     * Sweeps before a run begins.
     *
     * @param bucket the destination bucket's root
     * @param now store time; asked only where something was left, since it may cost a request
     * @return uploads aborted
     */
    public static int sweep(UploadJournal journal, ObjectStore bucket, Supplier<Instant> now) {
        List<UploadJournal.Entry> leftovers = journal.leftovers();
        return leftovers.isEmpty() ? 0 : sweep(leftovers, journal, bucket, now.get());
    }

    private static int sweep(
            List<UploadJournal.Entry> leftovers, UploadJournal journal, ObjectStore bucket, Instant now) {
        int aborted = 0;
        for (UploadJournal.Entry entry : leftovers) {
            try {
                aborted += bucket.role(UploadSweep.class)
                        .map(sweep -> sweep.sweep(
                                entry.key(), entry.operation(), entry.began().minus(SLACK), now))
                        .orElse(0);
                journal.ended(entry.key());
            } catch (StoreException e) {
                continue;
            }
        }
        return aborted;
    }
}
