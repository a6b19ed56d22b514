package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.Deferral;
import dev.replicator.hook.control.Document;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.lease.CheckThenWriteStore;
import dev.replicator.hook.lease.Lease;
import dev.replicator.hook.lease.Leases;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.HookSettings;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.job.HookSettings.OnKnownDeployment;
import dev.replicator.report.Outcome;
import dev.replicator.store.Capability;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the contract's table, in its order. */
class HookTableTest {
    private static final MemoryOptions UNKNOWN_SERVER = MemoryOptions.S3_LIKE.lacking(
            Capability.CREATE_ONLY_WRITE,
            Capability.CONDITIONAL_WRITE,
            Capability.CREATE_ONLY_COPY,
            Capability.CONDITIONAL_COPY,
            Capability.CONDITIONAL_DELETE,
            Capability.PINNED_READ);

    private final World world = new World();

    @Nested
    class Inactive {
        @Test
        void outsideOfProductionNothingIsTouched() {
            HookResult result = world.hook("r1")
                    .environment(Map.of("REPLICATOR_DEPLOYMENT_ID", "r1"))
                    .settings(HookSettings.DEFAULT.withOnFailure(OnFailure.FAIL))
                    .build()
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.INACTIVE);
            assertThat(result.exitCode()).isZero();
            assertThat(world.control.names()).isEmpty();
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void switchedOffItIsInactiveInProductionToo() {
            assertThat(world.run("r1", settings -> settings.withMode(Mode.OFF)).kind())
                    .isEqualTo(Kind.INACTIVE);
        }

