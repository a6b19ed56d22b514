package dev.replicator.gcs.object;

import com.google.api.client.util.Data;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes an object's metadata where it is ({@code objects.patch}), in the generation and metageneration that were seen.
 * The generation stays, the metageneration moves. A patch merges user metadata name by name, so each entry that is to go
 * is named in it: where what was seen does not tell them, a head does first. What the patch does not name (storage class,
 * grants, holds, custom time, encryption) stays. Thread-safe.
 */
public final class GcsUpdater {
    /** Grants are neither read nor sent: they take a permission of their own. */
    private static final String WITHOUT_GRANTS = "noAcl";

    private final GcsClient client;
    private final GcsSettings settings;
    private final ObjectHeads heads;

    public GcsUpdater(GcsClient client, ObjectHeads heads) {
        this.client = client;
        this.settings = client.settings();
        this.heads = heads;
    }

    /**
     * Whether this server's objects can be changed like this. Where copies are not held to their conditions, patches are
     * not either: emulators ignore them, and what a patch removes.
     */
    public static boolean works(GcsSettings settings) {
        return settings.can(Capability.METADATA) && settings.can(Capability.CONDITIONAL_COPY);
    }

    /** Updates as {@link dev.replicator.store.MetadataUpdate#update} says. */
    public ObjectMeta update(ObjectMeta seen, ObjectMetadata metadata, Precondition precondition) {
        Call call = Call.of("update the metadata of", settings.bucket(), seen.key());
        String name = Keys.required(call, seen.key());
        requireSeen(call, seen, precondition);
        try {
            ObjectMeta before = known(call, seen, precondition);
            StorageObject patch = patch(before.metadata().orElse(ObjectMetadata.NONE), metadata);
            StorageObject answer = client.calls().call(call, RequestKind.PUT, () -> {
                Storage.Objects.Patch request = client.objects()
                        .patch(settings.bucket(), name, patch)
                        .setProjection(WITHOUT_GRANTS)
                        .setFields(Resources.FIELDS)
                        .setIfMetagenerationMatch(before.metageneration());
                Conditions.generation(before.version()).ifPresent(request::setIfGenerationMatch);
                return Resources.honest(call, request.execute());
            });
            return Resources.meta(call, settings.bucket(), seen.key(), answer);
        } catch (ObjectNotFoundException e) {
            throw new StaleObjectException(call + ": it is gone", e);
        }
    }

    /** A condition on another version than the one that is changed can't hold. */
    private static void requireSeen(Call call, ObjectMeta seen, Precondition precondition) {
        if (!holds(precondition, seen) || Conditions.generation(seen.version()).isEmpty()) {
            throw new StaleObjectException(call + ": it is not in version " + seen.version());
        }
    }

    private static boolean holds(Precondition precondition, ObjectMeta object) {
        return precondition instanceof Precondition.None
                || precondition instanceof Precondition.Unchanged unchanged && unchanged.holdsOf(object);
    }

    /** What was seen, with its metadata. */
    private ObjectMeta known(Call call, ObjectMeta seen, Precondition precondition) {
        if (seen.metadata().isPresent() && seen.metageneration() > 0) {
            return seen;
        }
        ObjectMeta found = heads.pinned(call, settings.ref(), seen);
        if (!holds(Precondition.unchanged(seen), found) || !holds(precondition, found)) {
            throw new StaleObjectException(call + ": its metadata were changed by another");
        }
        return found;
    }

    /** What makes {@code wanted} of {@code before}; a null in it removes. */
    private StorageObject patch(ObjectMetadata before, ObjectMetadata wanted) {
        StorageObject patch = new StorageObject()
                .setContentType(text(wanted.contentType()))
                .setCacheControl(text(wanted.cacheControl()))
                .setContentEncoding(text(wanted.contentEncoding()))
                .setContentDisposition(text(wanted.contentDisposition()))
                .setContentLanguage(text(wanted.contentLanguage()));
        Map<String, String> user = new TreeMap<>();
        Resources.user(before).keySet().forEach(name -> user.put(name, text(Optional.empty())));
        user.putAll(Resources.user(wanted));
        return user.isEmpty() ? patch : patch.setMetadata(user);
    }

    private static String text(Optional<String> value) {
        return value.orElseGet(() -> Data.nullOf(String.class));
    }
}
