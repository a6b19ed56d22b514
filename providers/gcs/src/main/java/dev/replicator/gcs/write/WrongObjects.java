package dev.replicator.gcs.write;

import com.google.api.services.storage.Storage;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.object.Conditions;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.remote.Repeats;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what the service made of other bytes than it was given. Thread-safe. */
record WrongObjects(GcsClient client) {
    private static final Logger log = LoggerFactory.getLogger(WrongObjects.class);

    /**
     * Removes {@code made} if it still is that one; repeats that from the context's retry settings.
     *
     * @throws TransientStoreException final, when it stays: whoever wrote again would meet it and might take it for right
     */
    void remove(Call call, ObjectMeta made) {
        try {
            Repeats.call(call.toString(), client.retry(), () -> delete(call, made));
        } catch (StaleObjectException | ObjectNotFoundException e) {
            log.debug("{}: the object of wrong bytes is not there any more", call, e);
        } catch (StoreException e) {
            throw new TransientStoreException(
                            Trouble.SERVER_ERROR,
                            call + ": the service made an object of other bytes than it was given, which could not be"
                                    + " removed and stays: " + e.getMessage(),
                            Optional.empty(),
                            e)
                    .afterRepeats();
        }
    }

    private boolean delete(Call call, ObjectMeta made) {
        client.calls().call(call, RequestKind.DELETE, () -> {
            Storage.Objects.Delete delete = client.objects()
                    .delete(client.settings().bucket(), made.key().text());
            Conditions.generation(made.version()).ifPresent(delete::setIfGenerationMatch);
            return delete.execute();
        });
        return true;
    }
}
