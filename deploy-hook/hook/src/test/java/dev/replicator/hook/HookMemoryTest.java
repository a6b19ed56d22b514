package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.control.Document;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.job.HookSettings.OnKnownDeployment;
import dev.replicator.report.Outcome;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows of the contract's table that are decided by what is remembered. */
class HookMemoryTest {
    private final World world = new World();

    @Nested
    class AlreadyApplied {
        @Test
        void aSecondStartOfTheSameDeploymentWritesNothing() {
            world.run("r1");
            List<String> before = world.control.names();
            FaultyStore watched = new FaultyStore(world.store("control", MemoryOptions.S3_LIKE));
            world.around(store -> store.bucket().bucket().equals("control") ? watched : store);

            HookResult second = world.run("r1");

            assertThat(second.kind()).isEqualTo(Kind.ALREADY_APPLIED);
            assertThat(second.runId()).contains("run-2");
            assertThat(watched.mutations()).isEmpty();
            assertThat(world.control.names()).isEqualTo(before);
            assertThat(world.engine.runs()).hasSize(1);
        }

        @Test
        void againRunsItAgain() {
            world.run("r1");

            HookResult again = world.hook("r1").again().build().run();

            assertThat(again.kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.engine.runs()).hasSize(2);
        }
    }

    @Nested
    class KnownDeployment {
        @Test
        void anOldReplicaOfAnEarlierDeploymentCopiesNothing() {
            inTurn("r1", "r2");

            HookResult old = world.run("r1");

            assertThat(old.kind()).isEqualTo(Kind.KNOWN_DEPLOYMENT);
            assertThat(old.message()).contains("r2");
            assertThat(old.exitCode()).isZero();
            assertThat(world.engine.runs()).hasSize(2);
            assertThat(marker().deployment()).isEqualTo("r2");
        }

        @Test
        void againOrThePolicyRunsItAndMakesItTheCurrentOne() {
            inTurn("r1", "r2");

            HookResult back = world.run("r1", settings -> settings.withOnKnownDeployment(OnKnownDeployment.RUN));
            HookResult forth = world.hook("r2").again().build().run();

            assertThat(back.kind()).isEqualTo(Kind.SYNCED);
            assertThat(forth.kind()).isEqualTo(Kind.SYNCED);
            assertThat(marker().deployment()).isEqualTo("r2");
            assertThat(marker().lease()).isEqualTo(4);
        }

        private void inTurn(String... deployments) {
            for (String deployment : deployments) {
                assertThat(world.run(deployment).kind()).isEqualTo(Kind.SYNCED);
                world.time.advance(Duration.ofHours(2));
            }
        }
    }

    @Nested
    class Deferred {
        @Test
        void aDeploymentWithinTheIntervalIsWrittenDownWithItsDueTime() {
            world.run("r1");
            Instant due = marker().appliedAt().plus(Duration.ofHours(1));
            world.time.advance(Duration.ofMinutes(20));

            HookResult second = world.run("r2");

            assertThat(second.kind()).isEqualTo(Kind.DEFERRED);
            assertThat(second.nextAttempt()).contains(due);
            assertThat(second.exitCode()).isZero();
            assertThat(world.area().deferral().valid()).contains(new Deferral("r2", due, world.time.now()));
            assertThat(world.engine.runs()).hasSize(1);
        }

        @Test
        void onceDueItRunsAndTheDeferralIsGone() {
            world.run("r1");
            world.run("r2");
            world.time.advance(Duration.ofHours(1));

            assertThat(world.run("r2").kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.area().deferral().exists()).isFalse();
        }

        @Test
        void waitingHooksSleepUntilItIsDue() {
            world.run("r1");
            Instant due = marker().appliedAt().plus(Duration.ofHours(1));

            HookResult waited = world.hook("r2").waitForInterval().build().run();

            assertThat(waited.kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.time.now()).isBetween(due, due.plusSeconds(1));
        }

        @Test
        void whoeverComesByRunsADueDeferral() {
            world.run("r1");
            world.run("r2");
            DeployHook server = world.hook("unused").environment(Map.of()).build();

            assertThat(server.runDeferred()).isEmpty();
            world.time.advance(Duration.ofHours(1));
            Optional<HookResult> ran = server.runDeferred();

            assertThat(ran.map(HookResult::kind)).contains(Kind.SYNCED);
            assertThat(marker().deployment()).isEqualTo("r2");
        }

