package dev.replicator.execute;

import dev.replicator.store.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which large objects are being uploaded in parts, so that what a killed run left unfinished can be told from
 * others' uploads and aborted by the next run. Thread-safe; a journal that can't be written is no reason to fail a copy.
 */
public interface UploadJournal {
    /** Keeps nothing: leftovers stay until the bucket's own lifecycle rule removes them. */
    UploadJournal NONE = new UploadJournal() {
        @Override
        public void began(ObjectKey key, Optional<String> operation, Instant at) {}

        @Override
        public void ended(ObjectKey key) {}

        @Override
        public List<Entry> leftovers() {
            return List.of();
        }
    };

    /**
     * An upload that began and did not end.
     *
     * @param key full key in the destination bucket
     * @param operation id of the write; empty where it has none
     * @param began store time, no later than the upload's own start
     */
    record Entry(ObjectKey key, Optional<String> operation, Instant began) {}

    /** To be called before the upload is started. */
    void began(ObjectKey key, Optional<String> operation, Instant at);

    /** To be called when nothing of the upload is left, whether it succeeded or was aborted. */
    void ended(ObjectKey key);

    /** What earlier runs left. */
    List<Entry> leftovers();
}
