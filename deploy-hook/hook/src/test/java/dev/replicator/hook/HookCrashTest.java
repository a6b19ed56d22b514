package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.Document;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectStore;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that dies at any request, before or after its effect: the next start converges by itself. */
class HookCrashTest {
    private static final MemoryOptions PROBED = MemoryOptions.S3_LIKE.lacking(Capability.CREATE_ONLY_WRITE);

    /** The process is gone: no handler of ours may act on it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Counts requests and kills everything from the n-th on. */
    private static final class Reaper {
        private final int fatal;
        private final boolean afterEffect;
        private final AtomicInteger requests = new AtomicInteger();

        Reaper(int fatal, boolean afterEffect) {
            this.fatal = fatal;
            this.afterEffect = afterEffect;
        }

        ObjectStore around(ObjectStore store) {
            FaultyStore watched = new FaultyStore(store);
            for (StoreOperation operation : StoreOperation.values()) {
                watched.on(operation).runsBefore(() -> {
                    int request = requests.incrementAndGet();
                    if (request > fatal || (request == fatal && !afterEffect)) {
                        throw new Death();
                    }
                });
                watched.on(operation).runsAfter(() -> {
                    if (requests.get() == fatal && afterEffect) {
                        throw new Death();
                    }
                });
            }
            return watched;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFirstDeploymentConverges(boolean afterEffect) {
        int deaths = crashEverywhere(afterEffect, MemoryOptions.S3_LIKE, world -> {});

        assertThat(deaths).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLaterDeploymentAfterAFailedAttemptConverges(boolean afterEffect) {
        int deaths = crashEverywhere(afterEffect, MemoryOptions.S3_LIKE, world -> {
            world.run("r0");
            world.time.advance(Duration.ofHours(2));
            world.dev.put("d", "four", world.time.now());
            world.engine.ends(dev.replicator.report.Outcome.PARTIAL);
            world.run("r1");
            world.engine.works();
            world.time.advance(Duration.ofMinutes(1));
        });

        assertThat(deaths).isGreaterThan(30);
    }

    /** Kills hook after hook, one request later each, and lets a new process start two minutes after every death. */
    private static int crashEverywhere(
            boolean afterEffect, MemoryOptions options, java.util.function.Consumer<World> before) {
        for (int fatal = 1; ; fatal++) {
            World world = new World().on(options);
            before.accept(world);
            if (!dies(world, new Reaper(fatal, afterEffect))) {
                return fatal - 1;
            }
            world.time.advance(Duration.ofMinutes(2));

            HookResult next = world.run("r1");
            HookResult last = world.run("r1");

            String at = "death at request " + fatal;
            assertThat(next.kind()).as(at).isIn(Kind.SYNCED, Kind.ALREADY_APPLIED);
            assertThat(last.kind()).as(at).isEqualTo(Kind.ALREADY_APPLIED);
            assertThat(world.isReplicated()).as(at).isTrue();
            assertThat(world.area().marker().valid().map(marker -> marker.deployment()))
                    .as(at)
                    .isEqualTo(Optional.of("r1"));
            assertThat(world.area().ledger("r1")).as(at).isInstanceOf(Document.Valid.class);
        }
    }

    @Test
    void aProbeThatIsKilledIsDoneAgain() {
        for (int fatal = 1; fatal <= 12; fatal++) {
            World world = new World().on(PROBED);
            assertThat(dies(world, new Reaper(fatal, true))).isTrue();
            world.time.advance(Duration.ofMinutes(2));

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
        }
    }

    @Test
    void noMoreThanOneRunFollowsADeathBehindTheLedger() {
        World world = new World();
        FaultyStore[] seen = new FaultyStore[1];
        world.around(store -> {
            FaultyStore watched = new FaultyStore(store);
            watched.on(StoreOperation.WRITE).key("marker.json").runsBefore(() -> {
                seen[0] = watched;
                throw new Death();
            });
            watched.on(StoreOperation.WRITE).keys(key -> seen[0] != null).runsBefore(() -> {
                throw new Death();
            });
            return watched;
        });
        assertThat(died(world)).isTrue();
        world.around(store -> store);
        world.time.advance(Duration.ofMinutes(2));

        HookResult next = world.run("r1");

        assertThat(next.kind()).isEqualTo(Kind.ALREADY_APPLIED);
        assertThat(world.engine.runs()).hasSize(1);
        assertThat(world.area().marker().valid()).isPresent();
    }

    private static boolean dies(World world, Reaper reaper) {
        world.around(reaper::around);
        boolean died = died(world);
        world.around(store -> store);
        return died;
    }

    private static boolean died(World world) {
        try {
            world.run("r1");
            return false;
        } catch (Death e) {
            return true;
        }
    }
}
