package dev.replicator.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.hook.control.RunHistory;
import dev.replicator.job.CompareMode;
import dev.replicator.server.plan.Plan;
import dev.replicator.server.plan.WrittenDown;
import dev.replicator.server.run.Narrowing;
import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunFacts;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.server.run.RunTotals;
import dev.replicator.server.run.TreeNode;
import dev.replicator.server.run.Trigger;
import dev.replicator.store.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every database of the history must do; each test has jobs of its own. */
abstract class HistoryContract {
    private final String job = "job-" + UUID.randomUUID();
    private final Clock clock = Clock.fixed(Records.NOW, ZoneOffset.UTC);
    private int ids;

    abstract Database database();

    /** As another server would open it. */
    abstract Database again();

    private SqlRunLog log() {
        return new SqlRunLog(database());
    }

    private String id() {
        ids++;
        return String.format(
                "20260131T080000%03dZ-%s", ids, UUID.randomUUID().toString().substring(0, 8));
    }

    private RunRecord kept(RunAction action, RunState state) {
        RunRecord run = Records.run(id(), job, action, state);
        log().keep(run);
        return run;
    }

    @Test
    void givesARunBackAsItWasKept() {
        Narrowing narrowing = new Narrowing(List.of("a/", "ü\n\"/"), true, Optional.of(CompareMode.CHECKSUM));
        RunFacts facts = new RunFacts(
                narrowing,
                Optional.of("engine-" + job),
                new RunTotals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
                "lost because",
                Optional.of(new WrittenDown("abc", true)));
        RunRecord run = Records.run(id(), job, RunAction.PLAN, RunState.SUCCEEDED, facts, Records.NOW);

        log().keep(run);

        assertThat(log().find(run.id())).contains(run);
        assertThat(log().newest(Optional.of(job), Optional.empty(), 5).get(0).report())
                .isEmpty();
    }

    @Test
    void takesTextsWithCharactersThatDatabasesDislike() {
        Trigger trigger = new Trigger(Trigger.Kind.API, "name\u0000", "reason\u0000 \ud83d\ude00");
        RunRecord plain = Records.run(id(), job, RunAction.SYNC, RunState.FAILED);
        RunRecord run = new RunRecord(
                plain.id(),
                job,
                RunAction.SYNC,
                false,
                RunState.FAILED,
                trigger,
                Records.NOW,
                Optional.empty(),
                Optional.empty(),
                "x".repeat(1_999) + "\ud83d\ude00\u0000",
                Optional.empty());

        log().keep(run);

        RunRecord found = log().find(run.id()).orElseThrow();
        assertThat(found.trigger().reason()).isEqualTo("reason\ufffd \ud83d\ude00");
        assertThat(found.message()).isEqualTo("x".repeat(1_999));
    }

    @Test
    void listsTheRunsThatAreWantedInPagesWithoutGapsOrRepetitions() {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            RunRecord run = kept(RunAction.SYNC, RunState.PARTIAL);
            kept(RunAction.VALIDATE, RunState.PARTIAL);
            kept(RunAction.SYNC, RunState.FAILED);
            wanted.add(0, run.id());
        }
        RunLog.Wanted partialSyncs = new RunLog.Wanted(
                Optional.of(job), Optional.of(RunState.PARTIAL), Optional.of(RunAction.SYNC), Optional.of(Records.NOW));

        List<String> read = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (int page = 0; page < 20; page++) {
            List<RunRecord> runs = log().newest(partialSyncs, before, 7);
            if (runs.isEmpty()) {
                break;
            }
            runs.forEach(run -> read.add(run.id()));
            before = Optional.of(read.get(read.size() - 1));
            kept(RunAction.SYNC, RunState.PARTIAL);
        }

