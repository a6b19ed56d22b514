package dev.replicator.gcs.write;

import com.google.api.services.storage.Storage;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.object.Conditions;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.Page;
import dev.replicator.store.RequestKind;
import dev.replicator.store.UploadSweep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds and deletes the components that one unfinished write of a key left. By the write's operation alone, which is in
 * their names: an upload that is still going on may have components as old as a dead one's. Thread-safe.
 */
public final class LeftComponents implements UploadSweep {
    private final GcsClient client;
    private final Function<ListRequest, Listing> lists;

    public LeftComponents(GcsClient client, Function<ListRequest, Listing> lists) {
        this.client = client;
        this.lists = lists;
    }

    /** Counts uploads, not their components. */
    @Override
    public int sweep(ObjectKey key, Optional<String> operation, Instant notBefore, Instant before) {
        return operation
                .map(id -> sweep(Components.folders(client.settings(), key, id)))
                .orElse(0);
    }

    private int sweep(String folders) {
        List<ObjectMeta> found = new ArrayList<>();
        try (Listing listing = lists.apply(ListRequest.of(KeyPrefix.of(folders)))) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int i = 0; i < page.get().count(); i++) {
                    found.add(page.get().meta(i));
                }
            }
        }
        found.forEach(this::delete);
        return (int) found.stream()
                .map(component -> component.key().text())
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .distinct()
                .count();
    }

    private void delete(ObjectMeta component) {
        Call call = Call.of("delete", client.settings().bucket(), component.key());
        try {
            delete(client, call, component.key(), Optional.of(component));
        } catch (ObjectNotFoundException e) {
            // Gone by itself, which is as good.
        }
    }

    /** By generation where it is known: so a bucket that keeps versions keeps none of it. */
    static void delete(GcsClient client, Call call, ObjectKey key, Optional<ObjectMeta> made) {
        client.calls().call(call, RequestKind.DELETE, () -> {
            Storage.Objects.Delete delete =
                    client.objects().delete(client.settings().bucket(), key.text());
            made.flatMap(one -> Conditions.generation(one.version())).ifPresent(delete::setGeneration);
            delete.execute();
            return true;
        });
    }
}
