package dev.replicator.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.NotificationSettings;
import dev.replicator.config.NotificationSettings.Channel;
import dev.replicator.config.NotificationSettings.Event;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.server.history.Database;
import dev.replicator.server.history.FreshDatabase;
import dev.replicator.server.history.SqlRunLog;
import dev.replicator.server.run.RunAction;
import dev.replicator.server.run.RunLog;
import dev.replicator.server.run.RunRecord;
import dev.replicator.server.run.RunState;
import dev.replicator.testkit.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of runs, over a real database. */
@Timeout(60)
class NotifierTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private Channel channel = channel(EnumSet.allOf(Event.class), Set.of());
    private Duration silence = Duration.ZERO;
    private int number;

    @TempDir
    Path directory;

    private Database database;
    private RunLog runs;
    private Notifier notifier;

    Database freshDatabase() {
        return FreshDatabase.in(directory);
    }

    @BeforeEach
    void open() {
        database = freshDatabase();
        runs = new SqlRunLog(database);
        restart();
    }

    @Test
    void aFailureIsToldOnceAndItsEndOnce() {
        ends(RunState.FAILED, RunState.FAILED, RunState.FAILED, RunState.NOTHING_TO_DO, RunState.NOTHING_TO_DO);

        assertThat(told()).containsExactly("FAILED", "RECOVERED");
    }

    @Test
    void aFailureOfAnotherKindIsNews() {
        ends(RunState.PARTIAL, RunState.REFUSED, RunState.FAILED, RunState.FAILED, RunState.SUCCEEDED);

        assertThat(told()).containsExactly("PARTIAL", "GUARD", "FAILED", "RECOVERED");
    }

    @Test
    void everySyncThatDidSomethingSucceedsAloud() {
        ends(RunState.SUCCEEDED, RunState.NOTHING_TO_DO, RunState.SUCCEEDED);

        assertThat(told()).containsExactly("SUCCEEDED", "SUCCEEDED");
    }

    @Test
    void aChannelThatDoesNotHearOfRecoveriesHearsOfTheSuccess() {
        channel = channel(EnumSet.of(Event.FAILED, Event.SUCCEEDED), Set.of());
        restart();

        ends(RunState.FAILED, RunState.SUCCEEDED);

        assertThat(told()).containsExactly("FAILED", "SUCCEEDED");
    }

    @Test
    void whatSaysNothingChangesNothing() {
        ends(RunState.FAILED, RunState.CANCELLED, RunState.LOCKED, RunState.FAILED);

        assertThat(told()).containsExactly("FAILED");
    }

    @Test
    void aServerThatWentAwayIsAFailure() {
        ends(RunState.INTERRUPTED);

        assertThat(told()).containsExactly("FAILED");
    }

    @Test
    void aServerThatWasOnlySlowBringsItsRunToAGoodEndAndThatIsToldOnce() {
        RunRecord found = next(RunAction.SYNC, RunState.INTERRUPTED, "");
        RunRecord ended = SomeRuns.run(found.id(), RunAction.SYNC, RunState.SUCCEEDED, found.createdAt(), "");

        notifier.look();
        for (RunRecord run : List.of(found, found, ended, ended)) {
            runs.keep(run);
            notifier.changed(run);
            notifier.look();
        }

        assertThat(told()).containsExactly("FAILED", "RECOVERED");
    }

    @Test
    void findingsAreToldWhenTheyChange() {
        ends(RunAction.VALIDATE, RunState.FINDINGS, "{\"missing\":2}");
        ends(RunAction.VALIDATE, RunState.FINDINGS, "{\"missing\":2}");
        ends(RunAction.VALIDATE, RunState.FINDINGS, "{\"missing\":3}");
        ends(RunAction.VALIDATE, RunState.SUCCEEDED, "{\"matched\":9}");

        assertThat(told()).containsExactly("DRIFT", "DRIFT", "RECOVERED");
    }

    @Test
    void aValidationSaysNothingOfASyncThatFails() {
        ends(RunState.FAILED);
        ends(RunAction.VALIDATE, RunState.SUCCEEDED, "");
        ends(RunState.FAILED);

        assertThat(told()).containsExactly("FAILED");
    }

    @Test
    void aPlanWithChangesAsksForApprovalEveryTime() {
        ends(RunAction.PLAN, RunState.SUCCEEDED, "{\"copied\":2}");
        ends(RunAction.PLAN, RunState.NOTHING_TO_DO, "");
        ends(RunAction.PLAN, RunState.SUCCEEDED, "{\"copied\":2}");

        assertThat(told()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_REQUESTED");
    }

    @Test
    void aChannelHearsOfItsJobsOnly() {
        channel = channel(EnumSet.allOf(Event.class), Set.of("other"));
        restart();

        ends(RunState.FAILED);

        assertThat(told()).isEmpty();
    }

    @Test
    void whatWasSaidIsNotForgottenByARestart() {
        ends(RunState.FAILED);
        restart();
        ends(RunState.FAILED);
        restart();
        ends(RunState.SUCCEEDED);

        assertThat(told()).containsExactly("FAILED", "RECOVERED");
    }

    @Test
    void aRunThatEndedWhileItsServerDiedIsToldOfAfterTheNextStart() {
        notifier.look();
        runs.keep(next(RunAction.SYNC, RunState.FAILED, ""));

        restart();
        notifier.look();
        restart();
        notifier.look();

        assertThat(told()).containsExactly("FAILED");
    }

    @Test
    void anOldHistoryIsNoNews() {
        runs.keep(next(RunAction.SYNC, RunState.SUCCEEDED, ""));
        runs.keep(next(RunAction.SYNC, RunState.FAILED, ""));

        notifier.look();
        assertThat(told()).isEmpty();
        ends(RunState.FAILED, RunState.SUCCEEDED);

        assertThat(told()).containsExactly("RECOVERED");
    }

    @Test
    void twoServersOverOneDatabaseTellOnce() {
        silence = Duration.ofHours(2);
        restart();
        Notifier other = made();
        notifier.look();
        other.look();
        RunRecord failed = next(RunAction.SYNC, RunState.FAILED, "");
        notifier.changed(failed);
        other.changed(failed);
        notifier.look();
        other.look();
        clock.advance(Duration.ofHours(3));
        notifier.look();
        other.look();

        assertThat(told()).containsExactly("FAILED", "SILENT");
    }

    @Test
    void silenceIsToldOnceOutlivesARestartAndEnds() {
        silence = Duration.ofHours(2);
        restart();
        notifier.look();
        passes("PT1H59M");
        assertThat(told()).isEmpty();
        passes("PT1M");
        passes("PT5H");
        restart();
        passes("PT5H");
        assertThat(told()).containsExactly("SILENT");

        ends(RunState.NOTHING_TO_DO);
        passes("PT1H");
        assertThat(told()).containsExactly("SILENT", "RECOVERED");
        passes("PT2H");

        assertThat(told()).containsExactly("SILENT", "RECOVERED", "SILENT");
    }

    @Test
    void aSuccessThatThisServerDidNotRunBreaksTheSilence() {
        silence = Duration.ofHours(2);
        restart();
        notifier.look();
        clock.advance(Duration.ofHours(1));
        runs.keep(next(RunAction.SYNC, RunState.NOTHING_TO_DO, ""));
        passes("PT1H30M");

        assertThat(told()).isEmpty();
    }

    @Test
    void failuresAreNoSuccess() {
        silence = Duration.ofHours(2);
        restart();
        notifier.look();
        clock.advance(Duration.ofHours(1));
        ends(RunState.FAILED);
        passes("PT1H30M");

        assertThat(told()).containsExactly("FAILED", "SILENT");
    }

    private void passes(String time) {
        clock.advance(Duration.parse(time));
        notifier.look();
    }

    private void ends(RunState... states) {
        Arrays.stream(states).forEach(state -> ends(RunAction.SYNC, state, ""));
    }

    private void ends(RunAction action, RunState state, String report) {
        notifier.look();
        RunRecord run = next(action, state, report);
        runs.keep(run);
        notifier.changed(run);
        notifier.look();
    }

    private RunRecord next(RunAction action, RunState state, String report) {
        clock.advance(Duration.ofSeconds(2));
        number++;
        return SomeRuns.run("run-" + number, action, state, clock.instant(), report);
    }

    private List<String> told() {
        return database.read(handle -> handle.createQuery("select event from delivery order by created_at, id")
                .mapTo(String.class)
                .list());
    }

    private void restart() {
        notifier = made();
    }

    private Notifier made() {
        return new Notifier(
                new NotificationSettings(List.of(channel), silence, false),
                List.of("media"),
                database,
                runs,
                new NoticeTexts(Optional.empty()),
                clock);
    }

    private static Channel channel(Set<Event> on, Set<String> jobs) {
        return new Channel("ops", new Way.Slack(URI.create("https://hooks.example/x")), on, jobs);
    }
}
