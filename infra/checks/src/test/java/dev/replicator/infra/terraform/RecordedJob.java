package dev.replicator.infra.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.CommandProbe;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Versioning;
import dev.replicator.testkit.wire.WireFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One job's life, by the command itself between strict fakes of both clouds, whose logs then hold every request of it. The
 * buckets are called {@code dev} and {@code prod}; those of S3 keep versions.
 */
final class RecordedJob implements AutoCloseable {
    private static final int MIB = 1 << 20;
    private static final int REFUSED = 4;
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ALL = "capabilities: [server-side-copy, create-only-write, conditional-write,"
            + " create-only-copy, conditional-copy, conditional-delete, pinned-read, metadata%s]";

    private final SettableClock clock = new SettableClock(Instant.now());
    private final Path directory;
    private final String source;
    private final String destination;
    final FakeS3 s3 = FakeS3.start(FakeS3Options.strict().withClock(clock).withSmallestPart(1));
    final FakeGcs gcs = FakeGcs.start(FakeGcsOptions.strict().withClock(clock));

    /**
     * @param source {@code s3} or {@code gs}
     * @param options further keys of the job
     */
    RecordedJob(String source, String destination, String options) {
        this.directory = folder();
        this.source = source;
        this.destination = destination;
        for (String bucket : List.of("dev", "prod")) {
            s3.createBucket(bucket);
            s3.bucket(bucket).change(Versioning.ENABLED);
            gcs.createBucket(bucket);
        }
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
        configure(options, "");
        refuseWhatIsNotGranted();
    }

    /** The time of a bucket of Google's is told by a refusal too. */
    private void refuseWhatIsNotGranted() {
        gcs.faults().on(GcsOperation.BUCKET_GET).inject(GcsFault.forbidden());
    }

