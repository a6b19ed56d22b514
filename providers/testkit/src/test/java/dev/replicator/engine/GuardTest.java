package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.execute.MutationGuard;
import dev.replicator.execute.Problem;
import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.Stores;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryBuckets;
import dev.replicator.testkit.memory.MemoryOptions;
import dev.replicator.testkit.memory.MemoryStoreProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The right to change things is lost in the middle of a run: nothing is sent any more. */
class GuardTest {
    private static ReplicationJob oneAtATime() {
        return World.mirror().withTransfer(TransferSettings.DEFAULT.withConcurrency(1));
    }

    private static World world(boolean streaming) {
        World world = streaming ? World.streaming() : new World();
        world.fill(world.dev, "new/", 4);
        world.fill(world.prod, "extra/", 3);
        return world;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsSentOnceTheGuardSaidNo(boolean streaming) {
        int checks = checksOfAWholeRun(streaming);
        assertThat(checks).isGreaterThanOrEqualTo(7);
        for (int n = 1; n <= checks; n++) {
            World world = world(streaming);
            AtomicReference<Map<String, String>> atTheNo = new AtomicReference<>(Map.of());
            RunReport report =
                    run(world, refusingAt(n, () -> atTheNo.compareAndSet(Map.of(), World.texts(world.prod))));

            assertThat(World.texts(world.prod)).as("check %d", n).isEqualTo(atTheNo.get());
            assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.LOCKED);
            assertThat(report.counts().notRun()).isPositive();
            assertThat(report.counts().failed()).isZero();
            assertThat(report.counts().copied() + report.counts().deleted()).isLessThan(7);
        }
    }

    private static int checksOfAWholeRun(boolean streaming) {
        AtomicInteger checks = new AtomicInteger();
        RunReport report = run(world(streaming), checks::incrementAndGet);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        return checks.get();
    }

    private static RunReport run(World world, MutationGuard guard) {
        return world.run(oneAtATime(), RunOptions.defaults().withGuard(guard));
    }

    /** Says yes until the {@code n}th question and no from then on. */
    private static MutationGuard refusingAt(int n, Runnable atTheNo) {
        AtomicInteger asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() >= n) {
                atTheNo.run();
                throw new MutationGuard.NotAllowedException("the lease is lost");
            }
        };
    }

    /** The meter's question is the last one, but a provider may forget to count. */
    @Test
    void aStoreThatCountsNothingIsGuardedToo() {
        for (int n = 1; n <= 7; n++) {
            World world = world(false);
            world.destination.uncounted();
            AtomicReference<Map<String, String>> atTheNo = new AtomicReference<>(Map.of());
            RunReport report =
                    run(world, refusingAt(n, () -> atTheNo.compareAndSet(Map.of(), World.texts(world.prod))));

            assertThat(World.texts(world.prod)).as("check %d", n).isEqualTo(atTheNo.get());
            assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.LOCKED);
        }
    }

    /** Between the runner's question and the request an object is read, and that may take long. */
    @Test
    void theGuardIsAskedRightBeforeTheRequestToo() {
        World world = world(true);
        AtomicInteger read = new AtomicInteger();
        world.source.fails(store -> store.on(StoreOperation.READ).runsAfter(read::incrementAndGet));

        RunReport report = run(world, () -> {
            if (read.get() > 0) {
                throw new MutationGuard.NotAllowedException("lost while reading");
            }
        });

        assertThat(world.prod.names()).allMatch(name -> name.startsWith("extra/"));
        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.LOCKED);
    }

    @Test
    void aRepetitionIsAskedForToo() {
        World world = world(false);
        AtomicInteger tries = new AtomicInteger();
        world.destination.fails(store -> store.on(StoreOperation.COPY).first(3).failsTransiently());
        world.destination.fails(store -> store.on(StoreOperation.COPY).runsBefore(tries::incrementAndGet));

        RunReport report = run(world, () -> {
            if (tries.get() > 0) {
                throw new MutationGuard.NotAllowedException("lost while waiting for a retry");
            }
        });

        assertThat(world.prod.names()).allMatch(name -> name.startsWith("extra/"));
        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.LOCKED);
    }

    /** Providers leave the faster ways that can't be stopped to runs that nobody guards. */
    @Test
    void aStoreIsToldWhetherThereIsAGuard() {
        MemoryBuckets buckets = new MemoryBuckets();
        buckets.create("dev");
        buckets.create("prod");
        List<Boolean> told = new CopyOnWriteArrayList<>();
        MemoryStoreProvider memory = new MemoryStoreProvider(buckets, MemoryOptions.S3_LIKE);
        Replicator replicator = Replicator.create(Stores.of(new StoreProvider() {
            @Override
            public String scheme() {
                return memory.scheme();
            }

            @Override
            public ObjectStore open(StoreSettings settings, StoreContext context) {
                told.add(context.meter().isGuarded());
                return memory.open(settings, context);
            }
        }));

        replicator.run(World.job(), RunOptions.defaults());
        assertThat(told).isNotEmpty().containsOnly(false);

        told.clear();
        replicator.run(World.job(), RunOptions.defaults().withGuard(() -> {}));
        assertThat(told).isNotEmpty().containsOnly(true);
    }

    @Test
    void aDryRunAsksNobody() {
        World world = world(false);

        RunReport report = world.replicator.plan(
                oneAtATime(), action -> {}, RunOptions.defaults().withGuard(refusingAt(1, () -> {})));

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.problem()).isEmpty();
    }
}
