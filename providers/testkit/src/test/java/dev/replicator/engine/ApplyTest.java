package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.PlanHeaders;
import dev.replicator.RunOptions;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.Capability;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A written plan is carried out as it stands, behind the same gate. */
class ApplyTest {
    private final World world = new World();

    @TempDir
    private Path folder;

    @BeforeEach
    void threeExtrasAndTwoNewOnes() {
        world.fill(world.dev, "kept/", 10);
        world.fill(world.prod, "kept/", 10);
        world.fill(world.prod, "extra/", 3);
        world.fill(world.dev, "new/", 2);
    }

    private WrittenPlan planOf(ReplicationJob job) {
        return planOf(world, job);
    }

    private WrittenPlan planOf(World world, ReplicationJob job) {
        world.clock.advance(Duration.ofMinutes(1));
        Path file = folder.resolve("plan.jsonl.gz");
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(job, world.clock.instant()))) {
            RunReport plan = world.replicator.plan(job, writer, RunOptions.defaults());
            writer.finish(
                    plan.gate().verdict() != GateReport.Verdict.CLOSED,
                    plan.gate().reason());
        }
        return WrittenPlan.open(file);
    }

    private RunReport apply(WrittenPlan plan, ReplicationJob job) {
        return world.replicator.apply(plan, job, RunOptions.defaults());
    }

    /** Servers that check no preconditions, or are not known to, are asked about a plan that may be hours old. */
    @Test
    void leavesAloneWhatAppearedOrChangedSinceThePlanWhereTheStoreChecksNothing() {
        World weak = new World(MemoryOptions.WEAK, MemoryOptions.WEAK);
        weak.put(weak.dev, "a", "1").put(weak.dev, "b", "1").put(weak.dev, "c", "1");
        WrittenPlan plan = planOf(weak, World.job());
        weak.put(weak.prod, "a", "somebody's").put(weak.dev, "b", "another one");

        RunReport report = weak.replicator.apply(plan, World.job(), RunOptions.defaults());

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(2);
        assertThat(World.texts(weak.prod)).isEqualTo(Map.of("a", "somebody's", "c", "1"));
    }

    private static World withOneNewAndOneChanged(MemoryOptions destination) {
        World world = new World(MemoryOptions.S3_LIKE, destination);
        world.put(world.prod, "changed", "before");
        return world.put(world.dev, "changed", "after!").put(world.dev, "new", "1");
    }

    private void assertHeads(World world, ReplicationJob job, List<String> ofSource, List<String> ofDestination) {
        WrittenPlan plan = planOf(world, job);
        world.source.forgetCalls();
        world.destination.forgetCalls();

        RunReport report = world.replicator.apply(plan, job, RunOptions.defaults());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.source.keys(StoreOperation.HEAD)).containsExactlyInAnyOrderElementsOf(ofSource);
        assertThat(world.destination.keys(StoreOperation.HEAD)).containsExactlyInAnyOrderElementsOf(ofDestination);
    }

    @Test
    void asksOnlyWhatTheWayThatACopyTakesLeavesUnchecked() {
        ReplicationJob streaming = World.job().withMetadata(new MetadataPolicy(true, true, Map.of("note", "n")));
        List<String> both = List.of("changed", "new");
        MemoryOptions checksWrites =
                MemoryOptions.S3_LIKE.lacking(Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY);
        MemoryOptions checksCopies =
                MemoryOptions.S3_LIKE.lacking(Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_WRITE);

        assertHeads(withOneNewAndOneChanged(MemoryOptions.S3_LIKE), World.job(), List.of(), List.of());
        assertHeads(withOneNewAndOneChanged(checksWrites), streaming, List.of(), List.of());
        assertHeads(withOneNewAndOneChanged(checksCopies), World.job(), List.of(), List.of());
        assertHeads(withOneNewAndOneChanged(checksWrites), World.job(), both, both);
        assertHeads(withOneNewAndOneChanged(checksCopies), streaming, List.of(), both);
    }

    /** The store's own copy takes whatever is there, so the source is asked, once, strict or not. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesASourceAloneThatIsAnotherOfTheSameSizeByNowWhereTheStoreDoesNotPinIt(boolean strict) {
        World loose = new World(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.PINNED_READ));
        ReplicationJob job = World.job().withMetadata(MetadataPolicy.ALL.withStrict(strict));
        loose.put(loose.dev, "a", "1");
        WrittenPlan plan = planOf(loose, job);
        loose.put(loose.dev, "a", "2");
        loose.source.forgetCalls();

        RunReport report = loose.replicator.apply(plan, job, RunOptions.defaults());

        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(World.texts(loose.prod)).isEmpty();
        assertThat(loose.source.keys(StoreOperation.HEAD)).containsExactly("a");
    }

    private void assertOnlyCopied(RunReport report) {
        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.gate().verdict()).isEqualTo(GateReport.Verdict.CLOSED);
        assertThat(report.counts().copied()).isEqualTo(2);
        assertThat(report.counts().notRun()).isEqualTo(3);
    }

    @Test
    void copiesAndDeletesWhatThePlanSays() {
        WrittenPlan plan = planOf(World.mirror());

        RunReport report = apply(plan, World.mirror());

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(World.texts(world.prod)).isEqualTo(World.texts(world.dev));
        assertThat(report.requests()).doesNotContainKey(dev.replicator.store.RequestKind.LIST);
    }

    @Test
    void aJobThatNeverDeletesDeletesNotByPlanEither() {
        assertOnlyCopied(apply(planOf(World.mirror()), World.job()));
    }

    @Test
    void theJobsLimitHoldsForAPlanToo() {
        ReplicationJob two = World.job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 2, 100));

        assertOnlyCopied(apply(planOf(World.mirror()), two));
    }

    @Test
    void aGateThatWasClosedWhenThePlanWasMadeStaysClosed() {
        ReplicationJob two = World.job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 2, 100));

        assertOnlyCopied(apply(planOf(two), World.mirror()));
    }

    @Test
    void aFailedCopyClosesTheGate() {
        WrittenPlan plan = planOf(World.mirror());
        world.destination.fails(store -> {
            store.on(StoreOperation.COPY).key("new/00000").isDenied();
            store.on(StoreOperation.WRITE).key("new/00000").isDenied();
        });

        RunReport report = apply(plan, World.mirror());

        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void withoutConsentNothingIsDeleted() {
        WrittenPlan plan = planOf(World.mirror());

        assertOnlyCopied(world.replicator.apply(
                plan, World.mirror(), RunOptions.defaults().withConsent(gate -> false)));
    }

    @Test
    void appliedTwiceItChangesNothingTheSecondTime() {
        WrittenPlan plan = planOf(World.mirror());
        apply(plan, World.mirror());
        var after = World.texts(world.prod);

        RunReport second = apply(plan, World.mirror());

        assertThat(World.texts(world.prod)).isEqualTo(after);
        assertThat(second.counts().changed()).isZero();
        assertThat(second.counts().stale()).isEqualTo(5);
        assertThat(second.outcome()).isEqualTo(Outcome.PARTIAL);
    }

    @Test
    void aPlanOfOtherPlacesIsRefused() {
        WrittenPlan plan = planOf(World.mirror());

        assertThatThrownBy(() -> apply(plan, World.job("memory://dev/new", "memory://prod")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory://dev");
    }
}
