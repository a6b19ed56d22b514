package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.PlanHeaders;
import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.engine.Trees.Setting;
import dev.replicator.execute.ActionResult;
import dev.replicator.job.OverwriteMode;
import dev.replicator.plan.Action;
import dev.replicator.plan.PlanWriter;
import dev.replicator.plan.WrittenPlan;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.RequestKind;
import dev.replicator.testkit.RecordingListener;
import dev.replicator.testkit.StoreOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Random states of both buckets, against an oracle that is too simple to be wrong. */
class ModelTest {
    @Provide
    Arbitrary<Tree> trees() {
        return Trees.trees();
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Trees.settings();
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void convergesToWhatTheOracleSaysAndStaysThere(@ForAll("trees") Tree tree, @ForAll("settings") Setting setting) {
        World world = setting.planted(tree);
        Map<String, String> source = World.texts(world.dev);
        Oracle oracle = Oracle.of(world, setting);

        RunReport first = world.run(setting.job());
        Map<String, String> destination = World.texts(world.prod);
        int mutations = world.destination.mutations().size();
        RunReport second = world.run(setting.job());

        assertThat(destination).isEqualTo(oracle.destination());
        assertThat(World.texts(world.prod)).isEqualTo(oracle.destination());
        assertThat(World.texts(world.dev)).isEqualTo(source);
        assertThat(world.source.mutations()).isEmpty();
        assertThat(first.outcome()).isIn(expectedFirst(oracle));
        assertThat(second.outcome()).isEqualTo(oracle.refused() ? Outcome.REFUSED : Outcome.NOTHING_TO_DO);
        assertThat(world.destination.mutations()).as("second run").hasSize(mutations);
        if (setting.route().listsDigests() && setting.overwrite() == OverwriteMode.IF_DIFFERENT) {
            assertThat(second.requests()).containsOnlyKeys(RequestKind.LIST);
        }
    }

    private static List<Outcome> expectedFirst(Oracle oracle) {
        return oracle.refused() ? List.of(Outcome.REFUSED) : List.of(Outcome.SUCCEEDED, Outcome.NOTHING_TO_DO);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void touchesNothingOutsideItsScopeAndAdditiveNeverDeletes(
            @ForAll("trees") Tree tree, @ForAll("settings") Setting setting) {
        World world = setting.planted(tree);

        world.run(setting.job());

        List<String> touched = world.destination.mutations().stream()
                .map(call -> call.key().orElseThrow().text())
                .toList();
        List<String> prefixes = setting.job().paths().stream()
                .map(pair -> setting.job()
                        .destination()
                        .uri()
                        .prefix()
                        .append(pair.to())
                        .text())
                .toList();
        assertThat(touched)
                .allMatch(key -> prefixes.stream().anyMatch(key::startsWith))
                .noneMatch(key -> List.of(key.split("/", -1)).contains(".replicator"))
                .noneMatch(key -> setting.filtered() && key.contains("tmp"));
        if (!setting.mirror()) {
            assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void aPlanIsWhatTheRunThenDoes(@ForAll("trees") Tree tree, @ForAll("settings") Setting setting) {
        World world = setting.planted(tree);
        Map<String, String> before = World.texts(world.prod);
        List<Action> planned = new ArrayList<>();
        RecordingListener listener = new RecordingListener();

        world.clock.advance(Duration.ofMinutes(1));
        RunReport plan = world.replicator.plan(setting.job(), planned::add, RunOptions.defaults());
        assertThat(world.destination.mutations()).isEmpty();
        assertThat(World.texts(world.prod)).isEqualTo(before);
        RunReport run = world.run(setting.job(), RunOptions.defaults().withListener(listener));

        assertThat(steps(listener.planned())).isEqualTo(steps(planned));
        assertThat(steps(listener.finished().stream().map(ActionResult::action).toList()))
                .isEqualTo(steps(planned));
        assertThat(run.gate()).isEqualTo(plan.gate());
        if (run.gate().verdict() != GateReport.Verdict.CLOSED) {
            assertThat(run.counts())
                    .usingRecursiveComparison()
                    .ignoringFields("unguarded")
                    .isEqualTo(plan.counts());
            assertThat(run.outcome()).isEqualTo(plan.outcome());
        }
    }

    /** What will be done to which key on which conditions, in a fixed order. */
    private static List<String> steps(List<Action> actions) {
        return actions.stream().map(ModelTest::step).sorted().toList();
    }

    private static String step(Action action) {
        String place = action.pair() + " " + action.key();
        if (action instanceof Action.Copy copy) {
            return "copy " + place + " " + copy.source().version() + " over " + copy.replaced();
        }
        return action instanceof Action.Delete delete
                ? "delete " + place + " " + delete.destination().version()
                : "skip " + place;
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void applyingTheWrittenPlanGivesTheSameDestination(
            @ForAll("trees") Tree tree, @ForAll("settings") Setting setting, @ForAll boolean gzip) throws IOException {
        World ran = setting.planted(tree);
        World applied = setting.planted(tree);
        Path file = Files.createTempFile("plan", gzip ? ".jsonl.gz" : ".jsonl");
        try {
            RunReport run = ran.run(setting.job());
            applied.clock.advance(Duration.ofMinutes(1));
            write(applied.replicator, setting, file, applied);
            RunReport apply = applied.replicator.apply(WrittenPlan.open(file), setting.job(), RunOptions.defaults());

            assertThat(World.texts(applied.prod)).isEqualTo(World.texts(ran.prod));
            assertThat(apply.outcome()).isEqualTo(run.outcome());
            assertThat(apply.counts().changed()).isEqualTo(run.counts().changed());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Replicator replicator, Setting setting, Path file, World world) {
        try (PlanWriter writer = new PlanWriter(file, PlanHeaders.of(setting.job(), world.clock.instant()))) {
            RunReport plan = replicator.plan(setting.job(), writer, RunOptions.defaults());
            writer.finish(
                    plan.gate().verdict() != GateReport.Verdict.CLOSED,
                    plan.gate().reason());
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void pagesDontMatter(
            @ForAll("trees") Tree tree,
            @ForAll("settings") Setting setting,
            @ForAll @IntRange(min = 1, max = 7) int sourcePage,
            @ForAll @IntRange(min = 1, max = 7) int destinationPage) {
        World whole = setting.planted(tree);
        World paged = setting.planted(tree);
        paged.source.wrapped(store -> new PagedStore(store, sourcePage));
        paged.destination.wrapped(store -> new PagedStore(store, destinationPage));

        RunReport one = whole.run(setting.job());
        RunReport other = paged.run(setting.job());

        assertThat(World.texts(paged.prod)).isEqualTo(World.texts(whole.prod));
        assertThat(other.counts()).isEqualTo(one.counts());
        assertThat(other.gate()).isEqualTo(one.gate());
    }

    @Property(tries = 1)
    void theKeysAreHardToSort() {
        assertThat(ObjectKey.of("\uFFFD")).isLessThan(ObjectKey.of("\uD83D\uDE00"));
        assertThat("\uFFFD").isGreaterThan("\uD83D\uDE00");
    }
}
