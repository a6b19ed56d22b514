package dev.replicator.s3.object;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Sends an empty object without the {@code aws-chunked} framing, which has nothing to frame: over plain HTTP Ceph 16
 * refuses a signed stream of no bytes as XAmzContentSHA256Mismatch.
 */
final class EmptyBodies {
    private static final S3AuthSchemeProvider USUAL = S3AuthSchemeProvider.defaultProvider();
    private static final SdkPlugin UNFRAMED = EmptyBodies::configure;

    private EmptyBodies() {}

    static PutObjectRequest unframed(PutObjectRequest request) {
        AwsRequestOverrideConfiguration.Builder override = request.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder);
        return request.toBuilder()
                .overrideConfiguration(override.addPlugin(UNFRAMED).build())
                .build();
    }

    private static void configure(SdkServiceClientConfiguration.Builder client) {
        if (client instanceof S3ServiceClientConfiguration.Builder s3) {
            s3.authSchemeProvider(parameters -> USUAL.resolveAuthScheme(parameters).stream()
                    .map(EmptyBodies::unframed)
                    .toList());
        }
    }

    private static AuthSchemeOption unframed(AuthSchemeOption option) {
        return option.toBuilder()
                .putSignerProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, false)
                .build();
    }
}
