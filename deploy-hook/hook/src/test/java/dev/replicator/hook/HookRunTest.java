package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.Applied;
import dev.replicator.hook.control.FailedAttempt;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.job.HookSettings.OnKnownDeployment;
import dev.replicator.report.Outcome;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the contract's table about how a run ends, and spoiled markers. */
class HookRunTest {
    private final World world = new World();

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
        void aMarkerThatMeetsTroubleIsWrittenByTheNextAttempt() {
            control().on(StoreOperation.WRITE).key("marker.json").first(2).failsTransiently();

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
            assertThat(marker().lease()).isEqualTo(1);
            assertThat(world.time.sleeps()).hasSize(2);
        }

        @Test
        void aLeaseThatIsLostInThePauseBeforeAnAttemptWritesNoMarker() {
            List<String> leases = new ArrayList<>();
            FaultyStore control = control();
            control.on(StoreOperation.WRITE)
                    .key("marker.json")
                    .runsBefore(() -> leases.add(world.control.names().stream()
                            .filter(name -> name.endsWith("/owner"))
                            .reduce("", (lower, higher) -> higher)));
            control.on(StoreOperation.WRITE).key("marker.json").nth(1).runsBefore(this::stopInTheNextPause);
            control.on(StoreOperation.WRITE).key("marker.json").nth(1).failsTransiently();

            HookResult result = world.run("r1");

            assertThat(result.kind()).isEqualTo(Kind.ALREADY_APPLIED);
            assertThat(leases).containsExactly("lease/00000000000000000001/owner", "lease/00000000000000000002/owner");
        }

        @Test
        void aLeaseThatIsLostInThePauseBeforeAnAttemptRemembersNoFailure() {
            world.engine.ends(Outcome.PARTIAL);
            FaultyStore control = control();
            control.on(StoreOperation.WRITE).key("attempt.json").nth(1).runsBefore(() -> {
                stopInTheNextPause();
                world.engine.works();
            });
            control.on(StoreOperation.WRITE).key("attempt.json").nth(1).failsTransiently();

            assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
            assertThat(control.calls(StoreOperation.WRITE))
                    .filteredOn(call -> call.key().orElseThrow().text().equals("attempt.json"))
                    .hasSize(1);
        }

        private void stopInTheNextPause() {
            AtomicInteger times = new AtomicInteger();
            world.time.every(Duration.ofMillis(1), () -> {
                if (times.incrementAndGet() == 1) {
                    world.time.jump(Duration.ofMinutes(2));
                }
            });
        }

        private FaultyStore control() {
            FaultyStore control = new FaultyStore(world.store("control", MemoryOptions.S3_LIKE));
            world.around(store -> store.bucket().bucket().equals("control") ? control : store);
            return control;
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
