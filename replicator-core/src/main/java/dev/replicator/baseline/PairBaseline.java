package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;
import java.util.Optional;

/**
 * One prefix pair's baseline for the merge: the entries of the last run in order, and where the states go that this run
 * finds. Used by one thread.
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
        public boolean knows() {
            return false;
        }

        @Override
        public boolean trusts() {
            return false;
        }

        @Override
        public void equal(ObjectKey key, Counterparts states) {}

        @Override
        public void forget(ObjectKey key) {}
    };

    /** The first entry not skipped; empty behind the last, and behind what can be read. */
    Optional<BaselineEntry> peek();

    void skip();

    /** Whether a key that was not shown is not in the baseline. To be asked after {@link #peek}. */
    boolean knows();

    /** Whether the entries were found equal by the rule now in force. */
    boolean trusts();

    /** Notes that both sides were found equal in these states. */
    void equal(ObjectKey key, Counterparts states);

    /** Notes that the entry of this key no longer stands. */
    void forget(ObjectKey key);
}
