package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.execute.ActionResult;
import dev.replicator.execute.Cancellation;
import dev.replicator.execute.Problem;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.plan.Action;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunListener;
import dev.replicator.report.RunReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.Capability;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.testkit.ListingLie;
import dev.replicator.testkit.RecordingListener;
import dev.replicator.testkit.StoreCall;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which the gate must stay closed, and what is checked again right before each delete. */
class DeleteGateTest {
    private final World world = new World();

    private static ReplicationJob mirror(long maxObjects, double maxPercent) {
        return World.job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, maxObjects, maxPercent));
    }

    /** {@code kept} objects that are equal on both sides, and {@code extra} that only the destination has. */
    private void bothHave(int kept, int extra) {
        world.fill(world.dev, "kept/", kept);
        world.fill(world.prod, "kept/", kept);
        world.fill(world.prod, "extra/", extra);
    }

    private void assertNothingWasDeleted(World in) {
        assertThat(in.destination.calls(StoreOperation.DELETE)).isEmpty();
    }

    private void assertRefused(RunReport report) {
        assertNothingWasDeleted(world);
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.gate().verdict()).isEqualTo(GateReport.Verdict.CLOSED);
        assertThat(report.gate().reason()).isNotEmpty();
        assertThat(report.counts().deleted()).isZero();
        assertThat(report.counts().notRun()).isEqualTo(report.gate().planned()).isPositive();
    }

    @Test
    void aJobThatNeverDeletesLeavesExtraObjects() {
        bothHave(3, 2);

        RunReport report = world.run(World.job());

        assertNothingWasDeleted(world);
        assertThat(report.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(report.gate()).isEqualTo(GateReport.NOT_ASKED);
    }

    @Test
    void anEmptySourceDeletesNothing() {
        world.fill(world.prod, "kept/", 3);

        assertRefused(world.run(World.mirror()));
    }

    @Test
    void aSourceThatShowsOnlyFilteredAndControlKeysIsEmpty() {
        world.put(world.dev, ".replicator/x/marker.json", "{}").put(world.dev, "tmp/a", "1");
        world.fill(world.prod, "kept/", 3);

        assertRefused(world.run(World.mirror().withFilter(KeyFilter.of(List.of(), List.of("tmp/")))));
    }

    @Test
    void aMissingSourceDeletesNothing() {
        world.fill(world.prod, "kept/", 3);
        world.buckets.remove("dev");

        RunReport report = world.run(World.mirror());

        assertNothingWasDeleted(world);
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.ACCESS);
    }

    @Test
    void oneEmptyPairOfSeveralClosesTheGateForAll() {
        world.fill(world.dev, "full/", 3);
        world.fill(world.prod, "full/", 5);
        world.fill(world.prod, "empty/", 2);

        assertRefused(
                world.run(World.mirror().withPaths(List.of(PrefixPair.same("full/"), PrefixPair.same("empty/")))));
    }

    @Test
    void anEmptyPairWithNothingToDeleteIsNoReason() {
        world.fill(world.dev, "full/", 3);
        world.fill(world.prod, "full/", 5);

        RunReport report =
                world.run(World.mirror().withPaths(List.of(PrefixPair.same("full/"), PrefixPair.same("empty/"))));

        assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.prod.size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListingThatIsNotProvenToItsEndDeletesNothing(boolean onSource) {
        bothHave(5, 2);
        side(onSource).fails(store -> store.on(StoreOperation.LIST_PAGE).nth(1).lies(ListingLie.DENIES_COMPLETENESS));

        assertRefused(world.run(World.mirror()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListingThatFailsHalfWayDeletesNothing(boolean onSource) {
        bothHave(30, 5);
        AtomicInteger pages = new AtomicInteger();
        side(onSource)
                .wrapped(store -> new PagedStore(store, 5))
                .fails(store -> store.on(StoreOperation.LIST_PAGE).runsBefore(() -> {
                    if (pages.incrementAndGet() > 3) {
                        throw new TransientStoreException(Trouble.SERVER_ERROR, "from the fourth page on");
                    }
                }));

        RunReport report = world.run(World.mirror());

        assertNothingWasDeleted(world);
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.problem()).map(Problem::kind).contains(Problem.Kind.FAILED);
    }

    private World.Side side(boolean onSource) {
        return onSource ? world.source : world.destination;
    }

    @Test
    void aFailedCopyClosesTheGate() {
        bothHave(3, 2);
        world.put(world.dev, "new", "1");
        world.destination.fails(store -> {
            store.on(StoreOperation.COPY).key("new").isDenied();
            store.on(StoreOperation.WRITE).key("new").isDenied();
        });

        RunReport report = world.run(World.mirror());

        assertRefused(report);
        assertThat(report.counts().failed()).isEqualTo(1);
    }

    @Test
    void aFailedReadClosesTheGate() {
        World streaming = World.streaming();
        streaming.put(streaming.dev, "new", "1").put(streaming.prod, "extra", "1");
        streaming.source.fails(store -> store.on(StoreOperation.READ).key("new").isDenied());

        RunReport report = streaming.run(World.mirror());

        assertNothingWasDeleted(streaming);
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.counts().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2, false", "3, true", "4, true"})
    void maxObjectsIsTheMostThatMayBeDeleted(long maxObjects, boolean opens) {
        bothHave(10, 3);

        RunReport report = world.run(mirror(maxObjects, 100));

        assertThat(report.gate().reason()).isEqualTo(opens ? "" : "3 deletes are more than max-objects " + maxObjects);
        assertThat(report.gate().verdict()).isEqualTo(opens ? GateReport.Verdict.OPEN : GateReport.Verdict.CLOSED);
        assertThat(world.prod.size()).isEqualTo(opens ? 10 : 13);
    }

    /** Of 20 objects 10 % are 2; 19 are too few for a percentage to say anything. */
    @ParameterizedTest
    @CsvSource({
        "18, 2, true",
        "17, 3, false",
        "16, 3, true",
        "9, 10, true",
        "10, 10, false",
        "270, 30, true",
        "269, 30, false"
    })
    void maxPercentCountsFromTwentyObjectsUp(int kept, int extra, boolean opens) {
        bothHave(kept, extra);

        RunReport report = world.run(mirror(1_000, 10));

        assertThat(report.gate().verdict()).isEqualTo(opens ? GateReport.Verdict.OPEN : GateReport.Verdict.CLOSED);
        assertThat(world.prod.size()).isEqualTo(opens ? kept : kept + extra);
    }

    @ParameterizedTest
    @CsvSource({"3, 100, false", "4, 100, true", "1000, 9, false", "1000, 10, true"})
    void limitsAreOfTheJobNotOfOnePair(long maxObjects, double maxPercent, boolean opens) {
        for (String pair : List.of("one/", "two/")) {
            world.fill(world.dev, pair, 18);
            world.fill(world.prod, pair, 20);
        }

        RunReport report = world.run(
                mirror(maxObjects, maxPercent).withPaths(List.of(PrefixPair.same("one/"), PrefixPair.same("two/"))));

        assertThat(report.gate().planned()).isEqualTo(4);
        assertThat(report.gate().verdict()).isEqualTo(opens ? GateReport.Verdict.OPEN : GateReport.Verdict.CLOSED);
        assertThat(world.prod.size()).isEqualTo(opens ? 36 : 40);
    }

    @Test
    void aPartOfAJobIsJudgedFromItsFirstObject() {
        bothHave(8, 2);
        ReplicationJob whole = World.job().withDelete(new DeletePolicy(DeletePolicy.Mode.MIRROR, 50, 10));

        assertRefused(world.run(whole.withDelete(whole.delete().judgedFromTheFirst())));
        assertThat(world.run(whole).counts().deleted()).isEqualTo(2);
    }

    @Test
    void withoutConsentNothingIsDeletedAndTheCopiesStand() {
        bothHave(3, 2);
        world.put(world.dev, "new", "1");
        AtomicInteger asked = new AtomicInteger();

        RunReport report = world.run(World.mirror(), RunOptions.defaults().withConsent(gate -> {
            assertThat(gate.planned()).isEqualTo(2);
            assertThat(world.prod.names()).contains("new");
            asked.incrementAndGet();
            return false;
        }));

        assertRefused(report);
        assertThat(asked).hasValue(1);
        assertThat(report.counts().copied()).isEqualTo(1);
    }

    @Test
    void aClosedGateAsksNobody() {
        bothHave(3, 2);

        RunReport report = world.run(mirror(1, 100), RunOptions.defaults().withConsent(gate -> {
            throw new AssertionError("asked at a closed gate");
        }));

        assertRefused(report);
    }

    @Test
    void aCancelledRunDeletesNothing() {
        bothHave(3, 2);
        world.put(world.dev, "new", "1");
        Cancellation cancellation = new Cancellation();

        RunReport report = world.run(
                World.mirror(),
                RunOptions.defaults().withCancellation(cancellation).withListener(new RunListener() {
                    @Override
                    public void finished(ActionResult result) {
                        cancellation.cancel("enough");
                    }
                }));

        assertNothingWasDeleted(world);
        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aCancellationAtTheQuestionIsANo() {
        bothHave(3, 2);
        Cancellation cancellation = new Cancellation();

        RunReport report = world.run(
                World.mirror(),
                RunOptions.defaults().withCancellation(cancellation).withConsent(gate -> {
                    cancellation.cancel("ctrl-c");
                    return true;
                }));

        assertNothingWasDeleted(world);
        assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(report.counts().notRun()).isEqualTo(2);
    }

    @Test
    void anObjectThatIsInTheSourceAgainIsNotDeleted() {
        bothHave(3, 2);
        world.source.fails(store -> store.on(StoreOperation.HEAD)
                .key("extra/00001")
                .runsBefore(() -> world.put(world.dev, "extra/00001", "back")));

        RunReport report = world.run(World.mirror());

        assertThat(world.destination.keys(StoreOperation.DELETE)).containsExactly("extra/00000");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(report.counts().deleted()).isEqualTo(1);
    }

    @Test
    void aDenialIsNotAbsence() {
        bothHave(3, 2);
        world.source.fails(
                store -> store.on(StoreOperation.HEAD).key("extra/00001").isDenied());

        RunReport report = world.run(World.mirror());

        assertThat(world.destination.keys(StoreOperation.DELETE)).containsExactly("extra/00000");
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("extra/00001");
            assertThat(failure.cause()).isEqualTo(ActionResult.FailureCause.PERMISSION);
        });
    }

    @Test
    void anObjectThatSomebodyChangedIsNotDeleted() {
        bothHave(3, 1);
        world.source.fails(store -> store.on(StoreOperation.HEAD)
                .key("extra/00000")
                .runsAfter(() -> world.put(world.prod, "extra/00000", "edited by hand")));

        RunReport report = world.run(World.mirror());

        assertThat(world.prod.get("extra/00000"))
                .hasValueSatisfying(object -> assertThat(object.text()).isEqualTo("edited by hand"));
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().stale()).isEqualTo(1);
    }

    @Test
    void withoutConditionalDeletesAHeadGuardsAndTheReportSaysSo() {
        World weak = new World(MemoryOptions.S3_LIKE, MemoryOptions.S3_LIKE.lacking(Capability.CONDITIONAL_DELETE));
        weak.put(weak.dev, "kept", "1").put(weak.prod, "gone", "1").put(weak.prod, "edited", "1");
        weak.source.fails(store ->
                store.on(StoreOperation.HEAD).key("edited").runsAfter(() -> weak.put(weak.prod, "edited", "by hand")));

        RunReport report = weak.run(World.mirror());

        assertThat(weak.prod.names()).containsExactly("edited", "kept");
        assertThat(weak.destination.keys(StoreOperation.HEAD)).containsExactlyInAnyOrder("edited", "gone");
        assertThat(report.counts().deleted()).isEqualTo(1);
        assertThat(report.counts().stale()).isEqualTo(1);
        assertThat(report.counts().unguarded()).isEqualTo(1);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("unguarded"));
    }

    @Test
    void deletesAreSentWhenEverythingElseHasEnded() {
        world.fill(world.dev, "new/", 50);
        world.fill(world.prod, "extra/", 20);
        RecordingListener listener = new RecordingListener();

        world.run(World.mirror(), RunOptions.defaults().withListener(listener));

        List<StoreOperation> order =
                world.destination.mutations().stream().map(StoreCall::operation).toList();
        assertThat(order.subList(0, 50)).containsOnly(StoreOperation.COPY);
        assertThat(order.subList(50, 70)).containsOnly(StoreOperation.DELETE);
        assertThat(listener.finished().subList(0, 50))
                .extracting(ActionResult::action)
                .hasOnlyElementsOfType(Action.Copy.class);
    }

    @Test
    void oneDeleteThatFailsStopsNoOther() {
        bothHave(3, 3);
        world.destination.fails(store -> store.on(StoreOperation.DELETE)
                .key("extra/00001")
                .fails(() -> new AccessDeniedException("object lock")));

        RunReport report = world.run(World.mirror());

        assertThat(world.prod.names()).contains("extra/00001").hasSize(4);
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.counts().deleted()).isEqualTo(2);
        assertThat(report.counts().failed()).isEqualTo(1);
    }
}
