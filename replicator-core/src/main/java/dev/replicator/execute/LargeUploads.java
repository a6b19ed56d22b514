package dev.replicator.execute;

import dev.replicator.plan.Action;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.StoreClock;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.UploadSweep;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Notes in the journal what goes in parts, for as long as it does. */
record LargeUploads(UploadJournal journal, TransferSizes sizes, Clock clock) {

    /**
     * Runs a write; noted when its object is above {@code threshold} and the destination knows multipart uploads. A note
     * whose write failed stays, since its upload may not have been aborted (a lost lease forbids it), and the next run
     * looks.
     *
     * @param operation id of the write, where it has one
     */
    ObjectMeta noted(
            PairStores stores,
            Action.Copy copy,
            Optional<String> operation,
            long threshold,
            Supplier<ObjectMeta> write) {
        boolean inParts = copy.source().size() > threshold
                && stores.destination().role(UploadSweep.class).isPresent();
        if (!inParts) {
            return write.get();
        }
        ObjectKey key = copy.key().prependedBy(stores.destinationPrefix());
        journal.began(key, operation, now(stores));
        ObjectMeta written = write.get();
        journal.ended(key);
        return written;
    }

    private Instant now(PairStores stores) {
        return stores.destination().role(StoreClock.class).map(StoreClock::now).orElseGet(clock::instant);
    }
}
