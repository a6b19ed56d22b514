package dev.replicator.testkit.gcs.store;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.objects.KeyOrder;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * A bucket's state, for many threads. Conditions are checked and the write applied under one lock of the name, so of
 * racing conditional writes exactly one wins. Names are in the order of their UTF-8 bytes. Not versioned: a generation
 * that is replaced or deleted is gone.
 */
public final class Bucket {
    private final String name;
    private final Ticker ticker;
    private final Instant created;
    private final ConcurrentSkipListMap<String, StoredObject> objects = new ConcurrentSkipListMap<>(KeyOrder.UTF8);
    private final Object[] locks = new Object[256];
    private volatile BucketSettings settings;
    private volatile Instant updated;
    private volatile long metageneration = 1;

    public Bucket(String name, BucketSettings settings, Ticker ticker) {
        this.name = name;
        this.settings = settings;
        this.ticker = ticker;
        this.created = ticker.now();
        this.updated = created;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
    }

    public String name() {
        return name;
    }

    public Instant created() {
        return created;
    }

    public Instant updated() {
        return updated;
    }

    public long metageneration() {
        return metageneration;
    }

    public BucketSettings settings() {
        return settings;
    }

    /** Changes the settings, which makes the bucket's next metageneration. */
    public synchronized void change(BucketSettings changed) {
        settings = changed;
        updated = ticker.now();
        metageneration++;
    }

    /** A live view of all objects, in order. */
    public NavigableMap<String, StoredObject> objects() {
        return objects;
    }

    /** The live object of a name. */
    public Optional<StoredObject> live(String object) {
        return Optional.ofNullable(objects.get(object));
    }

    /** The live object, which must be of the generation if one is given; else it is not found. */
    public StoredObject get(String object, OptionalLong generation) {
        return live(object)
                .filter(found -> generation.isEmpty() || generation.getAsLong() == found.generation())
                .orElseThrow(() -> GcsRefusal.noSuchObject(name, object));
    }

    /** Writes a new generation if the preconditions hold of the live object. */
    public StoredObject write(Draft draft, Preconditions preconditions) {
        synchronized (lock(draft.name())) {
            Optional<StoredObject> live = live(draft.name());
            preconditions.check(live);
            live.ifPresent(Bucket::refuseIfHeld);
            Instant now = ticker.now();
            StoredObject object = new StoredObject(
                    name,
                    draft.name(),
                    ticker.generation(),
                    1,
                    draft.content(),
                    draft.fingerprint(),
                    draft.componentCount(),
                    now,
                    now,
                    draft.fields().storageClass().orElse(settings.storageClass()),
                    draft.fields());
            objects.put(draft.name(), object);
            return object;
        }
    }

    /** Makes the object's next metageneration, if the preconditions hold. */
    public StoredObject amend(
            String object,
            OptionalLong generation,
            Preconditions preconditions,
            Function<StoredObject, ObjectFields> change) {
        synchronized (lock(object)) {
            StoredObject found = get(object, generation);
            preconditions.check(Optional.of(found));
            StoredObject changed = found.amended(change.apply(found), ticker.now());
            objects.put(object, changed);
            return changed;
        }
    }

    /** Deletes the object, which must be there, if the preconditions hold. */
    public void delete(String object, OptionalLong generation, Preconditions preconditions) {
        synchronized (lock(object)) {
            StoredObject found = get(object, generation);
            preconditions.check(Optional.of(found));
            refuseIfHeld(found);
            objects.remove(object);
        }
    }

    /** Changes when the live object was created and updated, as no request can. */
    public void backdate(String object, Instant time) {
        objects.computeIfPresent(object, (same, found) -> found.madeAt(time));
    }

    private static void refuseIfHeld(StoredObject object) {
        if (object.fields().temporaryHold() || object.fields().eventBasedHold()) {
            String kind = object.fields().temporaryHold() ? "Temporary" : "Event-Based";
            throw GcsRefusal.of(
                    Reason.OBJECT_UNDER_ACTIVE_HOLD,
                    "Object '" + object.bucket() + "/" + object.name() + "' is under active " + kind
                            + " hold and cannot be deleted, overwritten or archived until hold is removed.");
        }
    }

    private Object lock(String object) {
        int hash = object.hashCode();
        return locks[(hash ^ (hash >>> 16)) & 0xff];
    }
}
