package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.plan.PlanSink;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.Finding;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.RequestKind;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of equal content and other metadata: found by two heads each, repaired where they are. */
class MetadataComparisonTest {
    private static final String ACL = "custom:aclPolicy";
    private static final ObjectMetadata PUBLIC = ObjectMetadata.NONE
            .withHeaders(Map.of("content-type", "image/png", "cache-control", "max-age=60"))
            .withUser(Map.of(ACL, "{\"visibility\":\"public\"}"))
            .withTags(Map.of("team", "media"));
    private static final ReplicationJob JOB = comparing(World.job());

    private World world = new World();

    @TempDir
    private Path folder;

    private static ReplicationJob comparing(ReplicationJob job) {
        return job.withMetadata(job.metadata().withCompare(true));
    }

    private void put(String key) {
        world.clock.advance(Duration.ofSeconds(10));
        world.dev.put(ObjectKey.of(key), key.getBytes(), PUBLIC, world.clock.instant());
    }

    private void synced(String... keys) {
        for (String key : keys) {
            put(key);
        }
        assertThat(world.run(World.job()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        world.source.forgetCalls();
        world.destination.forgetCalls();
    }

    private void hide(String key) {
        world.dev.retouch(ObjectKey.of(key), metadata -> metadata.withUser(ACL, "{\"visibility\":\"private\"}"));
    }

    private Map<String, String> user(String key) {
        return world.prod.get(key).orElseThrow().metadata().withoutOurs().user();
    }

    @Test
    void aPolicyThatChangedAloneIsNoticedAndRepairedAndThenAllIsQuiet() {
        synced("a", "b", "c");
        hide("b");

        RunReport unasked = world.run(World.job());
        RunReport report = world.run(JOB);
        world.destination.forgetCalls();
        RunReport second = world.run(JOB);

        assertThat(unasked.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(report.counts().unchanged()).isEqualTo(2);
        assertThat(report.counts().copied() + report.counts().overwritten()).isZero();
        assertThat(user("b")).containsEntry(ACL, "{\"visibility\":\"private\"}");
        assertThat(world.prod.get("b").orElseThrow().metadata().tags()).isEqualTo(Map.of("team", "media"));
        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.destination.mutations()).isEmpty();
    }

    @Test
    void costsExactlyTwoHeadsForEachUnchangedPairAndSaysSoBefore() {
        synced("a", "b", "c", "d");
        put("new");
        List<String> said = new CopyOnWriteArrayList<>();

        RunReport report = world.run(JOB, RunOptions.defaults().withListener(new RunListener() {
            @Override
            public void warning(String message) {
                said.add(message + " after "
                        + world.source.calls(StoreOperation.LIST_PAGE).size() + " pages");
            }
        }));

        assertThat(report.requests().get(RequestKind.HEAD)).isEqualTo(2 * 4);
        assertThat(world.source.keys(StoreOperation.HEAD)).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(world.destination.keys(StoreOperation.HEAD)).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(said)
                .containsExactly("compares metadata: 1 HEAD per unchanged object on each side whose listing does"
                        + " not show it after 0 pages");
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void whatADestinationCannotHoldIsNoDifference() {
        world = new World(
                MemoryOptions.S3_LIKE,
                MemoryOptions.S3_LIKE
                        .lacking(Capability.SERVER_SIDE_COPY)
                        .withMetadata(MetadataLimits.NONE.withMostUserBytes(60)));
        world.dev.put(
                ObjectKey.of("a"),
                new byte[1],
                ObjectMetadata.NONE.withUser(Map.of(ACL, "public", "blob", "x".repeat(99))),
                world.clock.instant());
        world.run(World.job());
        world.destination.forgetCalls();

        RunReport second = world.run(JOB);

        assertThat(second.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.destination.mutations()).isEmpty();
    }

    /** Servers that hold more than their rules admit, and copies that the store made itself, which nothing was fitted to. */
    @Test
    void whatIsEqualAsItStandsIsNoDifferenceThoughTheDestinationWouldNotBeGivenIt() {
        world = new World(
                MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.withMetadata(MetadataLimits.NONE.withMostUserBytes(60)));
        ObjectMetadata large = PUBLIC.withUser("blob", "x".repeat(99));
        put("unequal");
        world.dev.put(ObjectKey.of("equal"), new byte[1], large, world.clock.instant());
        world.clock.advance(Duration.ofMinutes(1));
        world.prod.put(ObjectKey.of("equal"), new byte[1], large, world.clock.instant());
        world.prod.put(ObjectKey.of("unequal"), "unequal".getBytes(), large, world.clock.instant());

        RunReport report = world.run(JOB);

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(world.destination.keys(StoreOperation.UPDATE)).containsExactly("unequal");
        assertThat(user("equal")).containsKey("blob");
    }

    @Test
    void streamedObjectsCarryNotesOfOursThatAreNoDifferenceAndSurviveARepair() {
        world = World.streaming();
        synced("a", "b");
        Map<String, String> notes = world.prod.get("b").orElseThrow().metadata().ours();
        assertThat(notes).isNotEmpty();
        hide("b");

        RunReport report = world.run(JOB);

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(world.prod.get("b").orElseThrow().metadata().ours()).isEqualTo(notes);
    }

    @Test
    void thePolicyOfTheJobDecidesWhatIsWanted() {
        synced("a");
        ReplicationJob job = World.job()
                .withMetadata(new MetadataPolicy(true, true, Map.of("cache-control", "no-store", "note", "n"))
                        .withCompare(true));

        world.run(job);

        assertThat(world.prod.get("a").orElseThrow().metadata().cacheControl()).contains("no-store");
        assertThat(user("a")).containsEntry("note", "n").containsKey(ACL);
        assertThat(world.run(job).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void aHeaderThatTheSourceLacksIsRemovedButAContentTypeIsLeft() {
        world.put(world.dev, "a", "text");
        world.run(World.job());
        world.prod.retouch(
                ObjectKey.of("a"),
                metadata -> metadata.withHeaders(Map.of("content-type", "text/plain", "content-language", "de")));

        RunReport report = world.run(JOB);

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(world.prod.get("a").orElseThrow().metadata().contentLanguage())
                .isEmpty();
        world.prod.retouch(ObjectKey.of("a"), metadata -> metadata.withContentType("text/x"));
        assertThat(world.run(JOB).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void neverOverwritingLeavesMetadataAloneToo() {
        synced("a");
        hide("a");

        RunReport report = world.run(JOB.withOverwrite(OverwriteMode.NEVER));

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.counts().unchanged()).isEqualTo(1);
        assertThat(world.destination.mutations()).isEmpty();
    }

    @Test
    void anObjectThatChangedBetweenIsStaleAndKept() {
        synced("a");
        hide("a");
        world.destination.fails(store -> store.on(StoreOperation.UPDATE)
                .runsBefore(() -> world.prod.put("a", "by another", world.clock.instant())));

        RunReport report = world.run(JOB);

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(World.texts(world.prod)).containsEntry("a", "by another");
    }

    @Test
    void aLostAnswerIsRecognisedAsOurs() {
        world = World.streaming();
        synced("a");
        hide("a");
        world.destination.fails(store -> {
            store.on(StoreOperation.UPDATE).nth(1).losesItsAnswer();
            store.on(StoreOperation.UPDATE).nth(2).failsStale();
        });

        RunReport report = world.run(JOB);

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(user("a")).containsEntry(ACL, "{\"visibility\":\"private\"}");
    }

    @Test
    void metadataThatMayNotBeAskedForIsAFailureByNameAndCopiesNothing() {
        synced("a", "b", "c");
        hide("c");
        world.destination.fails(store -> store.on(StoreOperation.HEAD).key("b").isDenied());

        RunReport report = world.run(JOB);

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("b");
            assertThat(failure.cause()).isEqualTo(FailureCause.PERMISSION);
        });
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(report.counts().overwritten()).isZero();
    }

    @Test
    void aSourceThatChangesMeanwhileIsLeftToTheNextRun() {
        synced("a");
        hide("a");
        world.source.fails(store -> store.on(StoreOperation.HEAD)
                .nth(1)
                .runsBefore(() -> world.dev.put("a", "newer", world.clock.instant())));

        RunReport report = world.run(JOB);

        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(world.run(JOB).counts().overwritten()).isEqualTo(1);
    }

    @Test
    void aDestinationThatVanishesMeanwhileIsCopied() {
        synced("a");
        world.destination.fails(store -> store.on(StoreOperation.HEAD).nth(1).runsBefore(() -> world.prod.remove("a")));

        RunReport report = world.run(JOB);

        assertThat(report.counts().copied()).isEqualTo(1);
        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
    }

    /** A store of somebody's own that can't change metadata in place. */
    @Test
    void whereMetadataCannotBeChangedInPlaceTheObjectIsCopiedAgain() {
        synced("a", "b");
        hide("b");
        world.destination.wrapped(WithoutUpdate::new);

        RunReport report = world.run(JOB);

        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(report.counts().overwritten()).isZero();
        assertThat(user("b")).containsEntry(ACL, "{\"visibility\":\"private\"}");
        assertThat(world.run(JOB).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    private static final class WithoutUpdate extends ForwardingStore {
        WithoutUpdate(ObjectStore delegate) {
            super(delegate);
        }

        @Override
        public <R> Optional<R> role(Class<R> role) {
            return role == MetadataUpdate.class ? Optional.empty() : super.role(role);
        }
    }

    @Test
    void aStrictJobRefusesAnUpdateThatWouldNotHold() {
        world = new World(
                MemoryOptions.S3_LIKE,
                MemoryOptions.S3_LIKE
                        .lacking(Capability.SERVER_SIDE_COPY)
                        .withMetadata(MetadataLimits.NONE.withMostUserBytes(60)));
        world.put(world.dev, "a", "text");
        world.run(World.job());
        world.dev.retouch(ObjectKey.of("a"), m -> m.withUser(Map.of("s", "short", "blob", "x".repeat(99))));
        world.destination.forgetCalls();

        RunReport refused = world.run(
                World.job().withMetadata(MetadataPolicy.ALL.withCompare(true).withStrict(true)));

        assertThat(refused.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(refused.counts().skipped()).isEqualTo(1);
        assertThat(world.destination.mutations()).isEmpty();
        assertThat(world.run(JOB).counts().metadataUpdated()).isEqualTo(1);
        assertThat(user("a")).isEqualTo(Map.of("s", "short"));
    }

    @Test
    void actionsComeInTheOrderOfKeysThoughHeadsDoNot() {
        String[] keys = IntStream.range(0, 700).mapToObj("k%04d"::formatted).toArray(String[]::new);
        synced(keys);
        for (int i = 0; i < 700; i += 7) {
            hide(keys[i]);
        }
        put("k0350x");
        List<String> planned = new ArrayList<>();

        world.clock.advance(Duration.ofMinutes(1));
        RunReport plan =
                world.replicator.plan(JOB, action -> planned.add(action.key().text()), RunOptions.defaults());

        assertThat(planned).hasSize(101).isSorted();
        assertThat(plan.counts().metadataUpdated()).isEqualTo(100);
        assertThat(plan.counts().copied()).isEqualTo(1);
        assertThat(plan.counts().unchanged()).isEqualTo(600);
    }

    @Test
    void aPlanSendsNothingThatChangesAndIsAppliedAsItStands() {
        synced("a", "b");
        hide("a");
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("changes.plan");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(JOB, world.clock.instant()))) {
            RunReport plan = world.replicator.plan(JOB, writer, RunOptions.defaults());
            assertThat(plan.counts().metadataUpdated()).isEqualTo(1);
            assertThat(writer.finish(true, "").hasChanges()).isTrue();
        }
        assertThat(world.destination.mutations()).isEmpty();
        WrittenPlan plan = WrittenPlan.open(file);
        Map<String, Action> actions = new TreeMap<>();
        plan.forEach(action -> actions.put(action.key().text(), action));
        world.source.forgetCalls();

        RunReport report = world.replicator.apply(plan, World.job(), RunOptions.defaults());

        assertThat(actions).containsOnlyKeys("a");
        assertThat(((Action.UpdateMetadata) actions.get("a")).fields()).containsExactly(ACL);
        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(report.counts().metadataUpdated()).isEqualTo(1);
        assertThat(world.source.calls(StoreOperation.HEAD)).isEmpty();
        assertThat(user("a")).containsEntry(ACL, "{\"visibility\":\"private\"}");
        assertThat(world.run(JOB).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }

    @Test
    void aPlannedUpdateOfAnObjectThatChangedSinceIsStale() {
        world = World.streaming();
        synced("a");
        hide("a");
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("changes.plan");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(JOB, world.clock.instant()))) {
            world.replicator.plan(JOB, writer, RunOptions.defaults());
            writer.finish(true, "");
        }
        world.put(world.prod, "a", "edited");

        RunReport report = world.replicator.apply(WrittenPlan.open(file), World.job(), RunOptions.defaults());

        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(World.texts(world.prod)).containsEntry("a", "edited");
    }

    @Test
    void validationFindsThemToo() {
        synced("a", "b");
        hide("b");
        world.clock.advance(Duration.ofMinutes(1));
        List<String> findings = new ArrayList<>();

        boolean valid = world.replicator
                .validate(
                        JOB,
                        finding -> findings.add(
                                finding.kind() + " " + finding.entry().key() + " " + finding.why()),
                        RunOptions.defaults())
                .valid();

        assertThat(valid).isFalse();
        assertThat(findings).containsExactly(Finding.Kind.MISMATCHED + " b metadata: " + ACL);
        assertThat(world.replicator
                        .validate(World.job(), finding -> {}, RunOptions.defaults())
                        .valid())
                .isTrue();
    }

    @Test
    void aDryRunChangesNothing() {
        synced("a");
        hide("a");
        world.clock.advance(Duration.ofMinutes(1));

        world.replicator.plan(JOB, PlanSink.NONE, RunOptions.defaults());

        assertThat(world.destination.mutations()).isEmpty();
        assertThat(user("a")).containsEntry(ACL, "{\"visibility\":\"public\"}");
    }
}
