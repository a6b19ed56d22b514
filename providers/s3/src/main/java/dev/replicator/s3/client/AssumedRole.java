package dev.replicator.s3.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Assumes a role with other credentials and renews it before it expires. */
final class AssumedRole {
    private static final String SESSION = "replicator";

    private AssumedRole() {}

    static AwsCredentialsProvider of(
            String role,
            String region,
            AwsCredentialsProvider base,
            Map<String, String> environment,
            SdkHttpClient http) {
        StsClientBuilder client = StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(base)
                .httpClient(http);
        Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_STS"))
                .filter(url -> !url.isBlank())
                .ifPresent(url -> client.endpointOverride(URI.create(url)));
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client.build())
                .refreshRequest(request -> request.roleArn(role).roleSessionName(SESSION))
                .build();
    }
}
