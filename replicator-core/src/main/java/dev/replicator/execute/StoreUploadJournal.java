package dev.replicator.execute;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal among a named job's control objects: {@code uploads/<hex of the key>}, whose own modification time bounds
 * the upload's start. A key too long for that (over 400 bytes) is not noted.
 */
public final class StoreUploadJournal implements UploadJournal {
    private static final Logger log = LoggerFactory.getLogger(StoreUploadJournal.class);
    private static final String FOLDER = "uploads/";
    private static final int LONGEST = 400;

    private final ObjectStore control;

    /** @param control the job's control prefix; stays the caller's to close */
    public StoreUploadJournal(ObjectStore control) {
        this.control = control;
    }

    @Override
    public void began(ObjectKey key, Instant at) {
        if (key.length() > LONGEST) {
            return;
        }
        try {
            control.write(note(key), ByteArrayBody.of(new byte[] {'\n'}), WriteOptions.of(Precondition.none()));
        } catch (StoreException e) {
            log.warn("the upload of {} can't be noted: {}", key, e.getMessage());
        }
    }

    @Override
    public void ended(ObjectKey key) {
        if (key.length() > LONGEST) {
            return;
        }
        try {
            control.delete(note(key), Precondition.none());
        } catch (StoreException e) {
            log.warn("the note of the upload of {} can't be removed: {}", key, e.getMessage());
        }
    }

    private static ObjectKey note(ObjectKey key) {
        return ObjectKey.of(FOLDER + HexFormat.of().formatHex(key.bytes()));
    }

    @Override
    public List<Entry> leftovers() {
        List<Entry> entries = new ArrayList<>();
        try (Listing listing = control.list(ListRequest.of(KeyPrefix.of(FOLDER)))) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int i = 0; i < page.get().count(); i++) {
                    entry(page.get().meta(i)).ifPresent(entries::add);
                }
            }
        } catch (StoreException e) {
            log.warn("unfinished uploads of earlier runs can't be listed: {}", e.getMessage());
        }
        return entries;
    }

    private static Optional<Entry> entry(ObjectMeta note) {
        try {
            byte[] key = HexFormat.of().parseHex(note.key().text().substring(FOLDER.length()));
            return Optional.of(new Entry(ObjectKey.ofBytes(key), note.modified()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
