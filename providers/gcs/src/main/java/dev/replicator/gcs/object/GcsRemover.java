package dev.replicator.gcs.object;

import com.google.api.services.storage.Storage;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import java.util.Optional;

/** Deletes single objects; where the bucket keeps versions, the live one. Thread-safe. */
public final class GcsRemover {
    private final GcsClient client;

    public GcsRemover(GcsClient client) {
        this.client = client;
    }

    /** Deletes as {@link dev.replicator.store.ObjectStore#delete} says. */
    public void delete(ObjectKey key, Precondition precondition) {
        GcsSettings settings = client.settings();
        Call call = Call.of("delete", settings.bucket(), key);
        if (precondition instanceof Precondition.Absent) {
            throw new InvalidRequestException(call + ": nothing to delete where nothing may be");
        }
        Optional<String> name = Keys.text(key);
        boolean guarded = precondition instanceof Precondition.Unchanged;
        if (name.isEmpty()) {
            if (guarded) {
                throw new StaleObjectException(call + ": it is gone");
            }
            return;
        }
        Conditions conditions = Conditions.ofDestination(
                call, precondition, settings, Capability.CONDITIONAL_DELETE, Capability.CONDITIONAL_DELETE);
        try {
            client.calls().call(call, RequestKind.DELETE, () -> {
                Storage.Objects.Delete delete = client.objects().delete(settings.bucket(), name.get());
                conditions.generation().ifPresent(delete::setIfGenerationMatch);
                conditions.metageneration().ifPresent(delete::setIfMetagenerationMatch);
                delete.execute();
                return true;
            });
        } catch (ObjectNotFoundException e) {
            if (guarded) {
                throw new StaleObjectException(call + ": it is gone", e);
            }
        }
    }
}
