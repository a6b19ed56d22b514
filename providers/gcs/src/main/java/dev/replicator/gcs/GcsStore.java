package dev.replicator.gcs;

import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.gcs.list.GcsListing;
import dev.replicator.gcs.list.ListClient;
import dev.replicator.gcs.object.GcsBody;
import dev.replicator.gcs.object.GcsMetadataRules;
import dev.replicator.gcs.object.GcsRemover;
import dev.replicator.gcs.object.GcsUpdater;
import dev.replicator.gcs.object.Keys;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.gcs.object.Payers;
import dev.replicator.gcs.write.GcsCopier;
import dev.replicator.gcs.write.GcsForecast;
import dev.replicator.gcs.write.GcsWriter;
import dev.replicator.gcs.write.LeftComponents;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.PartPool;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.StoreClock;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket of Cloud Storage. What each method promises is {@link ObjectStore}'s; a condition that the capabilities don't
 * name is not sent, so callers guard such writes themselves. There are no tags. The service itself drops uploads that
 * were not finished after a week; only components of composite uploads are to be swept. Thread-safe.
 */
final class GcsStore implements ObjectStore {
    private final GcsClient client;
    private final GcsSettings settings;
    private final BucketRef bucket;
    private final ListClient lists;
    private final ObjectHeads heads;
    private final GcsWriter writer;
    private final GcsCopier copier;
    private final GcsRemover remover;
    private final GcsUpdater updater;
    private final GcsClock clock;
    private final PartPool pool = new PartPool("gcs");

    GcsStore(GcsClient client) {
        this.client = client;
        settings = client.settings();
        bucket = settings.ref();
        lists = new ListClient(client);
        heads = new ObjectHeads(client);
        writer = new GcsWriter(client, heads, pool);
        copier = new GcsCopier(client, heads);
        remover = new GcsRemover(client);
        updater = new GcsUpdater(client, heads);
        clock = new GcsClock(client);
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
        return settings.can(Capability.SERVER_SIDE_COPY)
                && source.scheme().equals(bucket.scheme())
                && source.endpoint().equals(bucket.endpoint())
                && Payers.agree(source, bucket);
    }

    @Override
    public Listing list(ListRequest request) {
        return new GcsListing(lists, settings.bucket(), request);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return heads.head(Call.of("head", settings.bucket(), key), key);
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return new GcsBody(client, heads, object);
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
        remover.delete(key, precondition);
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        if (role == StoreClock.class) {
            return Optional.of(role.cast(clock));
        }
        if (role == KeyRules.class) {
            KeyRules rules = Keys::refusal;
            return Optional.of(role.cast(rules));
        }
        if (role == RequestForecast.class) {
            return Optional.of(role.cast(new GcsForecast(settings)));
        }
        if (role == UploadSweep.class && settings.write().compositeUploads()) {
            return Optional.of(role.cast(new LeftComponents(client, this::list)));
        }
        if (role == MetadataRules.class) {
            return Optional.of(role.cast(new GcsMetadataRules(settings)));
        }
        if (role == MetadataUpdate.class && GcsUpdater.works(settings)) {
            MetadataUpdate updates = updater::update;
            return Optional.of(role.cast(updates));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        pool.close();
        client.close();
    }
}
