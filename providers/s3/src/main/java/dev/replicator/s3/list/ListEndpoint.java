package dev.replicator.s3.list;

import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Where a bucket's listing is asked for and how that is signed, by the SDK's own endpoint rules (virtual hosts, access
 * points, partitions, FIPS, dual stack).
 *
 * @param url scheme, host, port and path of the bucket
 */
record ListEndpoint(URI url, String signingRegion, String signingName) {
    static ListEndpoint of(S3Settings settings) {
        S3EndpointParams.Builder params = S3EndpointParams.builder()
                .bucket(settings.bucket())
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .useArnRegion(true)
                .useGlobalEndpoint(false);
        if (settings.endpoint().isPresent()) {
            params.endpoint(settings.endpoint().get().toString());
        } else {
            params.useFips(FipsEnabledProvider.builder().build().isFipsEnabled().orElse(false));
            params.useDualStack(DualstackEnabledProvider.builder()
                    .build()
                    .isDualstackEnabled()
                    .orElse(false));
        }
        try {
            Endpoint endpoint = S3EndpointProvider.defaultProvider()
                    .resolveEndpoint(params.build())
                    .join();
            return signedFor(endpoint, settings);
        } catch (SdkClientException | CompletionException e) {
            throw new InvalidRequestException("list s3://" + settings.bucket() + ": no endpoint: " + e.getMessage(), e);
        }
    }

    private static ListEndpoint signedFor(Endpoint endpoint, S3Settings settings) {
        List<EndpointAuthScheme> schemes = endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES);
        for (EndpointAuthScheme scheme : schemes == null ? List.<EndpointAuthScheme>of() : schemes) {
            if (scheme instanceof SigV4AuthScheme sigV4) {
                String region = sigV4.signingRegion() == null ? settings.region() : sigV4.signingRegion();
                String name = sigV4.signingName() == null ? "s3" : sigV4.signingName();
                return new ListEndpoint(endpoint.endpointUrl().toUri(), region, name);
            }
        }
        return new ListEndpoint(endpoint.endpointUrl().toUri(), settings.region(), "s3");
    }
}
