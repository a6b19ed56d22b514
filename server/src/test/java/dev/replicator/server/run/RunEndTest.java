package dev.replicator.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEndTest {
    @ParameterizedTest(name = "{0} with {1} deleted")
    @CsvSource({
        "FAILED, 0, true",
        "FAILED, 1, false",
        "CANCELLED, 0, true",
        "CANCELLED, 1, false",
        "REFUSED, 0, true",
        "REFUSED, 1, false",
        "PARTIAL, 0, false",
        "SUCCEEDED, 1, false",
        "NOTHING_TO_DO, 0, false"
    })
    void aPlanIsLeftUndoneByARunThatBrokeOffBeforeItChangedAnything(RunState state, long deleted, boolean undone) {
        RunTotals totals = new RunTotals(0, 0, deleted, 0, 5, 5, 5, 5, 0, 0, 9, 1);
        RunEnd end = new RunEnd(state, "", Optional.of("{}"), totals, Optional.empty());

        assertThat(end.leftUndone(new RunProgress(9, 9, 9, 9, 0, 0))).isEqualTo(undone);
    }

    @ParameterizedTest(name = "{0} with {1} objects seen to")
    @CsvSource({"FAILED, 0, true", "FAILED, 1, false", "LOCKED, 0, true", "CANCELLED, 0, true", "CANCELLED, 3, false"})
    void withoutFactsOfTheEngineWhatWasSeenDecides(RunState state, long finished, boolean undone) {
        RunEnd end = RunEnd.without(state, "an error of Replicator itself");

        assertThat(end.leftUndone(new RunProgress(9, 9, 9, finished, 0, 0))).isEqualTo(undone);
    }
}