        @Test
        void theSwitchWorksWithoutAnyConfiguration() {
            HookResult result = DeployHook.builder()
                    .configuration(empty(Optional.of("set DEV_STORAGE_BUCKET")))
                    .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_HOOK_MODE", "off"))
                    .machinery(world.machinery("web-1"))
                    .build()
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.INACTIVE);
        }
    }

    @Nested
    class NotConfigured {
        @Test
        void theVariableToSetIsNamed() {
            HookResult result = hook(empty(Optional.of("PROD_STORAGE_BUCKET is not set")), OnFailure.WARN);

            assertThat(result.kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(result.message()).contains("PROD_STORAGE_BUCKET");
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(2);
        }

        @Test
        void severalJobsAreAmbiguous() {
            JobConfig job = new JobConfig(World.JOB, HookSettings.DEFAULT);
            Configuration two = new Configuration(
                    Optional.empty(), Map.of("media", job, "site", job), Map.of(), List.of(), Optional.empty());

            assertThat(hook(two, OnFailure.WARN).kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(hook(two, OnFailure.WARN).message()).contains("media").contains("site");
        }

        @Test
        void withoutADeploymentIdItCantKnowWhatIsNew() {
            HookResult result = world.hook("r1")
                    .environment(Map.of("REPLICATOR_ENV", "production"))
                    .build()
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(result.message()).contains("REPLICATOR_DEPLOYMENT_ID");
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void underFailItThrows() {
            assertThatThrownBy(() -> hook(empty(Optional.empty()), OnFailure.FAIL))
                    .asInstanceOf(type(DeployHookException.class))
                    .extracting(thrown -> thrown.result().kind())
                    .isEqualTo(Kind.NOT_CONFIGURED);
        }

        private HookResult hook(Configuration configuration, OnFailure policy) {
            return DeployHook.builder()
                    .configuration(configuration)
                    .settings(HookSettings.DEFAULT.withOnFailure(policy))
                    .environment(Map.of("REPLICATOR_ENV", "production", "REPLICATOR_DEPLOYMENT_ID", "r1"))
                    .machinery(world.machinery("web-1"))
                    .build()
                    .run();
        }
    }

    private static Configuration empty(Optional<String> why) {
        return new Configuration(Optional.empty(), Map.of(), Map.of(), List.of(), why);
    }

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

    @Nested
    class Synced {
        @Test
        void theFirstStartOfADeploymentCopiesAndWritesLedgerAndMarker() {
            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
            assertThat(result.outcome()).contains(Outcome.SUCCEEDED);
            assertThat(result.report()).isPresent();
            assertThat(world.isReplicated()).isTrue();
            assertThat(marker().deployment()).isEqualTo("r1");
            assertThat(marker().counts().copied()).isEqualTo(3);
            assertThat(marker().lease()).isEqualTo(1);
            assertThat(world.area().ledger("r1").valid()).contains(marker());
            assertThat(world.control.names())
                    .filteredOn(name -> !name.startsWith("deployments/") && !name.startsWith("runs/"))
                    .containsExactly(
                            "lease/00000000000000000001/owner", "lease/00000000000000000001/released", "marker.json");
            assertThat(world.control.names())
                    .filteredOn(name -> name.startsWith("runs/"))
                    .hasSize(1);
        }

        @Test
        void nothingToDoIsASuccessToo() {
            world.engine.ends(Outcome.NOTHING_TO_DO);

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
            assertThat(marker().outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        }

        @Test
        void theJobsDeletesAreDone() {
            world.prod.put("extra", "x", Instant.EPOCH);

            HookResult result = world.hook("r1").job(mirror()).build().run();

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.isReplicated()).isTrue();
        }
    }

    @Nested
    class NotSynced {
        @ParameterizedTest
        @EnumSource(
                value = Outcome.class,
                names = {"PARTIAL", "REFUSED", "FAILED"})
        void theSameWordIsTheResultAndNoMarkerIsWritten(Outcome outcome) {
            world.engine.ends(outcome);

            HookResult result = world.run("r1");

            assertThat(result.kind().name()).isEqualTo(outcome.name());
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL))
                    .isEqualTo(Map.of("PARTIAL", 4, "REFUSED", 5, "FAILED", 1).get(outcome.name()));
            assertThat(world.area().marker().exists()).isFalse();
            assertThat(world.area().ledger("r1").exists()).isFalse();
            assertThat(world.area().attempt().valid().map(FailedAttempt::outcome))
                    .contains(outcome.name());
            assertThat(world.objects().list("lease/"))
                    .extracting(object -> object.key().text())
                    .contains("lease/00000000000000000001/released");
        }

        @Test
        void aRunThatTakesTooLongIsStopped() {
            world.engine.beforeEachWrite(() -> world.time.advance(Duration.ofMinutes(20)));

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.FAILED);
            assertThat(result.message()).contains("timeout");
            assertThat(result.exitCode()).isEqualTo(8);
            assertThat(result.nextAttempt()).isPresent();
            assertThat(world.prod.names()).hasSizeLessThan(3);
        }

        @Test
        void aFailingStoreIsAResultAndNotAnException() {
            FaultyStore broken = new FaultyStore(world.store("control", MemoryOptions.S3_LIKE));
            broken.on(StoreOperation.HEAD).isDenied();
            world.around(store -> store.bucket().bucket().equals("control") ? broken : store);

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.FAILED);
            assertThat(result.exitCode()).isEqualTo(6);
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void underFailItThrowsTheResult() {
            world.engine.ends(Outcome.PARTIAL);

            assertThatThrownBy(() -> world.run("r1", settings -> settings.withOnFailure(OnFailure.FAIL)))
                    .isInstanceOf(DeployHookException.class)
                    .hasMessageStartingWith("PARTIAL");
        }

        @Test
        void aHolderThatLosesItsLeaseOnTheWayWritesNothingUnderIt() {
            world.engine.beforeEachWrite(() -> world.time.jump(Duration.ofMinutes(2)));

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.HELD_BY_ANOTHER);
            assertThat(world.prod.names()).isEmpty();
            assertThat(world.area().marker().exists()).isFalse();
            assertThat(world.area().attempt().exists()).isFalse();
        }

        @Test
        void aHolderThatLostItsLeaseToAPauseTakesTheNextAndFinishes() {
            AtomicInteger pauses = new AtomicInteger();
            world.engine.beforeEachWrite(() -> {
                if (pauses.incrementAndGet() == 2) {
                    world.time.jump(Duration.ofMinutes(2));
                }
            });

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
            assertThat(marker().lease()).isEqualTo(2);
            assertThat(world.isReplicated()).isTrue();
        }
    }

    @Nested
    class Validated {
        @Test
        void validateOnlyComparesAndWritesNothing() {
            HookResult result = world.run("r1", settings -> settings.withMode(Mode.VALIDATE_ONLY));

            assertThat(result.kind()).isEqualTo(Kind.VALIDATED);
            assertThat(result.message()).contains("3 missing");
            assertThat(result.exitCode(OnFailure.WARN)).isZero();
            assertThat(result.exitCode(OnFailure.FAIL)).isEqualTo(3);
            assertThat(world.control.names()).isEmpty();
            assertThat(world.prod.names()).isEmpty();
        }

        @Test
        void equalSidesAreValid() {
            world.run("r1");

            HookResult result = world.run("r1", settings -> settings.withMode(Mode.VALIDATE_ONLY));

            assertThat(result.exitCode(OnFailure.FAIL)).isZero();
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

    @Nested
    class SpoiledMarkers {
        @Test
        void aNewerSchemaRefusesAndTouchesNothing() {
            world.control.put("marker.json", "{\"schema\":2}", world.time.now());
            world.prod.put("extra", "x", Instant.EPOCH);

            HookResult result = world.hook("r1").job(mirror()).again().build().run();

            assertThat(result.kind()).isEqualTo(Kind.REFUSED);
            assertThat(result.message()).contains("newer").contains("schema 2");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(world.control.names()).containsExactly("marker.json");
            assertThat(world.prod.names()).containsExactly("extra");
        }

        @Test
        void anUnreadableOneCopiesButNeverDeletesAndIsReplaced() {
            world.control.put("marker.json", "{\"schema\":1,\"depl", world.time.now());
            world.prod.put("extra", "x", Instant.EPOCH);

            HookResult result = world.hook("r1").job(mirror()).build().run();

            assertThat(result.kind()).isEqualTo(Kind.SYNCED);
            assertThat(world.prod.names()).containsExactly("a", "b", "c", "extra");
            assertThat(world.engine.runs().get(0).delete()).isEqualTo(DeletePolicy.NEVER);
            assertThat(marker().deployment()).isEqualTo("r1");
        }

        @Test
        void anUnreadableOneIsNoReasonToRunAKnownDeploymentAgain() {
            world.run("r1");
            world.control.put("marker.json", "", world.time.now());

            assertThat(world.run("r1").kind()).isEqualTo(Kind.KNOWN_DEPLOYMENT);
            assertThat(world.run("r1", settings -> settings.withOnKnownDeployment(OnKnownDeployment.RUN))
                            .kind())
                    .isEqualTo(Kind.KNOWN_DEPLOYMENT);
            assertThat(world.engine.runs()).hasSize(1);
        }

        @Test
        void aTornLedgerEntryStillSaysThatItWasApplied() {
            world.run("r1");
            world.time.advance(Duration.ofHours(2));
            world.run("r2");
            String entry = world.control.names().stream()
                    .filter(name -> name.startsWith("deployments/"))
                    .filter(name -> new String(
                                    world.control.get(name).orElseThrow().bytes(),
                                    java.nio.charset.StandardCharsets.UTF_8)
                            .contains("\"r1\""))
                    .findFirst()
                    .orElseThrow();
            world.control.put(entry, "{", world.time.now());

            assertThat(world.run("r1").kind()).isEqualTo(Kind.KNOWN_DEPLOYMENT);
        }

        @Test
        void aMarkerThatWasLostIsWrittenAgainFromTheLedger() {
            world.run("r1");
            Applied before = marker();
            world.control.remove("marker.json");

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.ALREADY_APPLIED);
            assertThat(marker()).isEqualTo(before);
            assertThat(world.engine.runs()).hasSize(1);
        }
    }

    private static dev.replicator.job.ReplicationJob mirror() {
        return World.JOB.withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 1_000, 100));
    }

    private Applied marker() {
        return world.area().marker().valid().orElseThrow();
    }
}
