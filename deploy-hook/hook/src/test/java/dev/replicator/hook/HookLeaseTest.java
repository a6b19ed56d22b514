package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.lease.CheckThenWriteStore;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.Leases;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.store.Capability;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows of the contract's table about others and about the store. */
class HookLeaseTest {
    private static final MemoryOptions UNKNOWN_SERVER = MemoryOptions.S3_LIKE.lacking(
            Capability.CREATE_ONLY_WRITE,
            Capability.CONDITIONAL_WRITE,
            Capability.CREATE_ONLY_COPY,
            Capability.CONDITIONAL_COPY,
            Capability.CONDITIONAL_DELETE,
            Capability.PINNED_READ);

    private final World world = new World();

    @Nested
    class HeldByAnother {
        private final Duration ttl = HookSettings.DEFAULT.leaseTtl();

        @Test
        void theWaiterAdoptsTheResultOfAHolderThatSucceeds() {
            Lease holder = held("r1");
            after(Duration.ofSeconds(40), () -> {
                world.area().enter(world.applied("r1", 1, world.time.now()));
                world.area().mark(world.applied("r1", 1, world.time.now()), new Document.Missing<>());
            });

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.ALREADY_APPLIED);
            assertThat(result.runId()).contains("run-of-r1");
            assertThat(result.holder()).contains("web-0");
            assertThat(world.engine.runs()).isEmpty();
            assertThat(holder.lost()).isEmpty();
        }

        @Test
        void theWaiterBacksOffWhenTheHolderFails() {
            held("r1");
            after(
                    Duration.ofSeconds(40),
                    () -> world.area()
                            .remember(new FailedAttempt(
                                    "r1",
                                    "x",
                                    "PARTIAL",
                                    "2 failed",
                                    1,
                                    world.time.now(),
                                    world.time.now().plusSeconds(60))));

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.BACKING_OFF);
            assertThat(result.message()).contains("2 failed");
        }

        @Test
        void stillHeldItGivesUpAfterTheWait() {
            held("r0");
            Instant start = world.time.now();

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.HELD_BY_ANOTHER);
            assertThat(result.holder()).contains("web-9 pid 9");
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(7);
            assertThat(Duration.between(start, world.time.now()))
                    .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(5));
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void aHolderThatDiedIsReplacedWithinTheWait() {
            Lease holder = held("r1");
            beating.ifPresent(dev.replicator.hook.lease.Ticker.Ticking::close);

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
            assertThat(marker().lease()).isEqualTo(2);
            assertThat(holder.lost()).isPresent();
        }

        @Test
        void aHolderThatDiedLongAgoIsReplacedEvenByThoseWhoDontWait() {
            held("r1");
            beating.ifPresent(dev.replicator.hook.lease.Ticker.Ticking::close);
            world.time.advance(Duration.ofDays(3));

            HookResult result = world.run("r1", settings -> settings.withWaitLock(Duration.ZERO));

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
        }

        private Optional<dev.replicator.hook.lease.Ticker.Ticking> beating = Optional.empty();

        private Lease held(String deployment) {
            Leases leases = new Leases(
                    world.objects(),
                    world.time,
                    new LeaseOwner("other", "web-9", 9, deployment, world.time.now(), ttl));
            Lease lease = leases.take(leases.look()).orElseThrow();
            beating = Optional.of(world.time.every(ttl.dividedBy(3), lease::beat));
            return lease;
        }

        private void after(Duration delay, Runnable deed) {
            boolean[] done = {false};
            world.time.every(delay, () -> {
                if (!done[0]) {
                    done[0] = true;
                    deed.run();
                }
            });
        }
    }

    @Nested
    class UnsafeStore {
        @Test
        void aStoreThatIgnoresConditionsRunsNothing() {
            world.on(MemoryOptions.WEAK).around(Ignorant::new);

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.UNSAFE_STORE);
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(1);
            assertThat(world.engine.runs()).isEmpty();
            assertThat(world.control.names()).isEmpty();
        }

        @Test
        void aStoreWhoseConditionsRaceRunsNothing() {
            CheckThenWriteStore racy = new CheckThenWriteStore(world.store("control", MemoryOptions.S3_LIKE));
            world.on(UNKNOWN_SERVER)
                    .around(store -> store.bucket().bucket().equals("control")
                                    && store.capabilities().contains(Capability.CREATE_ONLY_WRITE)
                            ? racy
                            : store);

            assertThat(world.run("r1").kind()).isEqualTo(Kind.UNSAFE_STORE);
        }

        @Test
        void aSingleReplicaRunsWithoutALease() {
            world.on(MemoryOptions.WEAK).around(Ignorant::new);

            HookResult result = world.hook("r1").singleReplica().build().run();

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.isReplicated()).isTrue();
            assertThat(world.objects().list("lease/")).isEmpty();
            assertThat(world.hook("r1").singleReplica().build().run().kind()).isEqualTo(Kind.ALREADY_APPLIED);
        }

        @Test
        void anUnknownServerThatPassesTheProbeIsUsedAndRememberedForThirtyDays() {
            AtomicInteger probing = new AtomicInteger();
            world.on(UNKNOWN_SERVER).around(store -> {
                FaultyStore counted = new FaultyStore(store);
                counted.on(StoreOperation.WRITE)
                        .keys(key -> key.text().startsWith("probe/"))
                        .runsBefore(probing::incrementAndGet);
                return counted;
            });

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
            int first = probing.getAndSet(0);
            world.time.advance(Duration.ofDays(29));
            assertThat(world.run("r2").kind()).isEqualTo(Kind.SYNCED);
            int cached = probing.getAndSet(0);
            world.time.advance(Duration.ofDays(1));
            assertThat(world.run("r3").kind()).isEqualTo(Kind.SYNCED);

            assertThat(first).isPositive();
            assertThat(cached).isZero();
            assertThat(probing).hasPositiveValue();
            assertThat(world.engine.runs().get(1).destination().capabilities().orElseThrow())
                    .contains(Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_WRITE);
        }

        @Test
        void nothingIsProbedWhenThereIsNothingToDo() {
            world.on(UNKNOWN_SERVER);
            world.area().mark(world.applied("r1", 1, world.time.now()), new Document.Missing<>());
            List<String> before = world.control.names();

            assertThat(world.run("r1").kind()).isEqualTo(Kind.ALREADY_APPLIED);
            assertThat(world.control.names()).isEqualTo(before);
        }
    }

    private Applied marker() {
        return world.area().marker().valid().orElseThrow();
    }
}
