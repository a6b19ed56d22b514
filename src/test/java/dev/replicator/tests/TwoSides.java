package dev.replicator.tests;

import dev.replicator.Replicator;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Stores;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** The façade over a fake S3 server, as an application would hold it. */
final class TwoSides {
    static final Path HERE = Path.of("/");

    private TwoSides() {}

    /** By the server's clock. */
    static Replicator replicator(FakeS3 server) {
        return Replicator.create(Stores.onClassPath(), server.options().clock(), environment(server));
    }

    /** A clock that stands, so that a slow machine's copies are no slow copies, whose sources are looked at again. */
    static Clock standing() {
        return Clock.fixed(Instant.now(), ZoneOffset.UTC);
    }

    static Map<String, String> environment(FakeS3 server) {
        return Map.of("AWS_ENDPOINT_URL", server.endpoint().toString(), "AWS_REGION", "us-east-1");
    }

    /** Makes the SDK's chain find the fake's credentials in this process. */
    static void useCredentials() {
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
    }

    static StoreSettings at(String uri) {
        return StoreSettings.of(StoreUri.parse(uri, HERE));
    }

    static ReplicationJob job(String source, String destination) {
        return ReplicationJob.of(at(source), at(destination)).withRetry(quick());
    }

    static ReplicationJob mirror(String source, String destination) {
        return job(source, destination).withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 100_000, 100));
    }

    /** Retries as many as always, waits that a test can afford. */
    static RetrySettings quick() {
        return new RetrySettings(6, Duration.ofMillis(2), Duration.ofMillis(50), Duration.ofSeconds(30));
    }
}
