package dev.replicator.gcs.client;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.Displays;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a bucket is reached, decided.
 *
 * @param prefix what the keys of all that the store is opened for begin with
 * @param root URL of the service or of a server that speaks its API, ending in {@code /}
 * @param google whether that is Google's own
 * @param authenticated whether requests carry credentials: over https only, and not to an emulator
 * @param userProject project that pays for requests where the requester does
 * @param environment where credentials are looked for
 */
public record GcsSettings(
        String bucket,
        String prefix,
        URI root,
        boolean google,
        boolean authenticated,
        Optional<String> userProject,
        WriteSettings write,
        Set<Capability> capabilities,
        TransferSizes sizes,
        Map<String, String> environment) {

    /** Variable that names an emulator, {@code http://host:port} or {@code host:port}. */
    public static final String EMULATOR = "STORAGE_EMULATOR_HOST";

    private static final URI GOOGLE = URI.create("https://storage.googleapis.com/");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    public GcsSettings {
        capabilities = Set.copyOf(capabilities);
        environment = Map.copyOf(environment);
    }

    /**
     * Decides; reads and sends nothing.
     *
     * @throws InvalidRequestException when the settings can't work
     */
    public static GcsSettings resolve(StoreSettings store, StoreContext context) {
        String bucket = store.uri().bucket();
        requireUsable(store, bucket);
        Optional<String> endpoint = store.endpoint().filter(value -> !value.isBlank());
        Optional<String> emulator = variable(context, EMULATOR);
        URI root = endpoint.or(() -> emulator).map(GcsSettings::parsed).orElse(GOOGLE);
        boolean google = isGoogle(root.getHost());
        return new GcsSettings(
                bucket,
                store.uri().prefix().text(),
                root,
                google,
                root.getScheme().equals("https") && (endpoint.isPresent() || emulator.isEmpty()),
                userProject(store, context),
                store.write(),
                store.capabilities().orElse(google ? GcsCapabilities.GOOGLE : GcsCapabilities.UNKNOWN),
                store.sizes(),
                context.environment());
    }

    /** What tells this bucket from others. */
    public BucketRef ref() {
        return new BucketRef("gs", google ? "" : root.getAuthority(), "", bucket, userProject.orElse(""));
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    private static void requireUsable(StoreSettings store, String bucket) {
        String where = "gs://" + Displays.escaped(bucket);
        if (!BUCKET.matcher(bucket).matches()) {
            throw new InvalidRequestException(where + ": not a bucket's name: 3 to 222 lower-case letters, digits,"
                    + " dots, dashes and underscores, with a letter or digit at both ends");
        }
        if (store.expectedBucketOwner().isPresent()) {
            throw new InvalidRequestException(
                    where + ": expected-bucket-owner is S3's; the names of gs:// buckets" + " are unique as they are");
        }
        if (store.profile().isPresent() || store.roleArn().isPresent()) {
            throw new InvalidRequestException(where + ": profile and role-arn are S3's; a gs:// store finds its"
                    + " credentials in GOOGLE_APPLICATION_CREDENTIALS or the machine's own");
        }
        if (store.write().sse().isPresent()) {
            throw new InvalidRequestException(
                    where + ": sse is S3's; a gs:// bucket encrypts by itself, with kms-key where one is given");
        }
    }

    private static Optional<String> userProject(StoreSettings store, StoreContext context) {
        if (!store.requesterPays()) {
            return Optional.empty();
        }
        return store.project()
                .filter(value -> !value.isBlank())
                .or(() -> variable(context, "GOOGLE_CLOUD_PROJECT"))
                .or(() -> variable(context, "GCLOUD_PROJECT"))
                .or(() -> {
                    throw new InvalidRequestException(
                            "gs://" + Displays.escaped(store.uri().bucket())
                                    + ": requester-pays needs a project that pays: set the store's project or"
                                    + " GOOGLE_CLOUD_PROJECT");
                });
    }

    private static URI parsed(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String path = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("/+$", "");
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && (scheme.equals("https") || scheme.equals("http"))) {
                return new URI(scheme + "://" + uri.getAuthority() + path + "/");
            }
        } catch (URISyntaxException e) {
            throw unusableEndpoint(e);
        }
        throw unusableEndpoint(new IllegalArgumentException("no host, or more than scheme, host, port and path"));
    }

    private static InvalidRequestException unusableEndpoint(Exception cause) {
        return new InvalidRequestException(
                "the endpoint is not a URL such as https://host:port; credentials and queries don't belong in it",
                cause);
    }

    private static boolean isGoogle(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".googleapis.com");
    }

    private static Optional<String> variable(StoreContext context, String name) {
        return Optional.ofNullable(context.environment().get(name)).filter(value -> !value.isBlank());
    }
}
