package dev.replicator.execute;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal among a named job's control objects: {@code uploads/<hash of the key>}, which holds the key in hex and the
 * write's operation, a line each, and whose own modification time bounds the upload's start. Names are hashes, for a key
 * may be as long as names can be.
 */
public final class StoreUploadJournal implements UploadJournal {
    private static final Logger log = LoggerFactory.getLogger(StoreUploadJournal.class);
    private static final String FOLDER = "uploads/";
    /** More than a note of ours has: a key of 1,024 bytes and an id. */
    private static final int LONGEST = 4_096;

    private final ObjectStore control;

    /** @param control the job's control prefix; stays the caller's to close */
    public StoreUploadJournal(ObjectStore control) {
        this.control = control;
    }

    @Override
    public void began(ObjectKey key, Optional<String> operation, Instant at) {
        String text = HexFormat.of().formatHex(key.bytes()) + "\n" + operation.orElse("") + "\n";
        try {
            control.write(
                    note(key),
                    ByteArrayBody.of(text.getBytes(StandardCharsets.UTF_8)),
                    WriteOptions.of(Precondition.none()));
        } catch (StoreException e) {
            log.warn("the upload of {} can't be noted: {}", key, e.getMessage());
        }
    }

    @Override
    public void ended(ObjectKey key) {
        try {
            control.delete(note(key), Precondition.none());
        } catch (StoreException e) {
            log.warn("the note of the upload of {} can't be removed: {}", key, e.getMessage());
        }
    }

    private static ObjectKey note(ObjectKey key) {
        return ObjectKey.of(FOLDER + Sha256.hex(key.bytes()));
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

    /** Empty for what is no note of ours, or is gone meanwhile. A torn note is dropped: it names nothing to abort. */
    private Optional<Entry> entry(ObjectMeta note) {
        try (ObjectBody body = control.read(note);
                InputStream in = body.open()) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            Optional<Entry> entry = parsed(note, text);
            if (entry.isEmpty()) {
                drop(note);
            }
            return entry;
        } catch (StaleObjectException | ObjectNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn("the note {} of an unfinished upload can't be read: {}", note.key(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Entry> parsed(ObjectMeta note, String text) {
        List<String> lines = text.lines().toList();
        try {
            ObjectKey key = ObjectKey.ofBytes(HexFormat.of().parseHex(lines.get(0)));
            return Optional.of(new Entry(
                            key, lines.stream().skip(1).findFirst().filter(id -> !id.isEmpty()), note.modified()))
                    .filter(entry -> note(entry.key()).equals(note.key()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private void drop(ObjectMeta note) {
        try {
            control.delete(note.key(), Precondition.unchanged(note.version()));
        } catch (StoreException e) {
            log.debug("{} is no note of an upload, and can't be removed: {}", note.key(), e.getMessage());
        }
    }
}
