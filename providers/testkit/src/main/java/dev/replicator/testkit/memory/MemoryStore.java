package dev.replicator.testkit.memory;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreClock;
import dev.replicator.store.Tags;
import dev.replicator.store.WriteOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client of one bucket of a {@link MemoryBuckets}. Preconditions are checked and applied in one atomic step where the
 * options declare them and ignored where they don't; requests are counted as S3's would be (parts of large objects
 * included). Thread-safe.
 */
public final class MemoryStore implements ObjectStore {
    static final String SCHEME = "memory";

    private final MemoryBuckets buckets;
    private final BucketRef bucket;
    private final MemoryOptions options;
    private final RequestMeter meter;
    private final Clock clock;
    private final MemoryRequests requests;

    /** A store of that bucket, which need not exist yet, as S3 with a meter of its own and the system's clock. */
    public MemoryStore(MemoryBuckets buckets, String bucket) {
        this(buckets, bucket, MemoryOptions.S3_LIKE, new RequestMeter(), Clock.systemUTC());
    }

    /** @param clock stamps what is written, shifted by the options' skew */
    public MemoryStore(MemoryBuckets buckets, String bucket, MemoryOptions options, RequestMeter meter, Clock clock) {
        this.buckets = buckets;
        this.bucket = new BucketRef(SCHEME, buckets.endpoint(), "", bucket, "");
        this.options = options;
        this.meter = meter;
        this.clock = clock;
        this.requests = new MemoryRequests(buckets, bucket, meter);
    }

    @Override
    public BucketRef bucket() {
        return bucket;
    }

    @Override
    public Set<Capability> capabilities() {
        return options.capabilities();
    }

    /** What this store has sent. */
    public RequestMeter meter() {
        return meter;
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return options.can(Capability.SERVER_SIDE_COPY)
                && source.scheme().equals(SCHEME)
                && source.endpoint().equals(bucket.endpoint());
    }

    @Override
    public Listing list(ListRequest request) {
        requests.checkOpen();
        return new MemoryListing(requests, options, request);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return requests.send(RequestKind.HEAD, deed("head", key)).get(key).map(object -> metaOf(key, object));
    }

    @Override
    public ObjectBody read(ObjectMeta wanted) {
        requests.checkOpen();
        String deed = deed("read", wanted.key());
        return new MemoryBody(wanted.size(), () -> found(requests.send(RequestKind.GET, deed), wanted, deed));
    }

    /** The object in the wanted version; without pinned reads at least in its size. */
    private MemoryObject found(MemoryBucket holder, ObjectMeta wanted, String deed) {
        MemoryObject object =
                holder.get(wanted.key()).orElseThrow(() -> new ObjectNotFoundException(deed + ": no such key"));
        if (options.can(Capability.PINNED_READ) && !options.versionOf(object).equals(wanted.version())) {
            throw new StaleObjectException(deed + ": no longer version " + wanted.version());
        }
        if (object.bytes().length != wanted.size()) {
            throw new CorruptObjectException(
                    deed + ": " + object.bytes().length + " bytes where " + wanted.size() + " were announced");
        }
        return object;
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions write) {
        String deed = deed("write", key);
        requests.checkOpen();
        refuseUnfit(key, deed);
        byte[] bytes = MemoryBytes.of(body, deed);
        boolean parts = bytes.length > options.sizes().multipartUpload();
        long part = parts ? options.sizes().partOf(bytes.length) : Long.MAX_VALUE;
        MemoryBucket target = sendAll(RequestKind.PUT, deed, parts ? partsOf(bytes.length, part) : 0);
        ObjectMetadata kept = kept(write.operation()
                .map(id -> write.metadata().withUser(ObjectMetadata.OPERATION, id))
                .orElse(write.metadata()));
        synchronized (target) {
            check(write.precondition(), target, key, deed, Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_WRITE);
            return metaOf(key, target.put(key, bytes, MemoryObject.etag(bytes, part), kept, stamp(write)));
        }
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions write) {
        requests.checkOpen();
        if (!copiesFrom(source)) {
            throw new UnsupportedOperationException("memory://" + bucket.bucket() + " can't copy from " + source);
        }
        String deed = deed("copy " + source + "/" + object.key() + " to", key);
        refuseUnfit(key, deed);
        boolean parts = object.size() > options.sizes().multipartCopy();
        long part = parts ? options.sizes().partOf(object.size()) : Long.MAX_VALUE;
        MemoryBucket target = sendAll(RequestKind.COPY, deed, parts ? partsOf(object.size(), part) : 0);
        MemoryObject original = found(
                buckets.find(source.bucket())
                        .orElseThrow(() -> new BucketNotFoundException(deed + ": no bucket " + source)),
                object,
                deed);
        String etag = MemoryObject.etag(original.bytes(), part);
        synchronized (target) {
            check(write.precondition(), target, key, deed, Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY);
            return metaOf(key, target.put(key, original.bytes(), etag, kept(original.metadata()), stamp(write)));
        }
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        String deed = deed("delete", key);
        MemoryBucket target = requests.send(RequestKind.DELETE, deed);
        synchronized (target) {
            check(precondition, target, key, deed, Capability.CONDITIONAL_DELETE, Capability.CONDITIONAL_DELETE);
            target.remove(key);
        }
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        if (role == Tags.class && options.can(Capability.TAGS)) {
            Tags tags = this::tags;
            return Optional.of(role.cast(tags));
        }
        if (role == MetadataRules.class) {
            return Optional.of(role.cast(rules()));
        }
        if (role == MetadataUpdate.class && options.can(Capability.METADATA)) {
            MetadataUpdate update = this::update;
            return Optional.of(role.cast(update));
        }
        if (role == StoreClock.class) {
            return Optional.of(role.cast(new MemoryClock(clock, options.skew())));
        }
        return Optional.empty();
    }

