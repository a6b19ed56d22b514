package dev.replicator.s3;

import dev.replicator.s3.client.Call;
import dev.replicator.s3.client.S3Calls;
import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.s3.list.ListClient;
import dev.replicator.s3.list.S3Listing;
import dev.replicator.s3.object.Keys;
import dev.replicator.s3.object.LeftUploads;
import dev.replicator.s3.object.ObjectHeads;
import dev.replicator.s3.object.S3Body;
import dev.replicator.s3.object.S3Copier;
import dev.replicator.s3.object.S3MetadataRules;
import dev.replicator.s3.object.S3Updater;
import dev.replicator.s3.object.S3Writer;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreClock;
import dev.replicator.store.StoreContext;
import dev.replicator.store.Tags;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteProof;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;

/**
 * A bucket of S3 or of a compatible server. What each method promises is {@link ObjectStore}'s; a condition that the
 * capabilities don't name is not sent, so callers guard such writes themselves. Thread-safe.
 */
final class S3Store implements ObjectStore {
    private final S3Settings settings;
    private final S3Clients clients;
    private final PartPool pool = new PartPool("s3");
    private final BucketRef bucket;
    private final ListClient lists;
    private final ObjectHeads heads;
    private final S3Writer writer;
    private final S3Copier copier;
    private final S3Updater updater;
    private final MetadataRules metadataRules;
    private final S3Clock clock;
    private final UploadSweep sweep;

    S3Store(S3Settings settings, S3Clients clients, StoreContext context) {
        this.settings = settings;
        this.clients = clients;
        bucket = settings.ref();
        lists = new ListClient(settings, clients, context.meter());
        heads = new ObjectHeads(settings, clients, context.clock());
        writer = new S3Writer(settings, clients, heads, pool);
        copier = new S3Copier(settings, clients, heads, pool);
        updater = new S3Updater(settings, clients, heads, pool);
        metadataRules = new S3MetadataRules(settings);
        clock = new S3Clock(settings, clients);
        sweep = new LeftUploads(settings, clients);
    }

    @Override
    public BucketRef bucket() {
        return bucket;
    }

    @Override
    public Set<Capability> capabilities() {
        return settings.capabilities();
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return settings.capabilities().contains(Capability.SERVER_SIDE_COPY)
                && source.scheme().equals(bucket.scheme())
                && source.endpoint().equals(bucket.endpoint());
    }

    @Override
    public Listing list(ListRequest request) {
        return new S3Listing(lists, settings.bucket(), request);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return heads.head(Call.of("head", settings.bucket(), key), key);
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return new S3Body(settings, clients, heads, object);
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return writer.write(key, body, options);
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        if (!copiesFrom(source)) {
            throw new UnsupportedOperationException(bucket + " can't copy from " + source);
        }
        return copier.copy(source, object, key, options);
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        Call call = Call.of("delete", settings.bucket(), key);
        if (precondition instanceof Precondition.Absent) {
            throw new InvalidRequestException(call + ": nothing to delete where nothing may be");
        }
        if (Keys.isImpossible(key)) {
            if (precondition instanceof Precondition.Unchanged) {
                throw new StaleObjectException(call + ": it is gone");
            }
            return;
        }
        DeleteObjectRequest.Builder request =
                DeleteObjectRequest.builder().bucket(settings.bucket()).key(key.text());
        if (precondition instanceof Precondition.Unchanged unchanged
                && settings.capabilities().contains(Capability.CONDITIONAL_DELETE)) {
            request.ifMatch("\"" + unchanged.version().token() + "\"");
        }
        try {
            S3Calls.call(call, () -> clients.single().deleteObject(request.build()));
        } catch (ObjectNotFoundException e) {
            if (precondition instanceof Precondition.Unchanged) {
                throw new StaleObjectException(call + ": it is gone", e);
            }
        }
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        if (role == StoreClock.class) {
            return Optional.of(role.cast(clock));
        }
        if (role == UploadSweep.class) {
            return Optional.of(role.cast(sweep));
        }
        if (role == RequestForecast.class) {
            return Optional.of(role.cast(new S3Forecast(settings)));
        }
        if (role == KeyRules.class) {
            KeyRules rules = Keys::refusal;
            return Optional.of(role.cast(rules));
        }
        if (role == MetadataRules.class) {
            return Optional.of(role.cast(metadataRules));
        }
        if (role == MetadataUpdate.class && settings.capabilities().contains(Capability.METADATA)) {
            MetadataUpdate update = updater::update;
            return Optional.of(role.cast(update));
        }
        if (role == WriteProof.class) {
            WriteProof proof = writer::verify;
            return Optional.of(role.cast(proof));
        }
        if (role == Tags.class && settings.capabilities().contains(Capability.TAGS)) {
            Tags tags = key -> heads.tags(Call.of("read tags of", settings.bucket(), key), key);
            return Optional.of(role.cast(tags));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        pool.close();
        clients.close();
    }
}
