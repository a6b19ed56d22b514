package dev.replicator.s3.client;

import dev.replicator.store.Displays;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.remote.ServerTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK's clients of one bucket over one pool of connections, each built when it is first needed: for single requests
 * (one attempt: retries are a decorator's), for the parts of a large object (repeated by the SDK from the context's
 * retry settings), and for native transfers of local files. Thread-safe.
 */
public final class S3Clients implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 512;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Longest silence of a server; a copy of 5 GiB within one server may take that long before it says a word. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private enum Use {
        SINGLE,
        PARTS
    }

    private final S3Settings settings;
    private final S3Profiles profiles;
    private final StoreContext context;
    private final ServerTime time;
    private final SdkHttpClient http;
    private final S3Credentials credentials;
    private final Map<String, S3Client> clients = new ConcurrentHashMap<>();
    private Optional<NativeTransfers> transfers = Optional.empty();
    private volatile boolean closed;

    /** Sends nothing. */
    public S3Clients(S3Settings settings, S3Profiles profiles, StoreContext context) {
        this.settings = settings;
        this.profiles = profiles;
        this.context = context;
        this.time = new ServerTime(context.clock());
        this.http = Apache5HttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(CONNECT.multipliedBy(6))
                .socketTimeout(SILENCE)
                .tcpKeepAlive(true)
                .build();
        this.credentials = S3Credentials.of(settings, profiles, context, http);
    }

    /** One attempt per call. */
    public S3Client single() {
        return client(Use.SINGLE, settings.region());
    }

    /** One attempt per call, in another region of the same service. */
    public S3Client singleIn(String region) {
        return client(Use.SINGLE, region.isEmpty() ? settings.region() : region);
    }

    /** Repeats a failed call by the context's retry settings. */
    public S3Client parts() {
        return client(Use.PARTS, settings.region());
    }

    /** Transfers of local files in parallel parts; loads native code when first used, which takes about a second. */
    public synchronized NativeTransfers transfers() {
        requireOpen();
        if (transfers.isEmpty()) {
            transfers = Optional.of(new NativeTransfers(settings, credentials, context));
        }
        return transfers.get();
    }

    /** Whether every mutating request must be announced before it is sent, which native transfers can't. */
    public boolean isGuarded() {
        return context.meter().isGuarded();
    }

    /** For requests of {@link #single} that no layer above may repeat. */
    public RetrySettings retry() {
        return context.retry();
    }

    public SdkHttpClient http() {
        requireOpen();
        return http;
    }

    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    public ServerTime time() {
        return time;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store s3://" + Displays.escaped(settings.bucket()) + " is closed");
        }
    }

    private S3Client client(Use use, String region) {
        requireOpen();
        return clients.computeIfAbsent(use + " " + region, name -> build(use, region));
    }

    private S3Client build(Use use, String region) {
        boolean whenSupported = settings.checksums() == Checksums.WHEN_SUPPORTED;
        S3ClientBuilder client = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(Region.of(region))
                .forcePathStyle(settings.pathStyle())
                .useArnRegion(true)
                .requestChecksumCalculation(
                        whenSupported
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        whenSupported
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        s3 -> s3.expectContinueEnabled(settings.amazon()).chunkedEncodingEnabled(whenSupported))
                .overrideConfiguration(override(use));
        settings.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private ClientOverrideConfiguration override(Use use) {
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(new RequestWatch(context.meter(), time, settings))
                .retryStrategy(use == Use.SINGLE ? AwsRetryStrategy.doNotRetry() : repeated(context.retry()))
                .defaultProfileFileSupplier(profiles.files())
                .defaultProfileName(profiles.name())
                .build();
    }

    private static RetryStrategy repeated(RetrySettings retry) {
        BackoffStrategy backoff = BackoffStrategy.exponentialDelay(retry.base(), retry.max());
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(retry.attempts())
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .build();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        transfers.ifPresent(NativeTransfers::close);
        clients.values().forEach(S3Client::close);
        credentials.close();
        http.close();
    }
}
