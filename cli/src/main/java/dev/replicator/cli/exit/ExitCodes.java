package dev.replicator.cli.exit;

import dev.replicator.baseline.BaselineStatus;
import dev.replicator.config.ConfigException;
import dev.replicator.execute.Problem;
import dev.replicator.report.DriftReport;
import dev.replicator.report.GateReport;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.InvalidRequestException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Derives the exit code from what happened.
 *
 * @param interruption what a cancelled run ends with: the signal that came, if one came
 */
public record ExitCodes(ExitCode interruption) {
    public static final ExitCodes WITHOUT_SIGNAL = new ExitCodes(ExitCode.INTERRUPTED);

    /** Of a sync or an apply. */
    public ExitCode of(RunReport report) {
        Set<ExitCode> applying = EnumSet.of(of(report.outcome()));
        report.problem().map(Problem::kind).map(this::of).ifPresent(applying::add);
        if (report.gate().verdict() == GateReport.Verdict.CLOSED
                && report.gate().planned() > 0) {
            applying.add(ExitCode.REFUSED);
        }
        if (report.counts().failed() + report.counts().stale() > 0) {
            applying.add(ExitCode.PARTIAL);
        }
        return ExitCode.first(applying);
    }

    /** Of a plan or a dry run: the gate's verdict is stated, not signalled. */
    public ExitCode ofPlan(RunReport report, boolean detailed) {
        Set<ExitCode> applying = EnumSet.noneOf(ExitCode.class);
        report.problem()
                .map(Problem::kind)
                .filter(kind -> kind != Problem.Kind.REFUSED)
                .map(this::of)
                .ifPresent(applying::add);
        if (report.outcome() == Outcome.FAILED || report.outcome() == Outcome.CANCELLED) {
            applying.add(of(report.outcome()));
        }
        if (report.counts().failed() > 0) {
            applying.add(ExitCode.PARTIAL);
        }
        if (detailed && report.counts().changed() > 0) {
            applying.add(ExitCode.FINDINGS);
        }
        return ExitCode.first(applying);
    }

    /**
     * Of a validation: findings, or partial where nothing is known to differ and not everything was compared.
     *
     * @param extraCounts whether extra objects are findings too
     */
    public ExitCode of(ValidationReport report, boolean extraCounts) {
        if (report.problem().isPresent()) {
            return of(report.problem().get().kind());
        }
        if (report.differs() || extraCounts && report.extra() > 0) {
            return ExitCode.FINDINGS;
        }
        return report.valid() ? ExitCode.OK : ExitCode.PARTIAL;
    }

    /** Of what went wrong side by side; OK when nothing did. */
    public ExitCode of(List<Problem> problems) {
        return ExitCode.first(
                problems.stream().map(problem -> of(problem.kind())).toList());
    }

    /** Of a look at drift; a baseline that is there and can't be used leaves the question open, which is no "no". */
    public ExitCode of(DriftReport report) {
        if (report.problem().isPresent()) {
            return of(report.problem().get().kind());
        }
        if (report.baseline() instanceof BaselineStatus.Unusable) {
            return ExitCode.FAILED;
        }
        return report.found() > 0 ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private ExitCode of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, NOTHING_TO_DO -> ExitCode.OK;
            case PARTIAL -> ExitCode.PARTIAL;
            case REFUSED -> ExitCode.REFUSED;
            case FAILED -> ExitCode.FAILED;
            case CANCELLED -> interruption;
        };
    }

    private ExitCode of(Problem.Kind kind) {
        return switch (kind) {
            case ACCESS -> ExitCode.ACCESS;
            case FAILED -> ExitCode.FAILED;
            case REFUSED -> ExitCode.REFUSED;
            case LOCKED -> ExitCode.LOCKED;
            case LIMIT -> ExitCode.LIMIT;
            case CANCELLED -> interruption;
        };
    }

    /** Of an exception that ended a command. */
    public static ExitCode of(Throwable error) {
        if (error instanceof CliException known) {
            return known.code();
        }
        if (error instanceof ConfigException
                || error instanceof IllegalArgumentException
                || error instanceof InvalidRequestException) {
            return ExitCode.USAGE;
        }
        if (error instanceof CredentialsException
                || error instanceof AccessDeniedException
                || error instanceof BucketNotFoundException) {
            return ExitCode.ACCESS;
        }
        return ExitCode.FAILED;
    }
}
