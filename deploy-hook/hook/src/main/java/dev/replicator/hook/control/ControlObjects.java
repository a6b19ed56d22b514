package dev.replicator.hook.control;

import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreClock;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A job's control prefix: small objects by name. Reads are bounded; a write whose answer was lost is settled by reading
 * back. Thread-safe. Throws {@link dev.replicator.store.StoreException} as its store does.
 */
public final class ControlObjects implements AutoCloseable {
    private static final int READS = 4;
    private static final ObjectMetadata JSON = ObjectMetadata.ofContentType("application/json");

    private final ObjectStore store;

    /** An object's bytes, if they were not too many. */
    public static final class Content {
        private final ObjectMeta meta;
        private final Optional<byte[]> bytes;

        private Content(ObjectMeta meta, Optional<byte[]> bytes) {
            this.meta = meta;
            this.bytes = bytes;
        }

        public ObjectMeta meta() {
            return meta;
        }

        /** Absent when there were more than the caller's bound. */
        public Optional<byte[]> bytes() {
            return bytes.map(byte[]::clone);
        }
    }

    /** Takes over {@code store} and closes it. */
    public ControlObjects(ObjectStore store) {
        this.store = store;
    }

    public BucketRef bucket() {
        return store.bucket();
    }

    public Set<Capability> capabilities() {
        return store.capabilities();
    }

    /** The store itself, for what goes beyond small objects. */
    public ObjectStore store() {
        return store;
    }

    /** The store's time, or that of {@code local} where it tells none. */
    public Instant now(Supplier<Instant> local) {
        return store.role(StoreClock.class).map(StoreClock::now).orElseGet(local);
    }

    /** Reads at most {@code limit} bytes of the current version. */
    public Optional<Content> read(String name, int limit) {
        ObjectKey key = ObjectKey.of(name);
        for (int attempt = 1; ; attempt++) {
            Optional<ObjectMeta> meta = store.head(key);
            if (meta.isEmpty()) {
                return Optional.empty();
            }
            if (meta.get().size() > limit) {
                return Optional.of(new Content(meta.get(), Optional.empty()));
            }
            try {
                return Optional.of(new Content(meta.get(), Optional.of(bytes(meta.get(), limit))));
            } catch (StaleObjectException | ObjectNotFoundException | CorruptObjectException e) {
                if (attempt == READS) {
                    throw e;
                }
            }
        }
    }

    private byte[] bytes(ObjectMeta meta, int limit) {
        if (meta.size() == 0) {
            return new byte[0];
        }
        try (ObjectBody body = store.read(meta);
                InputStream stream = body.open()) {
            return stream.readNBytes(limit);
        } catch (IOException e) {
            throw new TransientStoreException(
                    TransientStoreException.Trouble.NETWORK,
                    "read " + store.bucket() + " " + meta.key() + ": " + e.getMessage(),
                    Optional.empty(),
                    e);
        }
    }

    /** Writes, whatever is there. */
    public ObjectMeta put(String name, byte[] bytes) {
        return write(name, bytes, Precondition.none());
    }

    /**
     * Creates; of several creators one wins, if the store can do it at all.
     *
     * @return whether these bytes are there now and were not before; bytes must be the caller's own
     */
    public boolean create(String name, byte[] bytes) {
        try {
            write(name, bytes, Precondition.absent());
            return true;
        } catch (StaleObjectException e) {
            return isThere(name, bytes);
        } catch (TransientStoreException e) {
            if (isThere(name, bytes)) {
                return true;
            }
            throw e;
        }
    }

    /**
     * Replaces what was seen, where the store can check it.
     *
     * @param seen version that was seen; absent: there was nothing
     * @throws StaleObjectException when something else is there now
     */
    public void replace(String name, byte[] bytes, Optional<Precondition.Unchanged> seen) {
        Precondition wanted = seen.<Precondition>map(unchanged -> unchanged).orElseGet(Precondition::absent);
        Capability needed = seen.isPresent() ? Capability.CONDITIONAL_WRITE : Capability.CREATE_ONLY_WRITE;
        try {
            write(name, bytes, store.capabilities().contains(needed) ? wanted : Precondition.none());
        } catch (StaleObjectException | TransientStoreException e) {
            if (!isThere(name, bytes)) {
                throw e;
            }
        }
    }

    private ObjectMeta write(String name, byte[] bytes, Precondition precondition) {
        return store.write(
                ObjectKey.of(name),
                new ByteArrayBody(bytes, JSON),
                WriteOptions.of(precondition).withMetadata(JSON));
    }

    private boolean isThere(String name, byte[] bytes) {
        return read(name, bytes.length)
                .flatMap(Content::bytes)
                .map(found -> Arrays.equals(found, bytes))
                .orElse(false);
    }

    public void delete(String name) {
        store.delete(ObjectKey.of(name), Precondition.none());
    }

    /** All objects whose names begin so, in byte order of names; meant for few. */
    public List<ObjectMeta> list(String beginning) {
        List<ObjectMeta> found = new ArrayList<>();
        try (Listing listing = store.list(ListRequest.of(KeyPrefix.of(beginning)))) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int entry = 0; entry < page.get().count(); entry++) {
                    found.add(page.get().meta(entry));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        store.close();
    }
}