    private void configure(String options, String write) {
        String file = """
                version: 1
                stores:
                  dev: { uri: "%s://dev", %s, multipart-copy: 1MiB, multipart-upload: 1MiB, part-size: 5MiB }
                  prod: { uri: "%s://prod", %s, multipart-copy: 1MiB, multipart-upload: 1MiB, part-size: 5MiB, write: { %s } }
                jobs:
                  media:
                    source: dev
                    destination: prod
                    retry: { attempts: 2, base: 1ms, max: 2ms }
                    hook: { mode: block, min-interval: 1h, lease-ttl: 5s }
                    %s
                """.formatted(source, capable(source), destination, capable(destination), write, options);
        try {
            Files.writeString(directory.resolve("replicator.yaml"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String capable(String scheme) {
        return ALL.formatted(scheme.equals("s3") ? ", tags, etags" : "");
    }

    /** Runs a command that ends so. */
    void run(int code, String... words) {
        clock.advance(Duration.ofSeconds(3));
        CommandProbe.Ended ended = CommandProbe.run(
                List.of(words),
                Map.of(
                        "HOME", directory.toString(),
                        "AWS_ENDPOINT_URL", s3.endpoint().toString(),
                        "AWS_REGION", "us-east-1",
                        "STORAGE_EMULATOR_HOST", gcs.endpoint().toString()),
                directory,
                clock);
        assertThat(ended.code())
                .as("replicator %s%n%s%n%s", List.of(words), ended.out(), ended.err())
                .isEqualTo(code);
    }

    void hook(int code, String deployment, String... more) {
        List<String> words = new ArrayList<>(
                List.of("hook", "media", "--env", "production", "--deployment-id", deployment, "--on-failure", "fail"));
        words.addAll(List.of(more));
        run(code, words.toArray(String[]::new));
    }

    /** Everything that a job does which copies: all commands, large and small objects, tags, metadata, failures. */
    void live() {
        begin();
        hook(0, "v1");
        run(0, "status", "media", "--counts");
        run(0, "validate", "media", "--deep");

        removeFromDestination("page/2");
        run(3, "drift", "media");
        run(0, "plan", "media", "--out", "media.plan");
        run(0, "apply", "media.plan");
        goOn();
    }

    /** The same without the commands that only look, and without a written plan. */
    void liveBriefly() {
        begin();
        goOn();
    }

    private void begin() {
        for (int i = 0; i < 20; i++) {
            put("page/" + i, "page " + i);
        }
        put("tagged", "with tags");
        putLarge("large");
        hook(0, "v1");
    }

    private void goOn() {
        put("page/1", "another page 1");
        describe("tagged");
        put("page/4", "page 4, whose write is not answered");
        loseAnswers("page/4");
        run(0, "sync", "media");
        leaveAnUploadBehind();
        hook(0, "v2", "--again");
    }

    private void loseAnswers(String key) {
        s3.faults().on(S3Operation.PUT_OBJECT).key(key).times(2).inject(Fault.dropAfterCommit());
        gcs.faults().on(GcsOperation.INSERT).key(key).times(2).inject(WireFault.dropAfterCommit());
    }

    /** An upload in parts that could be neither finished nor aborted: the next run sweeps it. */
    private void leaveAnUploadBehind() {
        putLarge("late");
        s3.faults()
                .on(S3Operation.UPLOAD_PART, S3Operation.UPLOAD_PART_COPY, S3Operation.ABORT_MULTIPART_UPLOAD)
                .inject(Fault.accessDenied());
        gcs.faults()
                .on(GcsOperation.RESUMABLE_CHUNK, GcsOperation.REWRITE)
                .key("late")
                .inject(GcsFault.forbidden());
        hook(REFUSED, "v2", "--again");
        s3.faults().clear();
        gcs.faults().clear();
        refuseWhatIsNotGranted();
    }

    /** The source loses what a job that mirrors then deletes. */
    void mirror() {
        configure("delete: { mode: mirror, max-percent: 50 }", "");
        removeFromSource("page/3");
        run(0, "sync", "media", "--yes");
    }

    /** Metadata that changed alone are carried over. */
    void updateMetadata() {
        configure("metadata: { compare: true }", "");
        describe("page/5");
        describe("large");
        run(0, "sync", "media");
    }

    /** Written objects get an ACL. */
    void writeAcls() {
        configure("", "acl: bucket-owner-full-control");
        put("page/6", "another page 6");
        run(0, "sync", "media");
    }

    /** Large objects go as components. */
    void compose() {
        configure("", "composite-uploads: true");
        putLarge("huge", 21 * MIB);
        run(0, "sync", "media");
    }

    void put(String key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (source.equals("s3")) {
            Map<String, String> tags = key.equals("tagged") ? Map.of("team", "media") : Map.of();
            s3.put("dev", key, bytes, Attributes.DEFAULT.withTags(tags));
        } else {
            gcs.put("dev", key, bytes, ObjectFields.NONE.withText("contentType", "text/plain"));
        }
    }

    private void putLarge(String key) {
        putLarge(key, MIB + 1);
    }

    private void putLarge(String key, int size) {
        if (source.equals("s3")) {
            s3.putSynthetic("dev", key, size, 7);
            s3.setAttributes("dev", key, attributes -> attributes.withTags(Map.of("team", "media")));
            s3.setLastModified("dev", key, LONG_AGO);
        } else {
            gcs.putSynthetic("dev", key, size, 7);
        }
    }

    /** Other metadata, the same bytes. */
    private void describe(String key) {
        if (source.equals("s3")) {
            s3.setAttributes("dev", key, attributes -> attributes.withMetadata(Map.of("caption", "new")));
        } else {
            gcs.patch("dev", key, fields -> fields.withMetadata(Map.of("caption", "new")));
        }
    }

    private void removeFromDestination(String key) {
        remove(destination, "prod", key);
    }

    private void removeFromSource(String key) {
        remove(source, "dev", key);
    }

    private void remove(String scheme, String bucket, String key) {
        if (scheme.equals("s3")) {
            s3.delete(bucket, key);
        } else {
            gcs.delete(bucket, key);
        }
    }

    /** For the file and the command's state. */
    private static Path folder() {
        try {
            return Files.createTempDirectory("recorded");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        s3.close();
        gcs.close();
        try (Stream<Path> left = Files.walk(directory)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
