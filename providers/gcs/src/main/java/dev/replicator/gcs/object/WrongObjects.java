package dev.replicator.gcs.object;

import com.google.api.services.storage.Storage;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what the service made of other bytes than it was given. Thread-safe. */
record WrongObjects(GcsClient client) {
    private static final Logger log = LoggerFactory.getLogger(WrongObjects.class);

    /** Removes {@code made} if it still is that one; logs what could not be removed. */
    void remove(Call call, ObjectMeta made) {
        try {
            client.calls().call(call, RequestKind.DELETE, () -> {
                Storage.Objects.Delete delete = client.objects()
                        .delete(client.settings().bucket(), made.key().text());
                Conditions.generation(made.version()).ifPresent(delete::setIfGenerationMatch);
                return delete.execute();
            });
        } catch (StaleObjectException | ObjectNotFoundException e) {
            log.debug("{}: the object of wrong bytes is not there any more", call, e);
        } catch (StoreException e) {
            log.warn("{}: an object of wrong bytes could not be removed", call, e);
        }
    }
}
