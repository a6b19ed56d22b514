package dev.replicator.testkit.s3;

import dev.replicator.testkit.http.HttpServer;
import dev.replicator.testkit.http.Pause;
import dev.replicator.testkit.log.RequestLog;
import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.objects.KeyOrder;
import dev.replicator.testkit.s3.api.S3Handler;
import dev.replicator.testkit.s3.auth.CredentialStore;
import dev.replicator.testkit.s3.auth.SignatureVerifier;
import dev.replicator.testkit.s3.log.LoggedRequest;
import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.model.Weakness;
import dev.replicator.testkit.s3.request.ServiceSettings;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Bucket;
import dev.replicator.testkit.s3.store.BucketSettings;
import dev.replicator.testkit.s3.store.Buckets;
import dev.replicator.testkit.s3.store.ContentDigest;
import dev.replicator.testkit.s3.store.Draft;
import dev.replicator.testkit.s3.store.History;
import dev.replicator.testkit.s3.store.MultipartUpload;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.WriteCondition;
import dev.replicator.testkit.wire.FaultScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;

/**
 * An S3 server in this JVM, on 127.0.0.1, as strict as S3 where emulators are sloppy: signatures, checksums,
 * preconditions (atomic), key order, any key of up to 1,024 bytes. It can be told to misbehave by {@link #faults()},
 * remembers what it was asked in {@link #log()}, and lets tests reach its objects past HTTP. Safe for many threads.
 * Everything is in memory, and gone after {@link #close()}, which also ends every wait and open connection.
 */
public final class FakeS3 implements AutoCloseable {
    private final FakeS3Options options;
    private final Buckets buckets;
    private final CredentialStore credentials;
    private final FaultScript<S3Operation, S3Call> faults;
    private final RequestLog<S3Operation, LoggedRequest> log;
    private final Pause pause;
    private final HttpServer server;

