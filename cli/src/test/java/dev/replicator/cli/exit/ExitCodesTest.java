package dev.replicator.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.config.ConfigException;
import dev.replicator.execute.Problem;
import dev.replicator.report.Counts;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodesTest {
    private static final List<ExitCode> CONTRACT =
            Stream.of(2, 6, 7, 130, 8, 1, 5, 4, 3, 0).map(ExitCode::of).toList();

    static Stream<Arguments> everyPairOfCodes() {
        return IntStream.range(0, CONTRACT.size())
                .boxed()
                .flatMap(first -> IntStream.range(first + 1, CONTRACT.size())
                        .mapToObj(later -> Arguments.of(CONTRACT.get(first), CONTRACT.get(later))));
    }

    @ParameterizedTest
    @MethodSource("everyPairOfCodes")
    void theEarlierOfTheContractsOrderSpeaks(ExitCode first, ExitCode later) {
        assertThat(ExitCode.first(EnumSet.of(first, later))).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberNamesItsCode(ExitCode code) {
        assertThat(ExitCode.of(code.number())).isEqualTo(code);
    }

    @Test
    void aNumberThatIsNotOursIsFailure() {
        assertThat(ExitCode.of(77)).isEqualTo(ExitCode.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, 0",
        "NOTHING_TO_DO, 0",
        "PARTIAL, 4",
        "REFUSED, 5",
        "FAILED, 1",
        "CANCELLED, 143",
    })
    void everyOutcomeOfARunHasItsCode(Outcome outcome, int expected) {
        RunReport report = report(outcome, Counts.ZERO, GateReport.NOT_ASKED, Optional.empty());

        assertThat(new ExitCodes(ExitCode.TERMINATED).of(report).number()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS, FAILED, 6",
        "FAILED, FAILED, 1",
        "REFUSED, REFUSED, 5",
        "LOCKED, FAILED, 7",
        "LIMIT, FAILED, 8",
        "CANCELLED, CANCELLED, 130",
    })
    void everyProblemHasItsCode(Problem.Kind kind, Outcome outcome, int expected) {
        RunReport report =
                report(outcome, Counts.ZERO, GateReport.NOT_ASKED, Optional.of(new Problem(kind, "a reason")));

        assertThat(ExitCodes.WITHOUT_SIGNAL.of(report).number()).isEqualTo(expected);
    }

    @Test
    void aClosedGateSpeaksBeforeFailedObjects() {
        GateReport closed = new GateReport(GateReport.Verdict.CLOSED, "too many", 7, 3);

        RunReport report = report(Outcome.PARTIAL, failed(2), closed, Optional.empty());

        assertThat(ExitCodes.WITHOUT_SIGNAL.of(report)).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aPlanStatesTheGatesVerdictAndSucceeds() {
        GateReport closed = new GateReport(GateReport.Verdict.CLOSED, "too many", 7, 3);
        RunReport report = report(Outcome.REFUSED, copied(3), closed, Optional.empty());

        assertThat(ExitCodes.WITHOUT_SIGNAL.ofPlan(report, false)).isEqualTo(ExitCode.OK);
        assertThat(ExitCodes.WITHOUT_SIGNAL.ofPlan(report, true)).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void aPlanWithoutChangesHasNoFindings() {
        RunReport report = report(Outcome.NOTHING_TO_DO, Counts.ZERO, GateReport.NOT_ASKED, Optional.empty());

        assertThat(ExitCodes.WITHOUT_SIGNAL.ofPlan(report, true)).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPlanThatCouldNotListIsNoSuccess() {
        Problem denied = new Problem(Problem.Kind.ACCESS, "denied");

        RunReport report = report(Outcome.FAILED, Counts.ZERO, GateReport.NOT_ASKED, Optional.of(denied));

        assertThat(ExitCodes.WITHOUT_SIGNAL.ofPlan(report, true)).isEqualTo(ExitCode.ACCESS);
    }

    /** Verdict, mismatched, extra, not compared, whether extra objects count, problem. */
    @ParameterizedTest
    @CsvSource({
        "true,  0, 0, 0, false, , 0",
        "true,  0, 5, 0, false, , 0",
        "true,  0, 5, 0, true,  , 3",
        "false, 1, 0, 0, false, , 3",
        "false, 0, 0, 2, false, , 4",
        "false, 1, 0, 2, false, , 3",
        "false, 0, 5, 2, true,  , 3",
        "false, 1, 0, 2, false, ACCESS, 6",
        "false, 0, 0, 0, false, FAILED, 1",
        "false, 0, 0, 0, false, CANCELLED, 130"
    })
    void aValidationHasItsCode(
            boolean valid,
            long mismatched,
            long extra,
            long notCompared,
            boolean extraCounts,
            Problem.Kind problem,
            int expected) {
        ValidationReport report = new ValidationReport(
                valid,
                "a",
                "b",
                0,
                0,
                mismatched,
                extra,
                0,
                notCompared,
                notCompared,
                0,
                0,
                0,
                0,
                ValidationReport.Contents.NONE,
                Duration.ZERO,
                Map.of(),
                Optional.ofNullable(problem).map(kind -> new Problem(kind, "a reason")));

        assertThat(ExitCodes.WITHOUT_SIGNAL.of(report, extraCounts).number()).isEqualTo(expected);
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(new ConfigException(List.of("replicator.yaml:1:1: no")), 2),
                Arguments.of(new IllegalArgumentException("no provider"), 2),
                Arguments.of(CliException.usage("which job?"), 2),
                Arguments.of(new CliException(ExitCode.LOCKED, "held"), 7),
                Arguments.of(new CredentialsException("no credentials", new RuntimeException()), 6),
                Arguments.of(new AccessDeniedException("denied", new RuntimeException()), 6),
                Arguments.of(new BucketNotFoundException("no bucket", new RuntimeException()), 6),
                Arguments.of(new IllegalStateException("a bug"), 1));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void everyExceptionHasItsCode(Throwable error, int expected) {
        assertThat(ExitCodes.of(error).number()).isEqualTo(expected);
    }

    private static Counts failed(long objects) {
        return new Counts(0, 0, 0, 0, 0, 0, 0, objects, 0, 0, 0);
    }

    private static Counts copied(long objects) {
        return new Counts(objects, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static RunReport report(Outcome outcome, Counts counts, GateReport gate, Optional<Problem> problem) {
        return new RunReport(
                "run",
                Optional.empty(),
                "a",
                "b",
                Instant.EPOCH,
                Duration.ZERO,
                outcome,
                counts,
                Map.of(),
                gate,
                List.of(),
                false,
                List.of(),
                problem);
    }
}
