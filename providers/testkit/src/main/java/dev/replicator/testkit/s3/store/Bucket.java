package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.objects.KeyOrder;
import dev.replicator.testkit.s3.checksum.ChecksumAlgorithm;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A bucket's state, for many threads. A condition is checked and its write applied under one lock of the key, so of
 * racing conditional writes exactly one wins; unless the bucket was made to leave a gap between the two.
 */
public final class Bucket {
    private static final AtomicLong IDS = new AtomicLong();

    private final String name;
    private final Clock clock;
    private final Optional<Runnable> gap;
    private final KeyOrder order;
    private final Instant created;
    private final ConcurrentSkipListMap<String, History> keys;
    private final Map<String, MultipartUpload> uploads = new ConcurrentHashMap<>();
    private final Object[] locks = new Object[256];
    private volatile BucketSettings settings;
    private volatile Versioning versioning = Versioning.OFF;

    /** With a {@code gap}, conditional writes check, run it, and only then write. */
    public Bucket(String name, BucketSettings settings, Clock clock, KeyOrder order, Optional<Runnable> gap) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.order = order;
        this.gap = gap;
        this.created = now();
        this.keys = new ConcurrentSkipListMap<>(order);
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

    public KeyOrder order() {
        return order;
    }

    public BucketSettings settings() {
        return settings;
    }

    public void change(BucketSettings changed) {
        settings = changed;
    }

    public Versioning versioning() {
        return versioning;
    }

    public void change(Versioning changed) {
        versioning = changed;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** A live view of all keys, delete markers included, in the bucket's order. */
    public NavigableMap<String, History> keys() {
        return keys;
    }

    /** The object a key shows. */
    public Optional<StoredObject> current(String key) {
        History history = keys.get(key);
        return history == null ? Optional.empty() : history.current();
    }

    /** The newest entry of a key's history. */
    public Optional<Version> newest(String key) {
        return Optional.ofNullable(keys.get(key))
                .map(history -> history.versions().get(0));
    }

    /** One entry of a key's history. */
    public Optional<Version> find(String key, String versionId) {
        return Optional.ofNullable(keys.get(key)).flatMap(history -> history.find(versionId));
    }

    /** Writes if the condition holds of the key's current object. */
    public StoredObject write(Draft draft, WriteCondition condition) {
        checkedEarly(draft.key(), condition);
        synchronized (lock(draft.key())) {
            checked(draft.key(), condition);
            return store(draft);
        }
    }

    /** Deletes the current object, leaving a marker in a versioned bucket; deleting what is not there succeeds. */
    public Deletion delete(String key, WriteCondition condition) {
        checkedEarly(key, condition);
        synchronized (lock(key)) {
            boolean alreadyMarked =
                    newest(key).filter(DeleteMarker.class::isInstance).isPresent();
            if (alreadyMarked && condition instanceof WriteCondition.Matches) {
                throw S3Refusal.of(ErrorCode.PRECONDITION_FAILED).with("Condition", "If-Match");
            }
            checked(key, condition);
            return switch (versioning) {
                case OFF -> {
                    refuseIfLocked(newest(key));
                    keys.remove(key);
                    yield new Deletion(Optional.empty(), false);
                }
                case ENABLED -> marked(key, nextId());
                case SUSPENDED -> marked(key, "null");
            };
        }
    }

    /** Destroys one version for good; destroying what is not there succeeds. */
    public Deletion deleteVersion(String key, String versionId) {
        synchronized (lock(key)) {
            Optional<Version> version = find(key, versionId);
            refuseIfLocked(version);
            drop(key, versionId);
            return new Deletion(
                    Optional.of(versionId),
                    version.filter(DeleteMarker.class::isInstance).isPresent());
        }
    }

    /** What a delete did: the version id to answer, and whether that is a delete marker. */
    public record Deletion(Optional<String> versionId, boolean marker) {}

    /** Changes a stored version in place, for what S3 lets change (tags, ACL) and for tests. */
    public void amend(StoredObject object, UnaryOperator<StoredObject> change) {
        synchronized (lock(object.key())) {
            if (find(object.key(), object.versionId()).orElse(null) instanceof StoredObject found) {
                keys.computeIfPresent(
                        object.key(), (key, history) -> history.replaced(found.versionId(), change.apply(found)));
            }
        }
    }

    public MultipartUpload begin(
            String key, Attributes attributes, Optional<ChecksumAlgorithm> algorithm, ObjectChecksum.Type type) {
        MultipartUpload upload = MultipartUpload.begun(nextId(), key, now(), attributes, algorithm, type);
        uploads.put(upload.id(), upload);
        return upload;
    }

    /** The unfinished uploads by id; removing one aborts it. */
    public Map<String, MultipartUpload> uploads() {
        return uploads;
    }

    /** The upload of this id and key. */
    public MultipartUpload upload(String id, String key) {
        MultipartUpload upload = uploads.get(id);
        if (upload == null || !upload.key().equals(key)) {
            throw S3Refusal.of(ErrorCode.NO_SUCH_UPLOAD).with("UploadId", id);
        }
        return upload;
    }

    /** Writes what an upload has become and ends the upload, if the condition holds and nobody ended it before. */
    public StoredObject complete(MultipartUpload upload, Draft draft, WriteCondition condition) {
        checkedEarly(draft.key(), condition);
        synchronized (lock(draft.key())) {
            upload(upload.id(), upload.key());
            checked(draft.key(), condition);
            StoredObject object = store(draft);
            uploads.remove(upload.id());
            return object;
        }
    }

    /** The bucket's time, in whole milliseconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void checkedEarly(String key, WriteCondition condition) {
        if (gap.isPresent() && !(condition instanceof WriteCondition.None)) {
            condition.check(current(key));
            gap.get().run();
        }
    }

    private void checked(String key, WriteCondition condition) {
        if (gap.isEmpty()) {
            condition.check(current(key));
        }
    }

    private StoredObject store(Draft draft) {
        boolean kept = versioning == Versioning.ENABLED;
        StoredObject object = draft.stored(kept ? nextId() : "null", now());
        push(object);
        return object;
    }

    private Deletion marked(String key, String versionId) {
        push(new DeleteMarker(key, versionId, now()));
        return new Deletion(Optional.of(versionId), true);
    }

    /** Puts an entry on top, in place of the one of the same version id, in one step for readers. */
    private void push(Version newest) {
        String key = newest.key();
        refuseIfLocked(find(key, newest.versionId()));
        History history = Optional.ofNullable(keys.get(key))
                .flatMap(old -> old.without(newest.versionId()))
                .map(rest -> rest.with(newest))
                .orElseGet(() -> History.of(newest));
        keys.put(key, history);
    }

    private void drop(String key, String versionId) {
        History history = keys.get(key);
        if (history == null) {
            return;
        }
        history.without(versionId).ifPresentOrElse(rest -> keys.put(key, rest), () -> keys.remove(key));
    }

    private static void refuseIfLocked(Optional<Version> version) {
        if (version.orElse(null) instanceof StoredObject object
                && object.attributes().locked()) {
            throw S3Refusal.of(ErrorCode.ACCESS_DENIED, "Access Denied because object protected by object lock.");
        }
    }

    private Object lock(String key) {
        int hash = key.hashCode();
        return locks[(hash ^ (hash >>> 16)) & 0xff];
    }

    private static String nextId() {
        long id = IDS.incrementAndGet();
        return Long.toString((id * 0x9E3779B97F4A7C15L) >>> 1, 36) + "." + Long.toString(id, 36);
    }
}
