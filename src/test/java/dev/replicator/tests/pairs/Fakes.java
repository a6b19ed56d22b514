package dev.replicator.tests.pairs;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.Stores;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.model.Weakness;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Strict fakes of both clouds and a place for directories, and the product over them. Parts are 1 MiB. */
final class Fakes implements AutoCloseable {
    /** What goes in one request at most, and the least that parts are. */
    static final int PART = 1 << 20;

    static final TransferSizes SIZES = new TransferSizes(PART, PART, PART);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** The product's clock, and that of all sides unless said otherwise. It stands, near to now: S3 checks that. */
    final SettableClock clock = new SettableClock(Instant.now());

    final FakeS3 s3;
    final FakeGcs gcs;
    final Replicator replicator = Replicator.create(Stores.onClassPath(), clock, Map.of());
    private final Path directory;

    /** @param weaknesses in which the fake falls short of S3 */
    Fakes(Path directory, Weakness... weaknesses) {
        this.directory = directory;
        s3 = FakeS3.start(
                FakeS3Options.strict().withClock(clock).withSmallestPart(1).with(weaknesses));
        gcs = FakeGcs.start(FakeGcsOptions.strict().withClock(clock));
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
    }

    void setToNow() {
        clock.set(Instant.now());
    }

    /** A new, empty bucket or directory. */
    Side open(Kind kind) {
        String name = "side-" + NUMBERS.incrementAndGet();
        return switch (kind) {
            case S3 -> {
                s3.createBucket(name);
                yield new S3Side(s3, name, SIZES);
            }
            case GCS -> {
                gcs.createBucket(name);
                yield new GcsSide(gcs, name, SIZES);
            }
            case DIRECTORY -> directory(name, clock);
        };
    }

    private Side directory(String name, Clock files) {
        Path root = directory.resolve(name);
        root.toFile().mkdir();
        return new DirectorySide(root, files, SIZES);
    }

    /** Everything of one to the other, with as many retries as always and waits that a test can afford. */
    static ReplicationJob job(Side source, Side destination) {
        return ReplicationJob.of(source.settings(), destination.settings())
                .withRetry(new RetrySettings(6, Duration.ofMillis(2), Duration.ofMillis(50), Duration.ofSeconds(30)));
    }

    /** The keys of uploads that were begun and neither finished nor given up. */
    List<String> unfinishedUploads(Side side) {
        if (side instanceof S3Side in) {
            return s3.unfinishedUploads(in.bucket());
        }
        return side instanceof GcsSide in ? gcs.unfinishedUploads(in.bucket()) : List.of();
    }

    RunReport run(ReplicationJob job) {
        return replicator.run(job, RunOptions.defaults());
    }

    @Override
    public void close() {
        s3.close();
        gcs.close();
    }
}
