package dev.replicator.gcs.write;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsErrors;
import dev.replicator.gcs.object.Conditions;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.gcs.object.Resources;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.PartPool;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.remote.Repeats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a large object as components that are sent side by side, and has the service compose them (Cloud Storage,
 * "Parallel composite uploads"). Only the composing makes the object, under the write's own condition; each component is
 * checked against its CRC32C, and those make up the whole's. The components are deleted whatever becomes of the object;
 * what a killed process leaves is {@link LeftComponents}' to find. Broken steps are repeated from the context's retry
 * settings. Thread-safe.
 */
final class CompositeUpload {
    private static final Logger log = LoggerFactory.getLogger(CompositeUpload.class);

    private final GcsClient client;
    private final OwnWrites ownWrites;
    private final PartPool pool;
    private final Sender sender;

    /** Writes one component. */
    interface Sender {
        MadeObjects.Upload send(Call call, ObjectKey key, ObjectBody body);
    }

    CompositeUpload(GcsClient client, ObjectHeads heads, PartPool pool, Sender sender) {
        this.client = client;
        this.ownWrites = new OwnWrites(heads);
        this.pool = pool;
        this.sender = sender;
    }

    /**
     * Writes {@code body}.
     *
     * @param insert names bucket, object and conditions
     * @param operation id that {@code resource} carries in its metadata, where it does
     */
    MadeObjects.Upload upload(
            Call call,
            ObjectKey key,
            ObjectBody body,
            StorageObject resource,
            Storage.Objects.Insert insert,
            Optional<String> operation) {
        Components components = Components.of(client.settings(), key, operation, body.size());
        Map<Integer, MadeObjects.Upload> made = new ConcurrentHashMap<>();
        try {
            List<MadeObjects.Upload> sent = pool.send(components.count(), number -> {
                MadeObjects.Upload one = sent(components, number, body);
                made.put(number, one);
                return one;
            });
            Crc32c whole = sent.stream().map(MadeObjects.Upload::sent).reduce(Crc32c.EMPTY, Crc32c::then);
            return new MadeObjects.Upload(composed(call, key, request(resource, sent), insert, operation), whole);
        } catch (InterruptedException e) {
            throw GcsErrors.interrupted(call, e);
        } finally {
            remove(components, made);
        }
    }

    /** Under no condition: nobody else knows the name, and a second try may overwrite what the first one made. */
    private MadeObjects.Upload sent(Components components, int number, ObjectBody body) {
        Call call = Call.of("write", client.settings().bucket(), components.key(number));
        return Repeats.call(
                call.toString(),
                client.retry(),
                () -> sender.send(
                        call,
                        components.key(number),
                        new RangeBody(body, components.offset(number), components.size(number))));
    }

    private static ComposeRequest request(StorageObject resource, List<MadeObjects.Upload> components) {
        List<ComposeRequest.SourceObjects> sources = new ArrayList<>();
        for (MadeObjects.Upload component : components) {
            ComposeRequest.SourceObjects source = new ComposeRequest.SourceObjects()
                    .setName(component.made().key().text());
            Conditions.generation(component.made().version()).ifPresent(source::setGeneration);
            sources.add(source);
        }
        return new ComposeRequest().setDestination(resource).setSourceObjects(sources);
    }

    private ObjectMeta composed(
            Call call,
            ObjectKey key,
            ComposeRequest request,
            Storage.Objects.Insert insert,
            Optional<String> operation) {
        Repeats repeats = new Repeats(call.toString(), client.retry());
        boolean mayBeMade = false;
        while (true) {
            try {
                return compose(call, key, request, insert);
            } catch (TransientStoreException e) {
                mayBeMade |= e.trouble() != Trouble.THROTTLED;
                Optional<ObjectMeta> ours = mayBeMade ? ours(call, key, operation) : Optional.empty();
                if (ours.isPresent()) {
                    return ours.get();
                }
                repeats.after(e);
            } catch (StaleObjectException e) {
                if (!mayBeMade) {
                    throw e;
                }
                return ours(call, key, operation).orElseThrow(() -> e);
            } catch (ObjectNotFoundException e) {
                throw new TransientStoreException(
                        Trouble.SERVER_ERROR, call + ": a component is gone: " + e.getMessage(), Optional.empty(), e);
            }
        }
    }

    private Optional<ObjectMeta> ours(Call call, ObjectKey key, Optional<String> operation) {
        return ownWrites.find(call, key, found -> OwnWrites.carries(found, operation));
    }

    private ObjectMeta compose(Call call, ObjectKey key, ComposeRequest request, Storage.Objects.Insert insert) {
        String bucket = client.settings().bucket();
        StorageObject answer = client.calls().call(call, RequestKind.MULTIPART, () -> {
            Storage.Objects.Compose compose = client.objects().compose(bucket, key.text(), request);
            compose.setFields(Resources.FIELDS);
            compose.setIfGenerationMatch(insert.getIfGenerationMatch());
            compose.setIfMetagenerationMatch(insert.getIfMetagenerationMatch());
            compose.setKmsKeyName(insert.getKmsKeyName());
            compose.setDestinationPredefinedAcl(insert.getPredefinedAcl());
            return Resources.honest(call, compose.execute());
        });
        return Resources.meta(call, bucket, key, answer);
    }

    /**
     * At once, or in the background where the caller was told to stop. Leaves what can't be deleted: the object's fate is
     * told, and the next run looks for components of its key.
     */
    private void remove(Components components, Map<Integer, MadeObjects.Upload> made) {
        IntConsumer removal = number -> remove(
                components.key(number), Optional.ofNullable(made.get(number)).map(MadeObjects.Upload::made));
        if (Thread.currentThread().isInterrupted()) {
            pool.later(() -> IntStream.rangeClosed(1, components.count()).forEach(removal));
            return;
        }
        try {
            pool.send(components.count(), number -> {
                removal.accept(number);
                return number;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(ObjectKey key, Optional<ObjectMeta> made) {
        Call call = Call.of("delete", client.settings().bucket(), key);
        try {
            LeftComponents.delete(client, call, key, made);
        } catch (ObjectNotFoundException e) {
            log.debug("{}: it was never made", call, e);
        } catch (StoreException | IllegalStateException e) {
            log.warn("{}: a component of a large object stays behind: {}", call, e.getMessage());
        }
    }
}