        assertThat(read).isEqualTo(wanted);
        RunLog.Wanted later = new RunLog.Wanted(
                Optional.of(job), Optional.empty(), Optional.empty(), Optional.of(Records.NOW.plusSeconds(1)));
        assertThat(log().newest(later, Optional.empty(), 7)).isEmpty();
    }

    @Test
    void readsObjectsInTheirOrderAndByOutcomeCauseAndPrefix() {
        RunRecord run = kept(RunAction.SYNC, RunState.PARTIAL);
        List<ObjectResult> results = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            String outcome = i % 3 == 0 ? "FAILED" : "DONE";
            String cause = i % 3 != 0 ? "" : i % 2 == 0 ? "NETWORK" : "PERMISSION";
            results.add(Records.ended(i, outcome, cause, (i % 5 == 0 ? "b/" : "a/") + (100 - i)));
        }
        log().add(run.id(), results.subList(0, 40));
        log().add(run.id(), results.subList(40, 60));

        assertThat(all(run, RunLog.ResultQuery.ALL))
                .extracting(ObjectResult::number)
                .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
        List<ObjectResult> failed =
                all(run, new RunLog.ResultQuery(Optional.of("FAILED"), Optional.empty(), new byte[0]));
        assertThat(failed)
                .hasSize(20)
                .isSortedAccordingTo(
                        java.util.Comparator.comparing(ObjectResult::cause).thenComparing(ObjectResult::object));
        assertThat(all(run, new RunLog.ResultQuery(Optional.empty(), Optional.of("NETWORK"), bytes("b/"))))
                .extracting(ObjectResult::number)
                .containsExactly(60L, 30L);
        assertThat(all(run, new RunLog.ResultQuery(Optional.empty(), Optional.empty(), bytes("b/"))))
                .hasSize(12);
    }

    @Test
    void groupsWhatStandsInTheWay() {
        RunRecord run = kept(RunAction.SYNC, RunState.PARTIAL);
        List<ObjectResult> results = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            results.add(Records.ended(i, "FAILED", i < 8 ? "NETWORK" : "PERMISSION", "k" + i));
        }
        results.add(Records.ended(10, "STALE", "", "s"));
        results.add(Records.ended(11, "DONE", "", "d"));
        log().add(run.id(), results);

        List<RunLog.Trouble> troubles = log().troubles(run.id());

        assertThat(troubles).extracting(RunLog.Trouble::cause).containsExactly("NETWORK", "PERMISSION", "");
        assertThat(troubles).extracting(RunLog.Trouble::count).containsExactly(7L, 2L, 1L);
        assertThat(troubles.get(0).examples()).hasSize(5);
    }

    @Test
    void pagingATreeShowsWhatATreeOfAllFindingsWouldShow() {
        RunRecord run = kept(RunAction.VALIDATE, RunState.FINDINGS);
        Random random = new Random(7);
        List<ObjectResult> results = new ArrayList<>();
        for (int i = 1; i <= 600; i++) {
            results.add(Records.found(i, random.nextBoolean() ? "MISSING" : "EXTRA", key(random)));
        }
        log().add(run.id(), results);

        for (byte[] under : List.of(new byte[0], bytes("a/"), bytes("a"), new byte[] {(byte) 0xff}, bytes("zz"))) {
            for (Optional<String> kind : List.of(Optional.<String>empty(), Optional.of("EXTRA"))) {
                List<String> expected = ReferenceTree.of(results, under, kind);
                for (int most : new int[] {1, 3, 1_000}) {
                    assertThat(tree(run, under, kind, most))
                            .as("%s %s", kind, most)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static ObjectKey key(Random random) {
        byte[][] parts = {
            bytes("a"), bytes("/"), bytes("b"), {0}, {(byte) 0xff}, {(byte) 0xc3}, bytes("\n"), bytes("'"), bytes("ü")
        };
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            key.writeBytes(parts[random.nextInt(parts.length)]);
        }
        return ObjectKey.ofBytes(key.toByteArray());
    }

    @Test
    void keysLongerThanAnIndexEntryComeBackWhole() {
        RunRecord run = kept(RunAction.VALIDATE, RunState.FINDINGS);
        ObjectKey one = ObjectKey.of("d/" + "x".repeat(4_000) + "1");
        ObjectKey other = ObjectKey.of("d/" + "x".repeat(4_000) + "2");
        log().add(run.id(), List.of(Records.found(1, "EXTRA", one), Records.found(2, "EXTRA", other)));

        assertThat(all(run, RunLog.ResultQuery.ALL))
                .extracting(ObjectResult::object)
                .containsExactly(one, other);
        assertThat(tree(run, bytes("d/"), Optional.empty(), 1)).hasSize(2);
    }

    @Test
    void aCursorThatWasNotGivenOutIsRefused() {
        RunRecord run = kept(RunAction.VALIDATE, RunState.FINDINGS);
        RunLog.ResultQuery failed = new RunLog.ResultQuery(Optional.of("FAILED"), Optional.empty(), new byte[0]);

        for (String wrong : List.of("x", "1.2", "A.B.C.D", "-1", "FAILED..1.***", "'; drop table run; --")) {
            assertThatThrownBy(() -> log().results(run.id(), failed, Optional.of(wrong), 5))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> log().findings(run.id(), new byte[0], Optional.empty(), Optional.of("x"), 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlanComesBackByteForByteAndIsDecidedAboutOnce() {
        SqlPlanShelf shelf = new SqlPlanShelf(database());
        byte[] content = new byte[700_000];
        new Random(1).nextBytes(content);
        String run = id();
        shelf.put(plan(run), new ByteArrayInputStream(content));

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        assertThat(shelf.read(run, read)).isTrue();
        assertThat(read.toByteArray()).isEqualTo(content);
        assertThat(shelf.take(run, "digest", "r")).as("not approved").isFalse();
        assertThat(shelf.decide(run, "other", Plan.State.APPROVED, "me", "", Records.NOW))
                .isFalse();
        assertThat(shelf.decide(run, "digest", Plan.State.APPROVED, "me", "fine", Records.NOW))
                .isTrue();
        assertThat(shelf.decide(run, "digest", Plan.State.APPROVED, "you", "too", Records.NOW))
                .isFalse();
        assertThat(shelf.find(run).orElseThrow().decidedBy()).contains("me");
        assertThat(shelf.take(run, "other", "r")).as("another version").isFalse();
        assertThat(shelf.take(run, "digest", "r1")).isTrue();
        assertThat(shelf.take(run, "digest", "r2")).as("taken").isFalse();
        shelf.giveBack(run, "r2");
        assertThat(shelf.find(run).orElseThrow().state()).isEqualTo(Plan.State.APPLIED);
        shelf.giveBack(run, "r1");
        assertThat(shelf.find(run).orElseThrow().state()).isEqualTo(Plan.State.APPROVED);
    }

    @Test
    void anApprovalIsTakenBackUntilARunHasThePlan() {
        SqlPlanShelf shelf = new SqlPlanShelf(database());
        String withdrawn = approved(shelf);
        String taken = approved(shelf);
        assertThat(shelf.take(taken, "digest", "r1")).isTrue();

        assertThat(shelf.decide(withdrawn, "digest", Plan.State.REJECTED, "you", "no", Records.NOW))
                .isTrue();
        assertThat(shelf.decide(taken, "digest", Plan.State.REJECTED, "you", "no", Records.NOW))
                .isFalse();

        assertThat(shelf.find(withdrawn).orElseThrow().decidedBy()).contains("you");
        assertThat(shelf.take(withdrawn, "digest", "r2")).isFalse();
        assertThat(shelf.decide(withdrawn, "digest", Plan.State.APPROVED, "me", "", Records.NOW))
                .as("a rejection holds")
                .isFalse();
    }

    private String approved(SqlPlanShelf shelf) {
        String run = id();
        shelf.put(plan(run), new ByteArrayInputStream(new byte[10]));
        assertThat(shelf.decide(run, "digest", Plan.State.APPROVED, "me", "", Records.NOW))
                .isTrue();
        return run;
    }

    /** A plan that a run there is about to carry out, or does. */
    private String applied(SqlPlanShelf shelf, Database there, Optional<String> engineId) {
        String plan = id();
        RunFacts facts = new RunFacts(Narrowing.NONE, engineId, RunTotals.NONE, "", Optional.empty());
        RunRecord run = Records.run(id(), job, RunAction.APPLY, RunState.RUNNING, facts, Records.NOW);
        shelf.put(plan(plan), new ByteArrayInputStream(new byte[1]));
        shelf.decide(plan, "digest", Plan.State.APPROVED, "me", "", Records.NOW);
        shelf.take(plan, "digest", run.id());
        new SqlRunLog(there).keep(run);
        return plan;
    }

    private Plan plan(String run) {
        return new Plan(
                run,
                job,
                "digest",
                Plan.State.OPEN,
                true,
                Records.NOW,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    @Test
    void tellsTheNewestRunOfEachOfManyJobsAtOnce() {
        List<String> jobs =
                LongStream.range(0, 600).mapToObj(i -> job + "-" + i).toList();
        RunRecord older = Records.run(id(), jobs.get(7), RunAction.SYNC, RunState.FAILED);
        RunRecord newer = Records.run(id(), jobs.get(7), RunAction.VALIDATE, RunState.SUCCEEDED);
        RunRecord other = Records.run(id(), jobs.get(599), RunAction.SYNC, RunState.RUNNING);
        RunRecord unasked = Records.run(id(), job, RunAction.SYNC, RunState.RUNNING);
        List.of(newer, older, other, unasked).forEach(log()::keep);

        Map<String, RunRecord> newest = log().newestOfEach(jobs);

        assertThat(newest).containsOnlyKeys(jobs.get(7), jobs.get(599));
        assertThat(newest.get(jobs.get(7)).id()).isEqualTo(newer.id());
        assertThat(newest.get(jobs.get(7)).report()).isEmpty();
        assertThat(log().newestOfEach(List.of())).isEmpty();
    }

    @Test
    void forgetsWhatIsTooOldOrTooManyWithAllThatHangsOnIt() {
        RunRecord old = Records.run(
                "20250101T000000000Z-" + UUID.randomUUID(),
                job,
                RunAction.SYNC,
                RunState.SUCCEEDED,
                RunFacts.NONE,
                Records.NOW.minus(Duration.ofDays(400)));
        RunRecord running = Records.run(
                "20250102T000000000Z-" + UUID.randomUUID(),
                job,
                RunAction.SYNC,
                RunState.RUNNING,
                RunFacts.NONE,
                Records.NOW.minus(Duration.ofDays(399)));
        log().keep(old);
        log().keep(running);
        log().add(old.id(), List.of(Records.ended(1, "DONE", "", "k")));
        SqlPlanShelf shelf = new SqlPlanShelf(database());
        shelf.put(plan(old.id()), new ByteArrayInputStream(new byte[10]));
        List<RunRecord> young = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            young.add(0, kept(RunAction.SYNC, RunState.SUCCEEDED));
        }

        new Retention(database(), Duration.ofDays(100), 3, clock).sweep();

        assertThat(log().newest(Optional.of(job), Optional.empty(), 10))
                .extracting(RunRecord::id)
                .containsExactly(
                        young.get(0).id(), young.get(1).id(), young.get(2).id(), running.id());
        assertThat(all(old, RunLog.ResultQuery.ALL)).isEmpty();
        assertThat(shelf.read(old.id(), new ByteArrayOutputStream())).isFalse();
        assertThat(shelf.find(old.id()).orElseThrow().state()).isEqualTo(Plan.State.GONE);
    }

    @Test
    void runsOfASilentServerAreInterruptedAndThoseOfALivingOneAreNot() {
        try (Database other = again()) {
            Presence silent = new Presence(other, Duration.ofSeconds(1));
            silent.beat();
            RunRecord run = Records.run(id(), job, RunAction.SYNC, RunState.RUNNING);
            new SqlRunLog(other).keep(run);
            SqlPlanShelf shelf = new SqlPlanShelf(database());
            String begun = applied(shelf, other, Optional.of("engine-" + job));
            String waiting = applied(shelf, other, Optional.empty());
            Presence mine = new Presence(database(), Duration.ofSeconds(1));
            mine.beat();

            assertThat(mine.interruptSilent()).doesNotContain(run.id());
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                mine.beat();
                return mine.interruptSilent().contains(run.id());
            });

            assertThat(log().find(run.id()).orElseThrow().state()).isEqualTo(RunState.INTERRUPTED);
            assertThat(shelf.find(begun).orElseThrow().state()).isEqualTo(Plan.State.APPLIED);
            assertThat(shelf.find(waiting).orElseThrow().state())
                    .as("its run never began")
                    .isEqualTo(Plan.State.APPROVED);
            RunRecord ended = Records.run(run.id(), job, RunAction.SYNC, RunState.SUCCEEDED);
            new SqlRunLog(other).keep(ended);
            assertThat(log().find(run.id()).orElseThrow().state())
                    .as("it was only slow")
                    .isEqualTo(RunState.SUCCEEDED);
            new SqlRunLog(other).keep(run);
            assertThat(log().find(run.id()).orElseThrow().state())
                    .as("what ended stays")
                    .isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void eachRunOfASilentServerIsInterruptedByOneOfThoseThatFindIt() {
        List<String> left = new ArrayList<>();
        try (Database silent = again();
                Database other = again()) {
            for (int i = 0; i < 100; i++) {
                RunRecord run = Records.run(id(), job, RunAction.SYNC, RunState.RUNNING);
                new SqlRunLog(silent).keep(run);
                left.add(run.id());
            }
            List<Presence> finders = Stream.of(database(), other)
                    .map(database -> new Presence(database, Duration.ofHours(1)))
                    .toList();
            finders.forEach(Presence::beat);
            CyclicBarrier together = new CyclicBarrier(finders.size());

            List<CompletableFuture<List<String>>> found = finders.stream()
                    .map(finder -> CompletableFuture.supplyAsync(
                            () -> {
                                await(together);
                                return finder.interruptSilent();
                            },
                            task -> new Thread(task, "finder").start()))
                    .toList();

            assertThat(found.stream()
                            .flatMap(ended -> ended.orTimeout(30, TimeUnit.SECONDS).join().stream())
                            .filter(left::contains))
                    .containsExactlyInAnyOrderElementsOf(left);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRunIsAskedToStopThroughTheDatabase() {
        RunRecord run = kept(RunAction.SYNC, RunState.RUNNING);
        Presence owner = new Presence(database(), Duration.ofHours(1));
        try (Database other = again()) {
            Presence asker = new Presence(other, Duration.ofHours(1));

            assertThat(asker.askToStop(run.id(), "cancelled by you")).isTrue();

            assertThat(asker.stops(java.util.Set.of(run.id()))).isEmpty();
            assertThat(owner.stops(java.util.Set.of(run.id())))
                    .containsExactly(new Presence.Stop(run.id(), "cancelled by you"));
        }
        log().keep(Records.run(run.id(), job, RunAction.SYNC, RunState.CANCELLED));
        assertThat(owner.askToStop(run.id(), "late")).isFalse();
    }

    @Test
    void reportsOfOthersAreEnteredOnceAndGiveWayToTheRunItself() {
        Retention retention = new Retention(database(), Duration.ofDays(100), 10, clock);
        ReportImport reports = new ReportImport(database(), log(), retention);
        RunHistory.Entry entry = entry("engine-1-" + job, Records.NOW.minusSeconds(60));
        Trigger trigger = new Trigger(Trigger.Kind.DEPLOYMENT, "the deploy hook", "deployment 5");

        assertThat(reports.enter(job, entry, trigger)).isTrue();
        assertThat(reports.enter(job, entry, trigger)).isFalse();
        assertThat(reports.known(job)).containsExactly(entry.runId());
        assertThat(reports.enter(job, entry("old-" + job, Records.NOW.minus(Duration.ofDays(101))), trigger))
                .isFalse();

        RunRecord read = log().newest(Optional.of(job), Optional.empty(), 5).get(0);
        assertThat(read.state()).isEqualTo(RunState.PARTIAL);
        assertThat(read.facts().totals().copied()).isEqualTo(5);
        assertThat(read.facts().totals().requests()).isEqualTo(7);
        assertThat(log().troubles(read.id()))
                .extracting(RunLog.Trouble::cause)
                .containsExactly("NETWORK", "UNSAFE_KEY");
        RunFacts mine = new RunFacts(Narrowing.NONE, Optional.of(entry.runId()), RunTotals.NONE, "", Optional.empty());
        RunRecord own = Records.run(id(), job, RunAction.SYNC, RunState.PARTIAL, mine, Records.NOW);
        log().keep(own);
        assertThat(log().newest(Optional.of(job), Optional.empty(), 5))
                .extracting(RunRecord::id)
                .containsExactly(own.id());
    }

    private static RunHistory.Entry entry(String run, Instant at) {
        return new RunHistory.Entry(
                run,
                at,
                "PARTIAL",
                "{\"outcome\":\"PARTIAL\",\"copied\":5,\"requests\":{\"list\":3,\"put\":4},\"durationMillis\":9,"
                        + "\"gate\":{\"reason\":\"\"},\"problem\":null,\"failures\":[{\"key\":\"k\",\"cause\":\"NETWORK\","
                        + "\"message\":\"gone\"}],\"skips\":[{\"cause\":\"UNSAFE_KEY\",\"count\":1,\"examples\":[\"a/b\"]}]}");
    }

    private List<ObjectResult> all(RunRecord run, RunLog.ResultQuery query) {
        List<ObjectResult> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            RunLog.ResultPage page = log().results(run.id(), query, after, 7);
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private List<String> tree(RunRecord run, byte[] under, Optional<String> kind, int most) {
        List<String> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        RunLog log = log();
        do {
            RunLog.TreePage page = log.findings(run.id(), under, kind, after, most);
            assertThat(page.nodes().size()).isLessThanOrEqualTo(most);
            for (TreeNode node : page.nodes()) {
                all.add(ReferenceTree.line(node));
            }
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aReportThatIsNoneOfOursIsPassedOver() {
        ReportImport reports =
                new ReportImport(database(), log(), new Retention(database(), Duration.ofDays(100), 10, clock));
        Instant start = Records.NOW.minusSeconds(60);
        Trigger trigger = new Trigger(Trigger.Kind.ELSEWHERE, "somebody", "");
        List<RunHistory.Entry> hostile = List.of(
                new RunHistory.Entry("a" + job, start, "PARTIAL", "{\"durationMillis\":9223372036854775807}"),
                new RunHistory.Entry("c" + job, start, "PARTIAL", "{"),
                new RunHistory.Entry("d".repeat(300) + job, start, "PARTIAL", "{}"));

        assertThat(hostile).noneMatch(entry -> reports.enter(job, entry, trigger));
    }
}
