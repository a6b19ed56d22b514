package dev.replicator.diff;

import dev.replicator.baseline.Intent;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import java.util.List;

/** What comparing found out about one key; keys are relative to the prefix pair. */
public sealed interface Change {
    ObjectKey key();

    /** This change, or for one that drifted, or may have, what comparing says without knowing that. */
    default Change compared() {
        if (this instanceof Drifted drifted) {
            return drifted.otherwise();
        }
        return this instanceof Unexplained open ? open.otherwise() : this;
    }

    /** Only in the source. */
    record Added(ObjectMeta source) implements Change {
        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /** On both sides and different. */
    record Modified(ObjectMeta source, ObjectMeta destination, Reason reason) implements Change {
        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /** Only in the destination; found only by listings that were complete up to here. */
    record Removed(ObjectMeta destination) implements Change {
        @Override
        public ObjectKey key() {
            return destination.key();
        }
    }

    /** On both sides and equal by the comparison in force. */
    record Same(ObjectMeta source, ObjectMeta destination, Evidence evidence) implements Change {
        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /** On both sides, and the listings alone can't tell. */
    record Doubtful(ObjectMeta source, ObjectMeta destination, Question question) implements Change {
        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /**
     * On both sides, and asking further failed for this object.
     *
     * @param why the failure, for people
     */
    record Unsettled(ObjectMeta source, ObjectMeta destination, String why) implements Change {
        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /**
     * Changed in the destination behind our back.
     *
     * @param object the destination's, or where it was deleted the source's
     * @param otherwise what comparing both sides says without knowing that
     */
    record Drifted(Drift kind, ObjectMeta object, Change otherwise) implements Change {
        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    /**
     * The destination's object may be others' work, and no entry of a baseline tells: it is not in the source, or differs
     * and is newer. Told only of jobs that keep a baseline.
     *
     * @param otherwise what comparing says: Removed, Modified, or a doubt, if that is open too
     */
    record Unexplained(ObjectMeta destination, Change otherwise) implements Change {
        @Override
        public ObjectKey key() {
            return destination.key();
        }

        /** The change, now that the doubt was settled. */
        public Change settled(Change verdict) {
            return verdict instanceof Same || verdict instanceof Added
                    ? verdict
                    : new Unexplained(destination, verdict);
        }
    }

    /**
     * Of equal content, with other metadata than a copy would have.
     *
     * @param wanted headers and user metadata that a copy would carry, before the destination's rules, and the
     *     destination's entries of our own
     * @param fields names of what differs, in order
     */
    record MetadataModified(ObjectMeta source, ObjectMeta destination, ObjectMetadata wanted, List<String> fields)
            implements Change {
        public MetadataModified {
            fields = List.copyOf(fields);
        }

        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /**
     * A version that the last run knew, with metadata in another state than then; left open by the listings.
     *
     * @param content what comparing says of the content
     * @param bySource whether the source's metadata was changed
     * @param byOthers whether the destination's was changed, by others or by a run of ours that was killed
     */
    record Retouched(Change content, ObjectMeta destination, boolean bySource, boolean byOthers) implements Change {
        @Override
        public ObjectKey key() {
            return destination.key();
        }
    }

    /**
     * Both sides changed since the last run: the destination's object is ours, left by a run that was killed, or
     * somebody's edit.
     *
     * @param otherwise what comparing says; the doubt itself, if that is open too
     */
    record PerhapsDrifted(Doubtful doubt, Change otherwise) implements Change {
        @Override
        public ObjectKey key() {
            return doubt.key();
        }

        /** The change, now that the doubt was settled. */
        public Change settled(Change verdict) {
            if (verdict instanceof Same || verdict instanceof Added) {
                return verdict;
            }
            return new Drifted(Drift.EDITED, doubt.destination(), otherwise.equals(doubt) ? verdict : otherwise);
        }
    }

    /**
     * Others' work as far as the listings tell; but a run of ours that was stopped was about to write that key, and a note
     * on the object may say that it did.
     *
     * @param intents what such runs were about to write
     * @param ours what comparing says if one of them did; perhaps a doubt
     * @param otherwise what it says if none did
     */
    record PerhapsOurs(ObjectMeta destination, List<Intent> intents, Change ours, Change otherwise) implements Change {
        public PerhapsOurs {
            intents = List.copyOf(intents);
        }

        @Override
        public ObjectKey key() {
            return destination.key();
        }
    }

    /**
     * Of equal content; asking for the metadata failed for this object.
     *
     * @param failure what failed
     */
    record MetadataUnknown(ObjectMeta source, ObjectMeta destination, RuntimeException failure) implements Change {
        @Override
        public ObjectKey key() {
            return source.key();
        }
    }

    /** Can't be compared or copied as it is: an entry with a note, on either side. */
    record Unusable(ObjectMeta entry, Side side) implements Change {
        @Override
        public ObjectKey key() {
            return entry.key();
        }
    }

    /** What the listings leave open. */
    enum Question {
        /** Whether the content is equal: nothing speaks for it yet. */
        CONTENT,
        /** Whether different ETags mean different content, though sizes and times say that it is equal. */
        ETAGS
    }

    /** Which listing an entry stands in. */
    enum Side {
        SOURCE,
        DESTINATION
    }
}
