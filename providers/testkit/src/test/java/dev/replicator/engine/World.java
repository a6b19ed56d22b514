package dev.replicator.engine;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.Stores;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.SettableClock;
import dev.replicator.testkit.StoreCall;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBucket;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryObject;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A source bucket {@code dev} and a destination bucket {@code prod} in one memory service, each opened by the façade
 * behind a store that fails on cue.
 */
final class World {
    /** Six tries like the default, without its waits. */
    static final RetrySettings QUICK =
            new RetrySettings(6, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

    final MemoryBuckets buckets;
    final SettableClock clock;
    final MemoryBucket dev;
    final MemoryBucket prod;
    final Side source;
    final Side destination;
    final Replicator replicator;

    World() {
        this(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE);
    }

    World(MemoryOptions sourceOptions, MemoryOptions destinationOptions) {
        this(sourceOptions, destinationOptions, true);
    }

    /** The same buckets and clock, of one service, behind stores of another kind. */
    World(World other, MemoryOptions sourceOptions, MemoryOptions destinationOptions) {
        this(other.buckets, other.clock, sourceOptions, destinationOptions, true);
    }

    private World(MemoryOptions sourceOptions, MemoryOptions destinationOptions, boolean oneService) {
        this(new MemoryBuckets(), new SettableClock(), sourceOptions, destinationOptions, oneService);
    }

    private World(
            MemoryBuckets buckets,
            SettableClock clock,
            MemoryOptions sourceOptions,
            MemoryOptions destinationOptions,
            boolean oneService) {
        this.buckets = buckets;
        this.clock = clock;
        dev = buckets.create("dev");
        MemoryBuckets others = oneService ? buckets : new MemoryBuckets();
        prod = others.create("prod");
        source = new Side(new MemoryStoreProvider(buckets, sourceOptions));
        destination = new Side(new MemoryStoreProvider(others, destinationOptions));
        replicator = Replicator.create(Stores.of(new Provider()), clock, Map.of());
    }

    /** Every byte goes through this process: the destination can't copy by itself. */
    static World streaming() {
        return new World(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.SERVER_SIDE_COPY));
    }

    /** Each bucket in a service of its own, with a clock of its own; every byte goes through this process. */
    static World apart(MemoryOptions sourceOptions, MemoryOptions destinationOptions) {
        return new World(sourceOptions, destinationOptions, false);
    }

    private final class Provider implements StoreProvider {
        @Override
        public String scheme() {
            return "memory";
        }

        @Override
        public ObjectStore open(StoreSettings settings, StoreContext context) {
            boolean isSource = settings.uri().bucket().equals("dev");
            return (isSource ? source : destination).open(settings, context);
        }
    }

    /** One side's way from the façade to the bucket. */
    static final class Side {
        private final MemoryStoreProvider provider;
        private final List<Consumer<FaultyStore>> scripts = new CopyOnWriteArrayList<>();
        private final List<FaultyStore> opened = new CopyOnWriteArrayList<>();
        private UnaryOperator<ObjectStore> wrapping = store -> store;
        private boolean counted = true;

        Side(MemoryStoreProvider provider) {
            this.provider = provider;
        }

        private ObjectStore open(StoreSettings settings, StoreContext context) {
            FaultyStore faulty =
                    new FaultyStore(provider.open(settings, counted ? context : context.withMeter(new RequestMeter())));
            scripts.forEach(script -> script.accept(faulty));
            opened.add(faulty);
            return wrapping.apply(faulty);
        }

        /** Adds to the script of every store that is opened from now on. */
        Side fails(Consumer<FaultyStore> script) {
            scripts.add(script);
            return this;
        }

        /** Puts a store of the test's own around the one that fails on cue. */
        Side wrapped(UnaryOperator<ObjectStore> value) {
            wrapping = value;
            return this;
        }

        /** The store forgets to count its requests, so the run's meter never sees them. */
        Side uncounted() {
            counted = false;
            return this;
        }

        /** From now on nothing fails. */
        void heal() {
            scripts.clear();
            wrapping = store -> store;
        }

        List<StoreCall> calls(StoreOperation operation) {
            return opened.stream()
                    .flatMap(store -> store.calls(operation).stream())
                    .toList();
        }

        /** Keys of these calls, in the order they came. */
        List<String> keys(StoreOperation operation) {
            return calls(operation).stream()
                    .map(call -> call.key().orElseThrow().text())
                    .toList();
        }

        List<StoreCall> mutations() {
            return opened.stream().flatMap(store -> store.mutations().stream()).toList();
        }

        void forgetCalls() {
            opened.clear();
        }
    }

    /** Ten seconds pass, then the object is there. */
    World put(MemoryBucket bucket, String key, String text) {
        clock.advance(Duration.ofSeconds(10));
        bucket.put(key, text, clock.instant());
        return this;
    }

    /** {@code count} objects of distinct content under {@code prefix}. */
    World fill(MemoryBucket bucket, String prefix, int count) {
        clock.advance(Duration.ofSeconds(10));
        Instant now = clock.instant();
        for (int i = 0; i < count; i++) {
            bucket.put(String.format("%s%05d", prefix, i), "content " + i, now);
        }
        return this;
    }

    static ReplicationJob job() {
        return job("memory://dev", "memory://prod");
    }

    static ReplicationJob job(String source, String destination) {
        Path here = Path.of("/");
        return ReplicationJob.of(StoreUri.parse(source, here), StoreUri.parse(destination, here))
                .withRetry(QUICK);
    }

    /** Mirrors, with limits that nothing here reaches. */
    static ReplicationJob mirror() {
        return mirror(job());
    }

    static ReplicationJob mirror(ReplicationJob job) {
        return job.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 1_000_000, 100));
    }

    RunReport run(ReplicationJob job) {
        return run(job, RunOptions.defaults());
    }

    /** A minute passes, so that nothing is in doubt, then the job runs. */
    RunReport run(ReplicationJob job, RunOptions options) {
        clock.advance(Duration.ofMinutes(1));
        return replicator.run(job, options);
    }

    /** What is in a bucket, as text by key. */
    static Map<String, String> texts(MemoryBucket bucket) {
        Map<String, String> texts = new TreeMap<>();
        for (ObjectKey key : bucket.keys()) {
            texts.put(key.text(), bucket.get(key).map(MemoryObject::text).orElse("(gone)"));
        }
        return texts;
    }
}
