package dev.replicator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.diff.Drift;
import dev.replicator.execute.ActionResult.FailureCause;
import dev.replicator.execute.ActionResult.SkipReason;
import dev.replicator.execute.Problem;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemediesTest {
    static Stream<String> everyWord() {
        return Stream.<Enum<?>[]>of(FailureCause.values(), SkipReason.values(), Finding.Kind.values(), Drift.values())
                .flatMap(Arrays::stream)
                .map(Enum::name);
    }

    @ParameterizedTest
    @MethodSource("everyWord")
    void everyCauseHasATitleAndWhatToDo(String word) {
        assertThat(Remedies.title("FAILED", word)).isNotEmpty().doesNotContain("_");
        assertThat(Remedies.of("FAILED", word)).endsWith(".");
    }

    @Test
    void whatHasNoCauseIsKnownByItsOutcome() {
        assertThat(Remedies.title("STALE", "")).isEqualTo("Changed meanwhile");
        assertThat(Remedies.of("NOT_RUN", "")).contains("stopped before");
        assertThat(Remedies.of("FAILED", "OF_TOMORROW")).isEmpty();
        assertThat(Remedies.title("FAILED", "OF_TOMORROW")).isEmpty();
    }

    @Test
    void aRunThatDidNotEndWellHasANextStep() {
        for (Problem.Kind kind : Problem.Kind.values()) {
            assertThat(Remedies.ofRun("FAILED", kind.name())).isNotEmpty();
        }
        assertThat(Remedies.ofRun("FAILED", "ACCESS")).contains("credentials");
        assertThat(Remedies.ofRun("INTERRUPTED", "")).contains("Run it again");
        assertThat(Remedies.ofRun("SUCCEEDED", "")).isEmpty();
        assertThat(Remedies.ofRun("PARTIAL", "")).isEmpty();
    }

    @Test
    void aKeyThatSomethingIsInTheWayOfIsNotOnlyToBeRenamed() {
        assertThat(Remedies.of("SKIPPED", "UNSAFE_KEY"))
                .contains("rename")
                .contains("directory where a file has to go")
                .contains("move that away");
    }
}