    private FakeS3(FakeS3Options options, ServerSocketFactory sockets) {
        this.options = options;
        this.pause = new Pause();
        this.credentials = new CredentialStore(options.credentials());
        this.faults = new FaultScript<>();
        this.log = new RequestLog<>(options.logLimit(), S3Operation.class);
        this.buckets = new Buckets(options.clock(), order(options), gap(options, pause));
        ServiceSettings settings = new ServiceSettings(
                options.region(), options.ownerId(), options.clock(), options.weaknesses(), options.smallestPart());
        SignatureVerifier verifier =
                new SignatureVerifier(credentials, options.clock(), options.region(), options.anonymousAllowed());
        S3Handler.Behaviour behaviour = new S3Handler.Behaviour(faults, log, pause, options.latency());
        S3Handler handler = new S3Handler(buckets, settings, verifier, behaviour);
        try {
            this.server = HttpServer.start(options.port(), sockets, handler);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + options.port(), e);
        }
    }

    /** Starts a strict server. */
    public static FakeS3 start() {
        return start(FakeS3Options.strict());
    }

    /** Starts a server; it serves when this returns. */
    public static FakeS3 start(FakeS3Options options) {
        return start(options, HttpServer.sockets());
    }

    /** Starts a server that listens on such sockets; with TLS those of an {@link javax.net.ssl.SSLContext}. */
    public static FakeS3 start(FakeS3Options options, ServerSocketFactory sockets) {
        return new FakeS3(options, sockets);
    }

    public URI endpoint() {
        return server.endpoint();
    }

    public FakeS3Options options() {
        return options;
    }

    /** What is to go wrong. */
    public FaultScript<S3Operation, S3Call> faults() {
        return faults;
    }

    /** What was asked. */
    public RequestLog<S3Operation, LoggedRequest> log() {
        return log;
    }

    /** Accepts further credentials, or the same ones again after they expired. */
    public void accept(FakeCredentials more) {
        credentials.add(more);
    }

    /** Answers {@code ExpiredToken} to this access key after so many further requests. */
    public void expireCredentials(String accessKey, long afterRequests) {
        credentials.expireAfter(accessKey, afterRequests);
    }

    public void createBucket(String bucket) {
        createBucket(bucket, BucketSettings.ORDINARY);
    }

    public void createBucket(String bucket, BucketSettings settings) {
        buckets.create(bucket, settings);
    }

    /** A bucket's state, to look at it or to change its settings and versioning. */
    public Bucket bucket(String bucket) {
        return buckets.get(bucket);
    }

    /** Writes an object unconditionally and past HTTP: nothing is logged. */
    public StoredObject put(String bucket, String key, byte[] bytes) {
        return put(bucket, key, bytes, Attributes.DEFAULT);
    }

    public StoredObject put(String bucket, String key, byte[] bytes, Attributes attributes) {
        return write(bucket, Draft.of(key, Content.of(bytes.clone()), attributes));
    }

    /** Writes an object of generated bytes, which takes no memory however large it is. */
    public StoredObject putSynthetic(String bucket, String key, long length, long seed) {
        return write(bucket, Draft.of(key, Content.synthetic(seed, length), Attributes.DEFAULT));
    }

    /** Fills a bucket with {@code count} objects of the same {@code size} bytes; a few microseconds each. */
    public void populate(String bucket, int count, IntFunction<String> key, int size) {
        Draft pattern = Draft.of("pattern", Content.synthetic(0, size), Attributes.DEFAULT);
        Bucket filled = buckets.get(bucket);
        for (int i = 0; i < count; i++) {
            filled.write(pattern.named(key.apply(i)), new WriteCondition.None());
        }
    }

    /** The bytes of the object a key shows. */
    public Optional<byte[]> get(String bucket, String key) {
        return find(bucket, key).map(object -> ContentDigest.bytes(object.content()));
    }

    /** The object a key shows. */
    public Optional<StoredObject> find(String bucket, String key) {
        return buckets.get(bucket).current(key);
    }

    /** The keys that show an object, in the bucket's order. */
    public List<String> keys(String bucket) {
        return objects(bucket).stream().map(StoredObject::key).toList();
    }

    /** The objects that keys show, in the bucket's order. */
    public List<StoredObject> objects(String bucket) {
        return buckets.get(bucket).keys().values().stream()
                .map(History::current)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Deletes as an unconditional request would; not logged. */
    public void delete(String bucket, String key) {
        buckets.get(bucket).delete(key, new WriteCondition.None());
    }

    /** Changes an object's time as no request can. */
    public void setLastModified(String bucket, String key, Instant time) {
        amend(bucket, key, object -> object.withLastModified(time));
    }

    /** Changes what an object carries beside its bytes, as no request can: {@code storageClass}, a lock, tags. */
    public void setAttributes(String bucket, String key, UnaryOperator<Attributes> change) {
        amend(bucket, key, object -> object.withAttributes(change.apply(object.attributes())));
    }

    /** The keys of uploads that were neither completed nor aborted. */
    public List<String> unfinishedUploads(String bucket) {
        return buckets.get(bucket).uploads().values().stream()
                .map(MultipartUpload::key)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        pause.release();
        server.close();
    }

    private StoredObject write(String bucket, Draft draft) {
        return buckets.get(bucket).write(draft, new WriteCondition.None());
    }

    private void amend(String bucket, String key, UnaryOperator<StoredObject> change) {
        StoredObject object = find(bucket, key)
                .orElseThrow(() -> new NoSuchElementException("no object " + key + " in bucket " + bucket));
        buckets.get(bucket).amend(object, change);
    }

    private static KeyOrder order(FakeS3Options options) {
        if (options.weaknesses().contains(Weakness.UNORDERED_LISTING)) {
            return KeyOrder.SCATTERED;
        }
        return options.weaknesses().contains(Weakness.UTF16_ORDER) ? KeyOrder.UTF16 : KeyOrder.UTF8;
    }

    private static Optional<Runnable> gap(FakeS3Options options, Pause pause) {
        return options.weaknesses().contains(Weakness.NON_ATOMIC_CONDITIONS)
                ? Optional.of(() -> pause.await(options.gap()))
                : Optional.empty();
    }
}
