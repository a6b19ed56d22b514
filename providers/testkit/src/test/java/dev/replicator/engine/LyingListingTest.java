package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.replicator.RunOptions;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.testkit.ListingLie;
import dev.replicator.testkit.StoreOperation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A mirror whose listings lie: nothing is deleted or overwritten, nothing hangs, and the run does not call it success. */
class LyingListingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final World world = new World();

    /** Thirty-four equal objects on both sides, so that whatever is deleted or copied is wrong. */
    private ReplicationJob equalBuckets() {
        for (var bucket : List.of(world.dev, world.prod)) {
            world.fill(bucket, ListLies.PREFIX, 30);
            world.put(bucket, ListLies.PREFIX + "\uFFFD", "replacement");
            world.put(bucket, ListLies.PREFIX + "\uD83D\uDE00", "astral");
            world.put(bucket, ListLies.PREFIX + "~", "tilde");
            world.put(bucket, ListLies.PREFIX + "~~", "tilde");
        }
        return World.mirror().withPaths(List.of(PrefixPair.same(ListLies.PREFIX)));
    }

    static Stream<Arguments> liesAndSides() {
        return Arrays.stream(ListLies.values())
                .flatMap(lie -> Stream.of(Arguments.of(lie, true), Arguments.of(lie, false)));
    }

    @ParameterizedTest
    @MethodSource("liesAndSides")
    void anImpossibleListingDeletesNothing(ListLies lie, boolean onSource) {
        ReplicationJob job = equalBuckets();
        (onSource ? world.source : world.destination).wrapped(lie::around);

        assertHarmless(job);
    }

    static Stream<Arguments> pageLiesAndSides() {
        return Arrays.stream(ListingLie.values())
                .flatMap(lie -> Stream.of(Arguments.of(lie, true), Arguments.of(lie, false)));
    }

    @ParameterizedTest
    @MethodSource("pageLiesAndSides")
    void aPageThatLiesDeletesNothing(ListingLie lie, boolean onSource) {
        ReplicationJob job = equalBuckets();
        (onSource ? world.source : world.destination)
                .wrapped(store -> new PagedStore(store, 10))
                .fails(store -> store.on(StoreOperation.LIST_PAGE).nth(2).lies(lie));

        assertHarmless(job);
    }

    private void assertHarmless(ReplicationJob job) {
        Map<String, String> before = World.texts(world.prod);

        RunReport report = assertTimeoutPreemptively(PATIENCE, () -> world.run(job));

        assertThat(world.destination.calls(StoreOperation.DELETE)).isEmpty();
        assertThat(World.texts(world.prod)).isEqualTo(before);
        assertThat(report.outcome().isSuccess()).as("%s", report.outcome()).isFalse();
    }

    /** What a lie can't hide: with true extras in the destination the gate still must not open. */
    @ParameterizedTest
    @EnumSource(
            value = ListLies.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"THE_ORDER_OF_STRINGS"})
    void aSourceThatIsSeenToLieDeletesNoExtraEither(ListLies lie) {
        ReplicationJob job = equalBuckets();
        world.put(world.prod, ListLies.PREFIX + "!extra", "1").put(world.prod, ListLies.PREFIX + "\uFFFDextra", "1");
        world.source.wrapped(lie::around);

        assertHarmless(job);
    }

    @ParameterizedTest
    @EnumSource(
            value = ListingLie.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OMITS_FIRST_KEY", "OMITS_LAST_KEY", "ENDS_EARLY_AS_COMPLETE"})
    void aSourcePageThatIsSeenToLieDeletesNoExtraEither(ListingLie lie) {
        ReplicationJob job = equalBuckets();
        world.put(world.prod, ListLies.PREFIX + "!extra", "1").put(world.prod, ListLies.PREFIX + "\uFFFDextra", "1");
        world.source
                .wrapped(store -> new PagedStore(store, 10))
                .fails(store -> store.on(StoreOperation.LIST_PAGE).nth(2).lies(lie));

        assertHarmless(job);
    }

    /** A key that is left out looks deleted; only the head right before the delete shows that it is not. */
    @ParameterizedTest
    @EnumSource(
            value = ListingLie.class,
            names = {"OMITS_FIRST_KEY", "OMITS_LAST_KEY", "ENDS_EARLY_AS_COMPLETE"})
    void aSourceThatHidesKeysDeletesOnlyTrueExtras(ListingLie lie) {
        ReplicationJob job = equalBuckets();
        Map<String, String> before = World.texts(world.prod);
        world.put(world.prod, ListLies.PREFIX + "!extra", "1");
        world.source
                .wrapped(store -> new PagedStore(store, 10))
                .fails(store -> store.on(StoreOperation.LIST_PAGE).nth(2).lies(lie));

        RunReport report = assertTimeoutPreemptively(PATIENCE, () -> world.run(job));

        assertThat(world.destination.keys(StoreOperation.DELETE)).containsExactly(ListLies.PREFIX + "!extra");
        assertThat(World.texts(world.prod)).isEqualTo(before);
        assertThat(report.outcome().isSuccess()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("liesAndSides")
    void aPlanOfAnImpossibleListingIsNoSuccess(ListLies lie, boolean onSource) {
        ReplicationJob job = equalBuckets();
        (onSource ? world.source : world.destination).wrapped(lie::around);
        world.clock.advance(Duration.ofMinutes(1));

        RunReport report = assertTimeoutPreemptively(
                PATIENCE, () -> world.replicator.plan(job, action -> {}, RunOptions.defaults()));

        assertThat(world.destination.mutations()).isEmpty();
        boolean onlyLooksDifferent = lie == ListLies.NO_KEYS_AT_ALL && !onSource;
        assertThat(report.outcome().isSuccess()).isEqualTo(onlyLooksDifferent);
    }

    @ParameterizedTest
    @MethodSource("liesAndSides")
    void aValidationOfAnImpossibleListingIsNotValid(ListLies lie, boolean onSource) {
        ReplicationJob job = equalBuckets();
        (onSource ? world.source : world.destination).wrapped(lie::around);
        world.clock.advance(Duration.ofMinutes(1));

        ValidationReport report = assertTimeoutPreemptively(
                PATIENCE, () -> world.replicator.validate(job, FindingSink.NONE, RunOptions.defaults()));

        boolean looksEmpty = lie == ListLies.NO_KEYS_AT_ALL && onSource;
        assertThat(report.valid()).isEqualTo(looksEmpty);
    }
}
