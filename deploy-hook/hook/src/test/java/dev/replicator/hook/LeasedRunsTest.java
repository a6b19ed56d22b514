package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.RunOptions;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.MutationGuard;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.control.RunHistory;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.Leases;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.HookSettings;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Runs by hand, under a job's lease. */
class LeasedRunsTest {
    private static final HookSettings SETTINGS = HookSettings.DEFAULT;

    private final World world = new World();
    private final LeasedRuns runs = new LeasedRuns(world.machinery("laptop"));

    private LeasedRuns.End run(RunOptions options, LeasedRuns.Work work) throws InterruptedException {
        return runs.run(World.JOB, SETTINGS, options, work);
    }

    private LeasedRuns.End run() throws InterruptedException {
        return run(RunOptions.defaults(), world.engine::run);
    }

    private Lease heldByAnother() {
        Leases other = new Leases(
                world.objects(),
                world.time,
                new LeaseOwner("other", "web-9", 9, "r1", world.time.now(), SETTINGS.leaseTtl()));
        return other.take(other.look()).orElseThrow();
    }

    @Test
    void workIsDoneUnderTheLeaseWhichIsGivenBackAfterwards() throws InterruptedException {
        AtomicReference<List<String>> during = new AtomicReference<>(List.of());

        LeasedRuns.End end = run(RunOptions.defaults(), (job, options) -> {
            during.set(world.control.names());
            options.guard().check();
            return world.engine.run(job, options);
        });

        assertThat(end)
                .isInstanceOfSatisfying(
                        LeasedRuns.End.Ran.class,
                        ran -> assertThat(ran.report().outcome()).isEqualTo(Outcome.SUCCEEDED));
        assertThat(during.get()).containsExactly("lease/00000000000000000001/owner");
        assertThat(world.control.names()).contains("lease/00000000000000000001/released");
        assertThat(world.isReplicated()).isTrue();
    }

    @Test
    void theReportIsKeptAndMarkerAndLedgerStayAsTheyAre() throws InterruptedException {
        run();

        assertThat(new RunHistory(world.objects()).newest(10)).hasSize(1);
        assertThat(world.area().marker().exists()).isFalse();
        assertThat(world.control.names()).noneMatch(name -> name.startsWith("deployments/"));
    }

    @Test
    void aHolderThatGoesOnIsNamed() throws InterruptedException {
        Lease lease = heldByAnother();
        world.time.every(Duration.ofSeconds(10), lease::beat);

        assertThat(run())
                .isInstanceOfSatisfying(
                        LeasedRuns.End.Held.class,
                        held -> assertThat(held.holder()).contains("web-9"));
        assertThat(world.engine.runs()).isEmpty();
    }

    @Test
    void whoIsWaitedForIsSaidOnce() throws InterruptedException {
        Lease lease = heldByAnother();
        world.time.every(Duration.ofSeconds(10), lease::beat);
        List<String> said = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void warning(String message) {
                said.add(message);
            }
        };

        run(RunOptions.defaults().withListener(listener), world.engine::run);

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("waiting for web-9 pid 9, which runs job " + World.JOB.displayName() + ", up to ");
    }

    @Test
    void aHolderThatDiedIsWaitedForAndReplaced() throws InterruptedException {
        heldByAnother();

        assertThat(run()).isInstanceOf(LeasedRuns.End.Ran.class);
        assertThat(world.isReplicated()).isTrue();
    }

    @Test
    void aHolderThatDiesWhileItIsWaitedForIsReplacedToo() throws InterruptedException {
        Lease lease = heldByAnother();
        AtomicBoolean dead = new AtomicBoolean();
        world.time.every(Duration.ofSeconds(1), () -> {
            if (!dead.getAndSet(true)) {
                lease.beat();
            }
        });

        assertThat(run()).isInstanceOf(LeasedRuns.End.Ran.class);
        assertThat(world.isReplicated()).isTrue();
    }

    @Test
    void aRunThatLosesItsLeaseIsStoppedAndKeepsNoReport() throws InterruptedException {
        world.engine.beforeEachWrite(() -> world.time.jump(Duration.ofMinutes(2)));

        LeasedRuns.End end = run();

        assertThat(end)
                .isInstanceOfSatisfying(
                        LeasedRuns.End.Ran.class,
                        ran -> assertThat(ran.report().outcome()).isEqualTo(Outcome.FAILED));
        assertThat(world.prod.names()).isEmpty();
        assertThat(world.control.names()).noneMatch(name -> name.startsWith("runs/"));
    }

    @Test
    void theHooksTimeoutIsNotForPeople() throws InterruptedException {
        world.engine.beforeEachWrite(() -> world.time.advance(Duration.ofMinutes(20)));

        assertThat(run())
                .isInstanceOfSatisfying(
                        LeasedRuns.End.Ran.class,
                        ran -> assertThat(ran.report().outcome()).isEqualTo(Outcome.SUCCEEDED));
    }

    @Test
    void aTornMarkerTakesTheDeletesAway() throws InterruptedException {
        world.control.put("marker.json", "{", world.time.now());
        world.prod.put("extra", "x", Instant.EPOCH);

        runs.run(
                World.JOB.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 1_000, 100)),
                SETTINGS,
                RunOptions.defaults(),
                world.engine::run);

        assertThat(world.prod.names()).containsExactly("a", "b", "c", "extra");
    }

    @Test
    void aMarkerOfANewerVersionIsARefusal() throws InterruptedException {
        world.control.put("marker.json", "{\"schema\":2}", world.time.now());

        assertThat(run())
                .isInstanceOfSatisfying(
                        LeasedRuns.End.Refused.class,
                        refused -> assertThat(refused.why()).contains("newer version"));
        assertThat(world.control.names()).containsExactly("marker.json");
    }

    @Test
    void aStoreThatCantHoldALeaseIsUsedWithoutOne() throws InterruptedException {
        world.on(MemoryOptions.WEAK).around(Ignorant::new);

        LeasedRuns.End end = run(RunOptions.defaults(), (job, options) -> {
            assertThat(options.guard()).isSameAs(MutationGuard.NONE);
            return world.engine.run(job, options);
        });

        assertThat(end).isInstanceOf(LeasedRuns.End.Ran.class);
        assertThat(world.objects().list("lease/")).isEmpty();
    }

    @Test
    void whoeverCancelsWhileWaitingDoesNotWait() {
        Lease lease = heldByAnother();
        world.time.every(Duration.ofSeconds(10), lease::beat);
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("SIGINT");

        assertThatThrownBy(() -> run(RunOptions.defaults().withCancellation(cancellation), world.engine::run))
                .isInstanceOf(InterruptedException.class);
        assertThat(world.engine.runs()).isEmpty();
    }
}
