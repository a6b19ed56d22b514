package dev.replicator.s3.client;

import dev.replicator.store.CredentialsException;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Where credentials come from: a profile that the store names, else the keys of the context's environment, else the
 * SDK's default chain; with a role, these assume it. Failing to find any is a {@link CredentialsException}, thrown
 * through the SDK. Shows no secret in {@code toString}. Thread-safe.
 */
final class S3Credentials implements AwsCredentialsProvider, SdkAutoCloseable {
    private final AwsCredentialsProvider delegate;
    private final String why;

    /** @param why what is known beforehand to be wrong; may be empty */
    private S3Credentials(AwsCredentialsProvider delegate, String why) {
        this.delegate = delegate;
        this.why = why;
    }

    static S3Credentials of(S3Settings settings, S3Profiles profiles, StoreContext context, SdkHttpClient http) {
        AwsCredentialsProvider base = base(settings, profiles, context.environment());
        return new S3Credentials(
                settings.roleArn()
                        .map(role -> AssumedRole.of(role, settings.region(), base, context.environment(), http))
                        .orElse(base),
                profiles.missing().map(reason -> reason + ": ").orElse(""));
    }

    private static AwsCredentialsProvider base(
            S3Settings settings, S3Profiles profiles, Map<String, String> environment) {
        if (settings.profile().isPresent()) {
            return ProfileCredentialsProvider.builder()
                    .profileFile(profiles.files())
                    .profileName(profiles.name())
                    .build();
        }
        return fromEnvironment(environment)
                .<AwsCredentialsProvider>map(keys -> () -> keys)
                .orElseGet(() -> DefaultCredentialsProvider.builder()
                        .profileFile(profiles.files())
                        .profileName(profiles.name())
                        .build());
    }

    private static Optional<AwsCredentials> fromEnvironment(Map<String, String> environment) {
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "").strip();
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "").strip();
        String session = environment.getOrDefault("AWS_SESSION_TOKEN", "").strip();
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                session.isEmpty()
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, session));
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return delegate.resolveCredentials();
        } catch (StoreException e) {
            throw e;
        } catch (SdkException | IllegalArgumentException e) {
            throw new CredentialsException(
                    "no credentials for S3: " + why
                            + "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or run where a"
                            + " role is attached",
                    e);
        }
    }

    @Override
    public void close() {
        if (delegate instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    @Override
    public String toString() {
        return "S3Credentials";
    }
}
