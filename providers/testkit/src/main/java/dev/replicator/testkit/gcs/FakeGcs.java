package dev.replicator.testkit.gcs;

import dev.replicator.testkit.gcs.api.GcsHandler;
import dev.replicator.testkit.gcs.log.LoggedRequest;
import dev.replicator.testkit.gcs.model.GcsCall;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.gcs.operation.World;
import dev.replicator.testkit.gcs.session.Sessions;
import dev.replicator.testkit.gcs.session.UploadSession;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.gcs.store.Buckets;
import dev.replicator.testkit.gcs.store.Draft;
import dev.replicator.testkit.gcs.store.Fingerprint;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.Preconditions;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.gcs.store.Ticker;
import dev.replicator.testkit.http.HttpServer;
import dev.replicator.testkit.http.Pause;
import dev.replicator.testkit.log.RequestLog;
import dev.replicator.testkit.objects.Content;
import dev.replicator.testkit.wire.FaultScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;

/**
 * A Google Cloud Storage server (its JSON API) in this JVM, on 127.0.0.1, as strict as GCS where emulators are sloppy:
 * generations and preconditions (atomic), checksums, resumable uploads, rewrite tokens, listings' bounds and fields.
 * It can be told to misbehave by {@link #faults()}, remembers what it was asked in {@link #log()}, and lets tests
 * reach its objects past HTTP. Safe for many threads. Everything is in memory, and gone after {@link #close()}, which
 * also ends every wait and open connection.
 *
 * <p>Served: buckets (list, insert, get, patch, delete, testPermissions), objects (list, get, media, insert, patch,
 * update, delete, compose, copy, rewrite, the access control list), resumable uploads and batches. Not served:
 * versioned buckets, soft deletion, notifications, HMAC keys, IAM policies, the XML API, gRPC. Objects of a
 * customer-supplied key can be there, but not be read or written.
 */
public final class FakeGcs implements AutoCloseable {
    private final FakeGcsOptions options;
    private final World world;
    private final FaultScript<GcsOperation, GcsCall> faults;
    private final RequestLog<GcsOperation, LoggedRequest> log;
    private final Pause pause;
    private final HttpServer server;