    private MetadataRules rules() {
        MetadataLimits limits = options.metadata().withMetadata(options.can(Capability.METADATA));
        return options.can(Capability.TAGS) ? limits : limits.withMostTags(0);
    }

    /**
     * As S3's copy of an object onto itself: a new time, another ETag for what was made of parts, the same tags; or as
     * GCS's patch, which makes a metageneration.
     */
    private ObjectMeta update(ObjectMeta seen, ObjectMetadata metadata, Precondition precondition) {
        ObjectKey key = seen.key();
        String deed = deed("update the metadata of", key);
        MemoryBucket target = requests.send(RequestKind.COPY, deed);
        synchronized (target) {
            check(precondition, target, key, deed, Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY);
            MemoryObject old =
                    target.get(key).orElseThrow(() -> new StaleObjectException(deed + ": the object is gone"));
            if (!options.versionOf(old).equals(seen.version())) {
                throw new StaleObjectException(deed + ": no longer version " + seen.version());
            }
            ObjectMetadata changed = kept(metadata).withTags(old.metadata().tags());
            if (options.countsMetadata()) {
                checkMetageneration(seen, old, deed);
                target.retouch(key, any -> changed);
                return metaOf(key, target.get(key).orElseThrow());
            }
            String etag = MemoryObject.etag(old.bytes(), Long.MAX_VALUE);
            return metaOf(
                    key,
                    target.put(
                            key,
                            old.bytes(),
                            etag,
                            changed,
                            stamp(WriteOptions.of(precondition).withModified(old.modified()))));
        }
    }

    private static void checkMetageneration(ObjectMeta seen, MemoryObject now, String deed) {
        if (seen.metageneration() != 0 && seen.metageneration() != now.metageneration()) {
            throw new StaleObjectException(deed + ": no longer metageneration " + seen.metageneration());
        }
    }

    private Map<String, String> tags(ObjectKey key) {
        String deed = deed("read the tags of", key);
        return requests.send(RequestKind.TAGS, deed)
                .get(key)
                .map(object -> object.metadata().tags())
                .orElseThrow(() -> new ObjectNotFoundException(deed + ": no such key"));
    }

    @Override
    public void close() {
        requests.close();
    }

    private static long partsOf(long size, long part) {
        return (size + part - 1) / part;
    }

    /** One request, or the start, parts and completion of a multipart one. */
    private MemoryBucket sendAll(RequestKind kind, String deed, long parts) {
        if (parts == 0) {
            return requests.send(kind, deed);
        }
        requests.send(RequestKind.MULTIPART, deed);
        for (long part = 0; part < parts; part++) {
            requests.send(kind, deed);
        }
        return requests.send(RequestKind.MULTIPART, deed);
    }

    private void refuseUnfit(ObjectKey key, String deed) {
        if (key.length() > options.maxKeyBytes()) {
            throw new InvalidRequestException(
                    deed + ": the key has " + key.length() + " bytes, the most is " + options.maxKeyBytes());
        }
        if (!key.isUtf8()) {
            throw new InvalidRequestException(deed + ": the key is not UTF-8");
        }
    }

    private void check(
            Precondition precondition,
            MemoryBucket target,
            ObjectKey key,
            String deed,
            Capability createOnly,
            Capability conditional) {
        Optional<MemoryObject> current = target.get(key);
        if (precondition instanceof Precondition.Absent && options.can(createOnly) && current.isPresent()) {
            throw new StaleObjectException(deed + ": the key exists");
        }
        if (precondition instanceof Precondition.Unchanged seen
                && options.can(conditional)
                && current.map(object -> metaOf(key, object))
                        .filter(seen::holdsOf)
                        .isEmpty()) {
            throw new StaleObjectException(deed + ": no longer version " + seen.version() + " as it was described");
        }
    }

    private Instant stamp(WriteOptions write) {
        Optional<Instant> given = options.can(Capability.KEEPS_MODIFIED) ? write.modified() : Optional.empty();
        return options.cut(given.orElseGet(() -> clock.instant().plus(options.skew())));
    }

    /** What of that metadata this store keeps. */
    private ObjectMetadata kept(ObjectMetadata given) {
        ObjectMetadata base = options.can(Capability.METADATA) ? given.withTraits(Map.of()) : ObjectMetadata.NONE;
        ObjectMetadata whole = base.withTags(options.can(Capability.TAGS) ? given.tags() : Map.of());
        return options.metadata().fit(whole).kept();
    }

    private ObjectMeta metaOf(ObjectKey key, MemoryObject object) {
        List<Fingerprint> fingerprints = new ArrayList<>();
        if (options.can(Capability.ETAGS)) {
            fingerprints.add(new Fingerprint(Fingerprint.Algorithm.ETAG, object.etag()));
        }
        fingerprints.add(new Fingerprint(Fingerprint.Algorithm.MD5, MemoryObject.md5Of(object.bytes())));
        return new ObjectMeta(
                key,
                object.bytes().length,
                object.modified(),
                options.versionOf(object),
                fingerprints,
                EntryNote.NONE,
                Optional.of(object.metadata().withTags(Map.of())),
                options.metagenerationOf(object));
    }

    private String deed(String verb, ObjectKey key) {
        return verb + " " + bucket + "/" + key;
    }
}
