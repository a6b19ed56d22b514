package dev.replicator.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The least that moving bytes between two clouds can cost: one GET piped into one PUT an object, eight at once, nothing
 * summed, compared or repeated. What the command needs beyond that is its own.
 *
 * <pre>BytePump s3://bucket gs://bucket SIZE KEY…</pre>
 *
 * <p>S3's endpoint and credentials are the SDK's own variables; Cloud Storage's is {@code STORAGE_EMULATOR_HOST}.
 */
public final class BytePump {
    private static final int BUFFER = 128 * 1024;
    private static final int AT_ONCE = 8;

    private BytePump() {}

    public static void main(String[] arguments) throws Exception {
        URI source = URI.create(arguments[0]);
        URI destination = URI.create(arguments[1]);
        long size = Long.parseLong(arguments[2]);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (S3Presigner presigner = S3Presigner.builder()
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            List<Future<?>> moved = new ArrayList<>();
            for (String key : List.of(arguments).subList(3, arguments.length)) {
                URI from = download(presigner, source, key);
                URI to = upload(presigner, destination, key);
                String method = destination.getScheme().equals("gs") ? "POST" : "PUT";
                moved.add(threads.submit(() -> {
                    pump(from, method, to, size);
                    return key;
                }));
            }
            for (Future<?> one : moved) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static URI download(S3Presigner presigner, URI bucket, String key) throws Exception {
        if (bucket.getScheme().equals("gs")) {
            return google("/download/storage/v1/b/" + bucket.getHost() + "/o/" + encoded(key) + "?alt=media");
        }
        return presigner
                .presignGetObject(request -> request.signatureDuration(Duration.ofHours(1))
                        .getObjectRequest(get -> get.bucket(bucket.getHost()).key(key)))
                .url()
                .toURI();
    }

    private static URI upload(S3Presigner presigner, URI bucket, String key) throws Exception {
        if (bucket.getScheme().equals("gs")) {
            return google("/upload/storage/v1/b/" + bucket.getHost() + "/o?uploadType=media&name=" + encoded(key));
        }
        return presigner
                .presignPutObject(request -> request.signatureDuration(Duration.ofHours(1))
                        .putObjectRequest(put -> put.bucket(bucket.getHost()).key(key)))
                .url()
                .toURI();
    }

    private static URI google(String path) {
        return URI.create(System.getenv("STORAGE_EMULATOR_HOST") + path);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void pump(URI from, String method, URI to, long size) throws IOException {
        HttpURLConnection put = (HttpURLConnection) to.toURL().openConnection();
        put.setRequestMethod(method);
        put.setDoOutput(true);
        put.setFixedLengthStreamingMode(size);
        put.setRequestProperty("Content-Type", "application/octet-stream");
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.toURL().openStream();
                OutputStream out = put.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
        if (put.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(method + " " + to.getHost() + ": " + put.getResponseCode());
        }
        put.getInputStream().close();
    }
}
