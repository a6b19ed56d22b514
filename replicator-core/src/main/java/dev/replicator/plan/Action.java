package dev.replicator.plan;

import dev.replicator.diff.Change;
import dev.replicator.diff.Drift;
import dev.replicator.diff.Reason;
import dev.replicator.store.EntryNote;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Precondition;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan, with what must hold when it is carried out. Keys are relative to the prefix pair number {@link
 * #pair}. A value: written to plan files, sent to workers.
 */
public sealed interface Action {
    /** Index of the job's prefix pair, from 0. */
    int pair();

    ObjectKey key();

    /**
     * Copies {@code source}, in exactly the version seen, over what the destination had when it was seen.
     *
     * @param replaced the state of the object to be overwritten; absent: the key must still be absent
     * @param metadata whose headers and user metadata the copy has: the source's, or those of the object that is replaced
     */
    record Copy(
            int pair, ObjectMeta source, Optional<Precondition.Unchanged> replaced, Reason reason, Change.Side metadata)
            implements Action {
        /** With the source's metadata. */
        public Copy(int pair, ObjectMeta source, Optional<Precondition.Unchanged> replaced, Reason reason) {
            this(pair, source, replaced, reason, Change.Side.SOURCE);
        }

        /**
         * The same copy, with the metadata of the object that it replaces: whatever they are by then, so it is bound to
         * their state no sooner than they are read.
         */
        public Copy keepingMetadata() {
            return new Copy(
                    pair, source, replaced.map(Precondition.Unchanged::ofContent), reason, Change.Side.DESTINATION);
        }

        /** The same copy of another version of its source. */
        public Copy of(ObjectMeta other) {
            return new Copy(pair, other, replaced, reason, metadata);
        }

        @Override
        public ObjectKey key() {
            return source.key();
        }

        public Precondition precondition() {
            return replaced.<Precondition>map(seen -> seen).orElseGet(Precondition::absent);
        }

        /** Whether the destination's key is as it was seen. */
        public boolean isAsSeen(Optional<ObjectMeta> now) {
            return replaced.map(seen -> now.filter(seen::holdsOf).isPresent()).orElseGet(now::isEmpty);
        }

        /** The same copy to a key that has become free. */
        public Copy onlyIfAbsent() {
            return new Copy(pair, source, Optional.empty(), reason, metadata);
        }
    }

    /**
     * Gives {@code destination}, of content equal to the source's, the metadata that a copy would have given it.
     *
     * @param source the source's object as it was seen
     * @param destination the object to change if it is still as it was seen
     * @param metadata headers and user metadata, before the destination's rules, and its entries of our own
     * @param fields names of what differs
     */
    record UpdateMetadata(
            int pair, ObjectMeta source, ObjectMeta destination, ObjectMetadata metadata, List<String> fields)
            implements Action {
        public UpdateMetadata {
            fields = List.copyOf(fields);
        }

        @Override
        public ObjectKey key() {
            return destination.key();
        }

        /** The same by copying the object again, where the destination can't change metadata in place. */
        public Copy asCopy() {
            return new Copy(pair, source, Optional.of(Precondition.unchanged(destination)), Reason.METADATA);
        }
    }

    /** Deletes {@code destination} if it is still as it was seen and the source still lacks it; waits at the gate. */
    record Delete(int pair, ObjectMeta destination) implements Action {
        @Override
        public ObjectKey key() {
            return destination.key();
        }
    }

    /** Leaves an object as somebody else left it: the job keeps what drifted. */
    record Keep(int pair, ObjectMeta object, Drift drift) implements Action {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    /** Does nothing, for a reason worth counting. */
    record Skip(int pair, ObjectMeta entry, Change.Side side, EntryNote note) implements Action {
        @Override
        public ObjectKey key() {
            return entry.key();
        }
    }
}
