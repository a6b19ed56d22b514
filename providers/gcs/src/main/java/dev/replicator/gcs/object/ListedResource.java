package dev.replicator.gcs.object;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.store.ObjectMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what a listing showed of an object's metadata, as a head would show them. */
public final class ListedResource {
    private ListedResource() {}

    /**
     * The metadata that {@code json[from, to)}, members of a resource without braces around them, tell of; empty when they
     * tell of none that could be read: a head then decides.
     */
    public static Optional<ObjectMetadata> metadata(byte[] json, int from, int to) {
        String text = "{" + new String(json, from, to - from, StandardCharsets.UTF_8) + "}";
        try {
            return Optional.of(
                    Resources.metadata(GsonFactory.getDefaultInstance().fromString(text, StorageObject.class)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
