package dev.replicator.s3.client;

import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransientStoreException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3CrtAsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.FileDownload;
import software.amazon.awssdk.transfer.s3.model.Upload;

/**
 * The SDK's Transfer Manager over its native client: local files up and down in parallel parts, each part repeated by
 * the client itself, so its failures are final. The native client shows nothing of its requests, so they are counted as
 * it plans them: one for each part, two around an upload, a head before a download; its repeated attempts are not seen.
 * Nobody can stop it between them: where a guard wants to be asked, it is not for uploads. Thread-safe.
 */
public final class NativeTransfers implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration STALLED = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 16;
    private static final AtomicInteger READERS = new AtomicInteger();

    private final StoreContext context;
    private final long part;
    private final S3AsyncClient client;
    private final S3TransferManager manager;
    private final ExecutorService readers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "s3-upload-" + READERS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    NativeTransfers(S3Settings settings, AwsCredentialsProvider credentials, StoreContext context) {
        this.context = context;
        this.part = settings.sizes().part();
        boolean whenSupported = settings.checksums() == Checksums.WHEN_SUPPORTED;
        S3CrtAsyncClientBuilder builder = S3AsyncClient.crtBuilder()
                .credentialsProvider(credentials)
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .minimumPartSizeInBytes(part)
                .thresholdInBytes(settings.sizes().multipartUpload())
                .maxConcurrency(connections(context.bytesInFlight(), part))
                .requestChecksumCalculation(
                        whenSupported
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        whenSupported
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED)
                .retryConfiguration(
                        retry -> retry.numRetries(Math.max(0, context.retry().attempts() - 1)))
                .httpConfiguration(http -> http.connectionTimeout(CONNECT)
                        .connectionHealthConfiguration(
                                health -> health.minimumThroughputInBps(1L).minimumThroughputTimeout(STALLED)));
        settings.endpoint().ifPresent(builder::endpointOverride);
        client = builder.build();
        manager = S3TransferManager.builder().s3Client(client).build();
    }

    /** The native client holds the parts that are on their way in memory. */
    static int connections(long bytesInFlight, long part) {
        return (int) Math.max(1, Math.min(CONNECTIONS, bytesInFlight / part));
    }

    /**
     * Uploads the {@code size} bytes of a stream, which must come fast: the native client waits for them busily. When the
     * stream fails, its parts are removed and nothing shows.
     */
    public PutObjectResponse upload(Call call, PutObjectRequest request, InputStream stream, long size) {
        count(RequestKind.MULTIPART, 2);
        count(RequestKind.PUT, parts(size));
        Upload upload =
                manager.upload(transfer -> transfer.putObjectRequest(request).requestBody(body(stream, size)));
        return finished(call, upload.completionFuture()).response();
    }

    private AsyncRequestBody body(InputStream stream, long size) {
        return AsyncRequestBody.fromInputStream(
                body -> body.inputStream(stream).contentLength(size).executor(readers));
    }

    /**
     * Downloads a whole object over a file.
     *
     * @throws UncheckedIOException when it is the file that can't be written
     */
    public GetObjectResponse download(Call call, GetObjectRequest request, Path file, long size) {
        count(RequestKind.HEAD, 1);
        count(RequestKind.GET, parts(size));
        FileDownload download = manager.downloadFile(
                transfer -> transfer.getObjectRequest(request).destination(file));
        try {
            return finished(call, download.completionFuture()).response();
        } catch (StoreException e) {
            throw LocalFileErrors.in(e)
                    .<RuntimeException>map(UncheckedIOException::new)
                    .orElse(e);
        }
    }

    private long parts(long size) {
        return Math.max(1, (size + part - 1) / part);
    }

    private void count(RequestKind kind, long times) {
        for (long i = 0; i < times; i++) {
            context.meter().count(kind);
        }
    }

    private static <T> T finished(Call call, CompletableFuture<T> transfer) {
        try {
            return transfer.get();
        } catch (InterruptedException e) {
            transfer.cancel(true);
            throw S3Errors.interrupted(call, e);
        } catch (ExecutionException | CompletionException e) {
            StoreException failure = S3Errors.translate(call, e.getCause() == null ? e : e.getCause());
            throw failure instanceof TransientStoreException trouble ? trouble.afterRepeats() : failure;
        }
    }

    @Override
    public void close() {
        manager.close();
        client.close();
        readers.shutdownNow();
    }
}