    private FakeGcs(FakeGcsOptions options, ServerSocketFactory sockets) {
        this.options = options;
        this.pause = new Pause();
        this.faults = new FaultScript<>();
        this.log = new RequestLog<>(options.logLimit(), GcsOperation.class);
        Ticker ticker = new Ticker(options.clock());
        this.world = new World(
                new Buckets(ticker),
                ticker,
                new Sessions<>(),
                new Sessions<>(),
                new World.Limits(options.entriesPerPage(), options.bytesPerRewrite()),
                options.project());
        GcsHandler.Behaviour behaviour = new GcsHandler.Behaviour(faults, log, pause, options.latency());
        try {
            this.server = HttpServer.start(options.port(), sockets, new GcsHandler(world, options.tokens(), behaviour));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + options.port(), e);
        }
    }

    /** Starts a strict server. */
    public static FakeGcs start() {
        return start(FakeGcsOptions.strict());
    }

    /** Starts a server; it serves when this returns. */
    public static FakeGcs start(FakeGcsOptions options) {
        return start(options, HttpServer.sockets());
    }

    /** Starts a server that listens on such sockets; with TLS those of an {@link javax.net.ssl.SSLContext}. */
    public static FakeGcs start(FakeGcsOptions options, ServerSocketFactory sockets) {
        return new FakeGcs(options, sockets);
    }

    public URI endpoint() {
        return server.endpoint();
    }

    public FakeGcsOptions options() {
        return options;
    }

    /** What is to go wrong. */
    public FaultScript<GcsOperation, GcsCall> faults() {
        return faults;
    }

    /** What was asked. */
    public RequestLog<GcsOperation, LoggedRequest> log() {
        return log;
    }

    public void createBucket(String bucket) {
        createBucket(bucket, BucketSettings.ORDINARY);
    }

    public void createBucket(String bucket, BucketSettings settings) {
        world.buckets().create(bucket, settings);
    }

    /** A bucket's state, to look at it or to change its settings. */
    public Bucket bucket(String bucket) {
        return world.buckets().get(bucket);
    }

    /** Writes an object unconditionally and past HTTP: nothing is logged. */
    public StoredObject put(String bucket, String name, byte[] bytes) {
        return put(bucket, name, bytes, ObjectFields.NONE);
    }

    public StoredObject put(String bucket, String name, byte[] bytes, ObjectFields fields) {
        return write(bucket, Draft.of(name, Content.of(bytes.clone()), fields));
    }

    /** Writes an object of generated bytes, which takes no memory however large it is. */
    public StoredObject putSynthetic(String bucket, String name, long length, long seed) {
        return write(bucket, Draft.of(name, Content.synthetic(seed, length), ObjectFields.NONE));
    }

    /** Writes an object as a compose of two others would leave it: without an MD5. */
    public StoredObject putComposed(String bucket, String name, byte[] bytes, ObjectFields fields) {
        Content content = Content.of(bytes.clone());
        Fingerprint fingerprint = new Fingerprint(Fingerprint.of(content).crc32c(), Optional.empty());
        return write(bucket, new Draft(name, content, fingerprint, 2, fields));
    }

    /** Fills a bucket with {@code count} objects of the same {@code size} bytes; a few microseconds each. */
    public void populate(String bucket, int count, IntFunction<String> name, int size) {
        Draft pattern = Draft.of("pattern", Content.synthetic(0, size), ObjectFields.NONE);
        Bucket filled = bucket(bucket);
        for (int i = 0; i < count; i++) {
            filled.write(pattern.named(name.apply(i)), Preconditions.NONE);
        }
    }

    /** The bytes of the live object of a name. */
    public Optional<byte[]> get(String bucket, String name) {
        return find(bucket, name).map(StoredObject::bytes);
    }

    /** The live object of a name. */
    public Optional<StoredObject> find(String bucket, String name) {
        return bucket(bucket).live(name);
    }

    /** The names of live objects, in the order of their UTF-8 bytes. */
    public List<String> keys(String bucket) {
        return List.copyOf(bucket(bucket).objects().keySet());
    }

    /** The live objects, in the order of their names. */
    public List<StoredObject> objects(String bucket) {
        return List.copyOf(bucket(bucket).objects().values());
    }

    /** Deletes as an unconditional request would, but what is not there may be missing; not logged. */
    public void delete(String bucket, String name) {
        if (find(bucket, name).isPresent()) {
            bucket(bucket).delete(name, OptionalLong.empty(), Preconditions.NONE);
        }
    }

    /** Makes an object's next metageneration, as a request would; not logged. */
    public StoredObject patch(String bucket, String name, UnaryOperator<ObjectFields> change) {
        return bucket(bucket)
                .amend(name, OptionalLong.empty(), Preconditions.NONE, object -> change.apply(object.fields()));
    }

    /** Changes when an object was created and updated, as no request can. */
    public void setTimeCreated(String bucket, String name, Instant time) {
        bucket(bucket).backdate(name, time);
    }

    /** The names of resumable uploads that were neither finished nor cancelled. */
    public List<String> unfinishedUploads(String bucket) {
        return world.uploads().all().stream()
                .filter(session ->
                        session.bucket().equals(bucket) && session.result().isEmpty() && !session.cancelled())
                .map((UploadSession session) -> session.terms().name())
                .sorted()
                .toList();
    }

    /** Forgets every resumable upload, as a server may. */
    public void loseUploads() {
        world.uploads().forgetAll();
    }

    /** Forgets every rewrite on its way, as a server may. */
    public void loseRewrites() {
        world.rewrites().forgetAll();
    }

    @Override
    public void close() {
        pause.release();
        server.close();
    }

    private StoredObject write(String bucket, Draft draft) {
        return bucket(bucket).write(draft, Preconditions.NONE);
    }
}
