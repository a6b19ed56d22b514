package dev.replicator.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.replicator.execute.Problem;
import dev.replicator.hook.HookResult.Kind;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.hook.lease.Leases;
import dev.replicator.job.HookSettings.Mode;
import dev.replicator.report.Outcome;
import dev.replicator.testkit.FaultyStore;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployHookTest {
    private final World world = new World();

    private DeployHook inDevelopment() {
        return world.hook("r1").environment(Map.of()).build();
    }

    @Nested
    class ManualSyncs {
        @Test
        void workInDevelopmentAndTouchNeitherMarkerNorLedger() {
            ManualSync sync = inDevelopment().triggerManualSync();

            assertThat(sync.success()).isTrue();
            assertThat(sync.counts().copied()).isEqualTo(3);
            assertThat(sync.message()).contains("copied 3");
            assertThat(world.isReplicated()).isTrue();
            assertThat(world.area().marker().exists()).isFalse();
            assertThat(world.control.names()).noneMatch(name -> name.startsWith("deployments/"));
            assertThat(world.control.names()).anyMatch(name -> name.startsWith("runs/"));
        }

        @Test
        void neverRunBesideAnotherRunOfTheJob() {
            Leases other = new Leases(
                    world.objects(),
                    world.time,
                    new LeaseOwner("x", "web-9", 9, "r1", world.time.now(), Duration.ofSeconds(30)));
            var lease = other.take(other.look()).orElseThrow();
            world.time.every(Duration.ofSeconds(10), lease::beat);

            ManualSync sync = inDevelopment().triggerManualSync();

            assertThat(sync.success()).isFalse();
            assertThat(sync.message()).contains("web-9");
            assertThat(world.engine.runs()).isEmpty();
        }

        @Test
        void giveTheLeaseBackWhateverHappens() {
            world.engine.ends(Outcome.FAILED);

            assertThat(inDevelopment().triggerManualSync().success()).isFalse();
            world.engine.works();
            assertThat(inDevelopment().triggerManualSync().success()).isTrue();
        }

        @Test
        void tellAFailureInsteadOfThrowingIt() {
            FaultyStore broken = new FaultyStore(world.store("control", MemoryOptions.S3_LIKE));
            broken.on(StoreOperation.HEAD).isDenied();
            world.around(store -> store.bucket().bucket().equals("control") ? broken : store);

            assertThat(inDevelopment().triggerManualSync().success()).isFalse();
        }
    }

    @Test
    void aValidationNamesWhatIsMissingAndWritesNothing() {
        world.prod.put("a", "one", world.time.now());

        Validation validation = inDevelopment().validate();

        assertThat(validation.valid()).isFalse();
        assertThat(validation.missing()).containsExactly("b", "c");
        assertThat(validation.mismatched()).isEmpty();
        assertThat(validation.truncated()).isFalse();
        assertThat(world.control.names()).isEmpty();
        assertThat(world.prod.names()).containsExactly("a");
    }

    @Nested
    class Statuses {
        @Test
        void tellWhereWeAreAndWhyTheHookRests() {
            HookStatus status = inDevelopment().status();

            assertThat(status.environment()).isEqualTo("development");
            assertThat(status.configured()).isTrue();
            assertThat(status.hookActive()).isFalse();
            assertThat(status.hookReason()).contains("REPLICATOR_ENV");
            assertThat(status.marker()).isEmpty();
            assertThat(status.lease()).isEmpty();
            assertThat(status.problems()).isEmpty();
        }

        @Test
        void tellWhatWasAppliedAndWriteNothing() {
            world.run("r1");
            world.time.advance(Duration.ofMinutes(5));
            world.run("r2");
            List<String> before = world.control.names();

            HookStatus status = world.hook("r2").build().statusWithCounts();

            assertThat(status.hookActive()).isTrue();
            assertThat(status.deployment()).contains("r2");
            assertThat(status.marker().orElseThrow().deployment()).isEqualTo("r1");
            assertThat(status.deferred().orElseThrow().deployment()).isEqualTo("r2");
            assertThat(status.lease().orElseThrow().held()).isFalse();
            assertThat(status.lastRuns()).hasSize(1);
            assertThat(status.source().orElseThrow().count().orElseThrow().objects())
                    .isEqualTo(3);
            assertThat(world.control.names()).isEqualTo(before);
        }

        @Test
        void tellWhoHoldsTheLease() {
            Leases other = new Leases(
                    world.objects(),
                    world.time,
                    new LeaseOwner("x", "web-9", 9, "r1", world.time.now(), Duration.ofSeconds(30)));
            assertThat(other.take(other.look())).isPresent();

            assertThat(inDevelopment().status().lease().orElseThrow())
                    .isEqualTo(new HookStatus.LeaseStatus(1, "web-9 pid 9", true, world.time.now()));
        }

        @Test
        void sayWhatCantBeRead() {
            world.control.put("marker.json", "torn", world.time.now());

            HookStatus status = inDevelopment().status();

            assertThat(status.marker()).isEmpty();
            assertThat(status.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED);
                assertThat(problem.message()).contains("marker.json");
            });
            assertThat(status.toJson()).contains("\"problems\":[\"marker.json can't be read");
        }

        @Test
        void tellLostAccessApart() {
            world.around(store -> new FaultyStore(store).on(StoreOperation.HEAD).isDenied());

            assertThat(inDevelopment().status().problems())
                    .extracting(Problem::kind)
                    .containsExactly(Problem.Kind.ACCESS);
        }

        @Test
        void areOneJsonDocumentInTheContractsWords() {
            world.run("r1");

            String json = world.hook("r1").build().status().toJson();

            assertThat(json)
                    .startsWith("{\"environment\":\"production\",\"configured\":true,")
                    .contains("\"hookActive\":true", "\"deployment\":\"r1\"", "\"marker\":{\"deployment\":\"r1\"")
                    .contains("\"lease\":{\"number\":1", "\"deferred\":null", "\"lastRuns\":[{\"runId\":")
                    .contains("\"source\":{\"uri\":\"memory://dev\"}")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aResultIsOneJsonDocumentInTheContractsWords() {
        world.run("r0");
        HookResult deferred = world.run("r1");

        assertThat(deferred.toJson())
                .startsWith("{\"result\":\"DEFERRED\",\"message\":\"")
                .endsWith("\"deployment\":\"r1\",\"runId\":null,\"outcome\":null,\"nextAttempt\":\""
                        + deferred.nextAttempt().orElseThrow() + "\",\"holder\":null}");
    }

    @Test
    void everyListenerHearsEveryResultEvenIfOneFails() {
        List<Kind> heard = new ArrayList<>();

        world.hook("r1")
                .onResult(result -> {
                    throw new IllegalStateException("a listener's own trouble");
                })
                .onResult(result -> heard.add(result.kind()))
                .build()
                .run();

        assertThat(heard).containsExactly(Kind.SYNCED);
    }

    @Test
    void anEngineThatBreaksDoesNotBreakTheApplication() {
        world.engine.beforeEachWrite(() -> {
            throw new IllegalStateException("a bug");
        });

        HookResult result = world.run("r1");

        assertThat(result.kind()).isEqualTo(Kind.FAILED);
        assertThat(result.message()).contains("a bug");
        assertThat(world.control.names()).anyMatch(name -> name.endsWith("/released"));
    }

    @Test
    void anInterruptEndsTheWaitAndGivesBackWhatItHas() {
        world.engine.beforeEachWrite(() -> Thread.currentThread().interrupt());

        HookResult result = world.run("r1");
        boolean stillInterrupted = Thread.interrupted();

        assertThat(stillInterrupted).isTrue();
        assertThat(result.kind()).isEqualTo(Kind.FAILED);
        assertThat(world.control.names()).anyMatch(name -> name.endsWith("/released"));
    }

    @Test
    void aRunThatWasCancelledDoesNotBackOff() {
        dev.replicator.execute.Cancellation cancellation = new dev.replicator.execute.Cancellation();
        world.engine.beforeEachWrite(() -> cancellation.cancel("SIGTERM"));

        HookResult stopped = world.hook("r1").build().run(cancellation);
        world.engine.beforeEachWrite(() -> {});

        assertThat(stopped.kind()).isEqualTo(Kind.FAILED);
        assertThat(stopped.nextAttempt()).isEmpty();
        assertThat(world.area().attempt().exists()).isFalse();
        assertThat(world.run("r1").kind()).isEqualTo(Kind.SYNCED);
    }

    @Nested
    class Configured {
        @TempDir
        Path directory;

        private DeployHook hook(Map<String, String> environment) {
            return DeployHook.builder()
                    .workingDirectory(directory)
                    .environment(environment)
                    .machinery(world.machinery("web-1"))
                    .build();
        }

        @Test
        void byTheOnlyJobOfTheFile() throws IOException {
            Files.writeString(directory.resolve("replicator.yaml"), """
                    version: 1
                    stores:
                      dev: { uri: "memory://dev" }
                      prod: { uri: "memory://prod" }
                    jobs:
                      media:
                        source: dev
                        destination: prod
                        hook: { mode: block, deployment-id: from-the-file }
                    """);

            DeployHook hook = hook(Map.of("REPLICATOR_ENV", "production"));

            assertThat(hook.settings().mode()).isEqualTo(Mode.BLOCK);
            assertThat(hook.run().deployment()).contains("from-the-file");
            assertThat(world.isReplicated()).isTrue();
        }

        @Test
        void aBrokenFileIsToldAndNeverThrown() throws IOException {
            Files.writeString(directory.resolve("replicator.yaml"), "jobs: [");

            assertThatCode(() -> assertThat(hook(Map.of("REPLICATOR_ENV", "production"))
                                    .run()
                                    .kind())
                            .isEqualTo(Kind.NOT_CONFIGURED))
                    .doesNotThrowAnyException();
        }

        @Test
        void withoutAnythingAVariableIsNamed() {
            HookResult result = hook(Map.of("REPLICATOR_ENV", "production", "GIT_SHA", "abc"))
                    .run();

            assertThat(result.kind()).isEqualTo(Kind.NOT_CONFIGURED);
            assertThat(result.message()).containsPattern("REPLICATOR_CONFIG|DEV_STORAGE_BUCKET");
        }
    }
}