        @Test
        void aNewerDeploymentThatSucceedsTakesAnOlderOnesPlace() {
            world.run("r1");
            assertThat(world.run("r2").kind()).isEqualTo(Kind.DEFERRED);
            world.time.advance(Duration.ofMinutes(1));

            assertThat(world.run("r3", settings -> settings.withMode(Mode.BLOCK))
                            .kind())
                    .isEqualTo(Kind.SYNCED);
            world.time.advance(Duration.ofHours(3));

            assertThat(server().runDeferred()).isEmpty();
            assertThat(world.area().deferral().exists()).isFalse();
            assertThat(marker().deployment()).isEqualTo("r3");
        }

        @Test
        void aDeploymentThatIsDeferredWhileAnotherRunsKeepsItsPlace() {
            world.run("r1");
            AtomicBoolean started = new AtomicBoolean();
            world.dev.put("d", "four", Instant.EPOCH);
            world.engine.beforeEachWrite(() -> {
                if (started.compareAndSet(false, true)) {
                    world.time.advance(Duration.ofSeconds(5));
                    assertThat(world.run("r3").kind()).isEqualTo(Kind.DEFERRED);
                }
            });

            assertThat(world.run("r2", settings -> settings.withMode(Mode.BLOCK))
                            .kind())
                    .isEqualTo(Kind.SYNCED);

            assertThat(world.area().deferral().valid().map(Deferral::deployment))
                    .contains("r3");
        }

        @Test
        void aDeferralThatOutlivedItsDeploymentsRunIsRemovedByWhoeverComesBy() {
            world.run("r1");
            world.run("r2");
            Deferral left = world.area().deferral().valid().orElseThrow();
            world.time.advance(Duration.ofHours(1));
            world.run("r2");
            world.area().defer(left);

            assertThat(server().runDeferred().map(HookResult::kind)).contains(Kind.ALREADY_APPLIED);
            assertThat(server().runDeferred()).isEmpty();
        }

        private DeployHook server() {
            return world.hook("unused").environment(Map.of()).build();
        }

        @Test
        void blockIgnoresAMereDefaultButNotAnIntervalThatWasSet() {
            world.run("r1");

            assertThat(world.run("r2", settings -> settings.withMode(Mode.BLOCK))
                            .kind())
                    .isEqualTo(Kind.SYNCED);
            assertThat(world.run("r3", settings -> settings.withMode(Mode.BLOCK).withMinInterval(Duration.ofHours(1)))
                            .kind())
                    .isEqualTo(Kind.DEFERRED);
        }

        @Test
        void aMarkerFromTheFutureDefersNoLongerThanTheInterval() {
            world.area()
                    .mark(
                            world.applied("r1", 1, world.time.now().plus(Duration.ofDays(900))),
                            new Document.Missing<>());

            HookResult result = world.run("r2");

            assertThat(result.kind()).isEqualTo(Kind.DEFERRED);
            assertThat(result.nextAttempt()).contains(world.time.now().plus(Duration.ofHours(1)));
        }
    }

    @Nested
    class BackingOff {
        @Test
        void aFailedDeploymentWaitsLongerAfterEveryTry() {
            world.engine.ends(Outcome.PARTIAL);

            for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
                Instant next = world.time.now().plus(Duration.ofMinutes(minutes));
                assertThat(world.run("r1").nextAttempt()).contains(next);
                world.time.advance(Duration.ofMinutes(minutes).minusSeconds(1));
                HookResult early = world.run("r1");
                assertThat(early.kind()).isEqualTo(Kind.BACKING_OFF);
                assertThat(early.nextAttempt()).contains(next);
                assertThat(early.exitCode(OnFailure.FAIL)).isEqualTo(1);
                world.time.advance(Duration.ofSeconds(1));
            }
            assertThat(world.engine.runs()).hasSize(8);
        }

        @Test
        void aCrashLoopOfTheApplicationRunsNothingTwice() {
            world.engine.ends(Outcome.FAILED);

            for (int restart = 0; restart < 50; restart++) {
                world.run("r1");
                world.time.advance(Duration.ofSeconds(1));
            }

            assertThat(world.engine.runs()).hasSize(1);
        }

        @Test
        void anotherDeploymentDoesNotWaitForIt() {
            world.engine.ends(Outcome.FAILED);
            world.run("r1");
            world.engine.works();

            assertThat(world.run("r2").kind()).isEqualTo(Kind.SYNCED);
        }

        @Test
        void aSuccessForgetsTheFailures() {
            world.engine.ends(Outcome.PARTIAL);
            world.run("r1");
            world.time.advance(Duration.ofMinutes(1));
            world.engine.works();

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.area().attempt().exists()).isFalse();
        }

        @Test
        void aTornAttemptIsNoObstacle() {
            world.control.put("attempt.json", "{", world.time.now());

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.area().attempt().exists()).isFalse();
        }
    }

    private Applied marker() {
        return world.area().marker().valid().orElseThrow();
    }
}
