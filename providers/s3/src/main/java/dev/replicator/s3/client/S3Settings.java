package dev.replicator.s3.client;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.Displays;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.StoreSettings.PathStyle;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a bucket is reached, decided: what the user set, else the environment, else the SDK's profile files, else what the
 * endpoint implies.
 *
 * @param bucket name, or an access point's ARN with {@code :} before its name
 * @param endpoint the compatible server, or Amazon's host where the user named one; empty for the SDK's choice
 * @param region signing region
 * @param pathStyle whether the bucket is in the path rather than in the host
 * @param amazon whether the service is Amazon's own
 * @param checksums when request checksums are sent
 * @param profile the profile that the user named
 * @param roleArn role to assume
 */
public record S3Settings(
        String bucket,
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        boolean amazon,
        Checksums checksums,
        Optional<String> profile,
        Optional<String> roleArn,
        boolean requesterPays,
        Optional<String> expectedBucketOwner,
        WriteSettings write,
        Set<Capability> capabilities,
        TransferSizes sizes) {

    /** Header of the agreement to pay, with {@link #REQUESTER}. */
    public static final String REQUEST_PAYER = "x-amz-request-payer";

    public static final String REQUESTER = "requester";
    /** Header of the account that the bucket must belong to. */
    public static final String EXPECTED_OWNER = "x-amz-expected-bucket-owner";

    private static final String DEFAULT_REGION = "us-east-1";
    private static final Pattern AMAZON_REGION =
            Pattern.compile("s3(?:-fips)?[.-](?:dualstack\\.)?([a-z]{2}(?:-[a-z]+)+-\\d+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public S3Settings {
        capabilities = Set.copyOf(capabilities);
    }

    /**
     * Decides; reads profile files, sends nothing.
     *
     * @throws InvalidRequestException when the settings can't work
     */
    public static S3Settings resolve(StoreSettings store, StoreContext context, S3Profiles profiles) {
        String bucket = store.uri().bucket();
        BucketNames.requireUsable(bucket);
        Optional<URI> endpoint = endpoint(store, context, profiles);
        boolean amazon = endpoint.isEmpty() || isAmazon(host(endpoint.get()));
        return new S3Settings(
                bucket,
                endpoint,
                region(store, context, profiles, endpoint, amazon),
                isPathStyle(store.pathStyle(), endpoint),
                amazon,
                checksums(store, context),
                store.profile(),
                store.roleArn(),
                store.requesterPays(),
                store.expectedBucketOwner(),
                store.write(),
                store.capabilities().orElse(amazon ? S3Capabilities.AMAZON : S3Capabilities.UNKNOWN),
                store.sizes());
    }

    /** What tells this bucket from others; Amazon's hosts are one service per partition. */
    public BucketRef ref() {
        String identity = roleArn.or(() -> profile).orElse("");
        return new BucketRef("s3", amazon ? partition() : authority(), region, bucket, identity);
    }

    private String authority() {
        URI uri = endpoint.orElseThrow();
        int port = uri.getPort();
        return host(uri) + (port < 0 ? "" : ":" + port);
    }

    private String partition() {
        if (region.startsWith("cn-")) {
            return "amazonaws.com.cn";
        }
        return region.startsWith("us-gov-") ? "us-gov.amazonaws.com" : "";
    }

    private static Optional<URI> endpoint(StoreSettings store, StoreContext context, S3Profiles profiles) {
        boolean ignored = "true".equalsIgnoreCase(context.environment().get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
        Optional<String> text = store.endpoint().filter(value -> !value.isBlank());
        if (text.isEmpty() && !ignored) {
            text = variable(context, "AWS_ENDPOINT_URL_S3")
                    .or(() -> variable(context, "AWS_ENDPOINT_URL"))
                    .or(profiles::endpoint);
        }
        return text.map(S3Settings::parsed);
    }

    private static URI parsed(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && (scheme.equals("https") || scheme.equals("http"))) {
                return uri;
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

    private static String region(
            StoreSettings store, StoreContext context, S3Profiles profiles, Optional<URI> endpoint, boolean amazon) {
        return store.region()
                .filter(value -> !value.isBlank())
                .or(() -> BucketNames.regionOf(store.uri().bucket()))
                .or(() -> endpoint.flatMap(S3Settings::regionOf))
                .or(() -> variable(context, "AWS_REGION"))
                .or(() -> variable(context, "AWS_DEFAULT_REGION"))
                .or(profiles::region)
                .or(() -> amazon ? Optional.empty() : Optional.of(DEFAULT_REGION))
                .orElseThrow(() -> new InvalidRequestException("no region for s3://"
                        + Displays.escaped(store.uri().bucket())
                        + ": set the store's region, AWS_REGION, or the profile's region"
                        + profiles.missing().map(why -> "; " + why).orElse("")));
    }

    private static Optional<String> regionOf(URI endpoint) {
        Matcher matcher = AMAZON_REGION.matcher(host(endpoint));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isPathStyle(PathStyle style, Optional<URI> endpoint) {
        if (style != PathStyle.AUTO) {
            return style == PathStyle.ALWAYS;
        }
        String host = endpoint.map(S3Settings::host).orElse("");
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("[")
                || IPV4.matcher(host).matches();
    }

    /** The environment's word counts where the store's setting is the default. */
    private static Checksums checksums(StoreSettings store, StoreContext context) {
        boolean required = variable(context, "AWS_REQUEST_CHECKSUM_CALCULATION")
                .filter(value -> value.equalsIgnoreCase("when_required"))
                .isPresent();
        return required ? Checksums.WHEN_REQUIRED : store.checksums();
    }

    private static Optional<String> variable(StoreContext context, String name) {
        return Optional.ofNullable(context.environment().get(name)).filter(value -> !value.isBlank());
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean isAmazon(String host) {
        return host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn");
    }
}
