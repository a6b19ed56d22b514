package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Page;
import java.util.Optional;

/**
 * One prefix pair's baseline for the merge: the entries of the last run in order, and where the states go that this run
 * finds. Used by one thread, but for {@link #equal(ObjectMeta, ObjectMeta)}.
 */
public interface PairBaseline {
    /** Knows nothing and keeps nothing. */
    PairBaseline NONE = new PairBaseline() {
        @Override
        public Optional<BaselineEntry> peek() {
            return Optional.empty();
        }

        @Override
        public void skip() {}

        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public boolean knows() {
            return false;
        }

        @Override
        public boolean trusts() {
            return false;
        }

        @Override
        public void equal(Page source, int sourceEntry, Page destination, int destinationEntry) {}

        @Override
        public void equal(ObjectMeta source, ObjectMeta destination) {}

        @Override
        public void forget(ObjectKey key) {}
    };

    /** The first entry not skipped; empty behind the last, and behind what can be read. */
    Optional<BaselineEntry> peek();

    void skip();

    /** Whether this job's runs leave a baseline, be this one whole, torn or missing. */
    boolean isKept();

    /** Whether a key that was not shown is not in the baseline. To be asked after {@link #peek}. */
    boolean knows();

    /** Whether the entries were found equal by the rule now in force. */
    boolean trusts();

    /** Notes that both sides, as listed, were found equal. */
    void equal(Page source, int sourceEntry, Page destination, int destinationEntry);

    /** Notes that both sides were found equal. May be called by any thread. */
    void equal(ObjectMeta source, ObjectMeta destination);

    /** Notes that the entry of this key no longer stands. */
    void forget(ObjectKey key);
}
