package dev.replicator.s3;

import dev.replicator.s3.client.S3Clients;
import dev.replicator.s3.client.S3Profiles;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;

/**
 * Opens {@code s3://} buckets: Amazon's and those of compatible servers, by endpoint.
 *
 * <table>
 * <caption>Where settings come from, first found</caption>
 * <tr><td>endpoint</td><td>the store's, {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, the profile's, Amazon</td></tr>
 * <tr><td>region</td><td>the store's, an ARN's, an Amazon endpoint's, {@code AWS_REGION}, {@code AWS_DEFAULT_REGION}, the
 * profile's, {@code us-east-1} with a custom endpoint</td></tr>
 * <tr><td>credentials</td><td>the store's profile, {@code AWS_ACCESS_KEY_ID}, the SDK's default chain; they assume the
 * store's role where there is one</td></tr>
 * <tr><td>path style</td><td>the store's; {@code auto} means where the endpoint's host is an IP address or localhost</td></tr>
 * <tr><td>capabilities</td><td>the store's, all for Amazon, reads and copies without conditions on writes otherwise</td></tr>
 * </table>
 *
 * <p>Servers that refuse the SDK's checksums (Ceph up to 16, MinIO of 2019, some gateways: 400 or 501 on a write) need
 * {@code checksums: when-required}.
 */
public final class S3StoreProvider implements StoreProvider {
    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public ObjectStore open(StoreSettings settings, StoreContext context) {
        S3Profiles profiles = S3Profiles.of(settings, context);
        S3Settings resolved = S3Settings.resolve(settings, context, profiles);
        return new S3Store(resolved, new S3Clients(resolved, profiles, context), context);
    }
}
