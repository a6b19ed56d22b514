package dev.replicator.gcs.object;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.store.BucketRef;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import java.util.Optional;

/** Asks for what is known of single objects ({@code objects.get} without bytes). Thread-safe. */
public final class ObjectHeads {
    private final GcsClient client;

    public ObjectHeads(GcsClient client) {
        this.client = client;
    }

    /** The current state of {@code key}, with its metadata; empty when there is none. */
    public Optional<ObjectMeta> head(Call call, ObjectKey key) {
        Optional<String> name = Keys.text(key);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String bucket = client.settings().bucket();
        try {
            StorageObject answer = get(call, client.settings().ref(), name.get(), Optional.empty());
            return Optional.of(Resources.meta(call, bucket, key, answer));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * What {@code object} of {@code source} is, in exactly its version; paid for as that bucket's client would.
     *
     * @throws StaleObjectException when it is in another version now
     */
    public ObjectMeta pinned(Call call, BucketRef source, ObjectMeta object) {
        String name = Keys.text(object.key())
                .orElseThrow(() -> new ObjectNotFoundException(call + ": such a key is in no bucket"));
        StorageObject answer = get(call, source, name, Conditions.generation(object.version()));
        ObjectMeta found = Resources.meta(call, source.bucket(), object.key(), answer);
        if (!found.version().equals(object.version())) {
            throw new StaleObjectException(call + ": it is no longer the version that was seen");
        }
        return found;
    }

    private StorageObject get(Call call, BucketRef bucket, String name, Optional<Long> generation) {
        return client.calls().call(call, RequestKind.HEAD, () -> {
            Storage.Objects.Get request =
                    client.objects().get(bucket.bucket(), name).setFields(Resources.FIELDS);
            Payers.of(bucket).ifPresent(request::setUserProject);
            generation.ifPresent(request::setIfGenerationMatch);
            return Resources.read(call, client.get(request).execute());
        });
    }
}
