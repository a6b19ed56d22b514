package dev.replicator.gcs;

import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;

/**
 * Opens {@code gs://} buckets: Google's, and those of emulators, by endpoint.
 *
 * <table>
 * <caption>Where settings come from, first found</caption>
 * <tr><td>endpoint</td><td>the store's, {@code STORAGE_EMULATOR_HOST}, Google</td></tr>
 * <tr><td>credentials</td><td>none over plain http and for {@code STORAGE_EMULATOR_HOST}; else Application Default
 * Credentials: the file that {@code GOOGLE_APPLICATION_CREDENTIALS} names, Replit's sidecar where its variables are
 * present, gcloud's own file, the machine's</td></tr>
 * <tr><td>project that pays</td><td>with {@code requester-pays} only: the store's, {@code GOOGLE_CLOUD_PROJECT}, {@code
 * GCLOUD_PROJECT}</td></tr>
 * <tr><td>capabilities</td><td>the store's, all for Google, reads and copies without conditions on writes otherwise</td></tr>
 * </table>
 */
public final class GcsStoreProvider implements StoreProvider {
    @Override
    public String scheme() {
        return "gs";
    }

    @Override
    public ObjectStore open(StoreSettings settings, StoreContext context) {
        return new GcsStore(new GcsClient(GcsSettings.resolve(settings, context), context));
    }
}
