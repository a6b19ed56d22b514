package dev.replicator.hook;

import dev.replicator.execute.Problem;
import dev.replicator.job.HookSettings.OnFailure;
import dev.replicator.report.Outcome;
import dev.replicator.report.RunReport;
import dev.replicator.report.ValidationReport;
import java.time.Instant;
import java.util.Optional;

/**
 * How a pass of the hook ended.
 *
 * @param message one sentence or two for people: what, why, and what to do
 * @param deployment absent when it was not looked for or is unknown
 * @param runId the run's, or the one that was adopted
 * @param outcome the run's
 * @param nextAttempt from when the next automatic try may be, by the store's time: a hook in mode background makes it
 *     by itself, else the next start does; absent when trying again would change nothing
 * @param holder who works or has worked on it instead, for people
 * @param report when this pass ran
 * @param validation when this pass validated
 * @param problem what ended the run or the pass
 */
public record HookResult(
        Kind kind,
        String message,
        Optional<String> deployment,
        Optional<String> runId,
        Optional<Outcome> outcome,
        Optional<Instant> nextAttempt,
        Optional<String> holder,
        Optional<RunReport> report,
        Optional<ValidationReport> validation,
        Optional<Problem> problem) {

    /** The words of the contract. */
    public enum Kind {
        /** Not production, or switched off. */
        INACTIVE,
        /** Buckets or the deployment's id are missing or ambiguous. */
        NOT_CONFIGURED,
        /** This deployment is the current one. */
        ALREADY_APPLIED,
        /** Applied before, but another is current: an old replica, or a rollback of the application. */
        KNOWN_DEPLOYMENT,
        /** Waits for the minimum interval. */
        DEFERRED,
        /** Another process still holds the lease. */
        HELD_BY_ANOTHER,
        /** A recent attempt failed. */
        BACKING_OFF,
        /** Ran and succeeded; marker and ledger are written. */
        SYNCED,
        PARTIAL,
        /** A guard said no. */
        REFUSED,
        FAILED,
        /** Compared only. */
        VALIDATED,
        /** The store can't keep two replicas apart. */
        UNSAFE_STORE
    }

    static HookResult of(Kind kind, String message) {
        return new HookResult(
                kind,
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    HookResult withDeployment(String value) {
        return new HookResult(
                kind, message, Optional.of(value), runId, outcome, nextAttempt, holder, report, validation, problem);
    }

    HookResult withRun(String run, Outcome ended) {
        return new HookResult(
                kind,
                message,
                deployment,
                Optional.of(run),
                Optional.of(ended),
                nextAttempt,
                holder,
                report,
                validation,
                problem);
    }

    HookResult withReport(RunReport value) {
        return new HookResult(
                kind,
                message,
                deployment,
                Optional.of(value.runId()),
                Optional.of(value.outcome()),
                nextAttempt,
                holder,
                Optional.of(value),
                validation,
                value.problem().or(() -> problem));
    }

    HookResult withValidation(ValidationReport value) {
        return new HookResult(
                kind,
                message,
                deployment,
                runId,
                outcome,
                nextAttempt,
                holder,
                report,
                Optional.of(value),
                value.problem());
    }

    HookResult withNextAttempt(Instant value) {
        return new HookResult(
                kind, message, deployment, runId, outcome, Optional.of(value), holder, report, validation, problem);
    }

    HookResult withHolder(String value) {
        return new HookResult(
                kind,
                message,
                deployment,
                runId,
                outcome,
                nextAttempt,
                Optional.of(value),
                report,
                validation,
                problem);
    }

    HookResult withProblem(Problem value) {
        return new HookResult(
                kind, message, deployment, runId, outcome, nextAttempt, holder, report, validation, Optional.of(value));
    }

    /** Whether the destination is, as far as this deployment is concerned, as it should be. */
    public boolean isGood() {
        return exitCode() == 0;
    }

    /** The process's exit code under the policy. */
    public int exitCode(OnFailure policy) {
        return policy == OnFailure.FAIL ? exitCode() : 0;
    }

    /** The exit code under {@code on-failure: fail}. */
    public int exitCode() {
        return switch (kind) {
            case INACTIVE, ALREADY_APPLIED, KNOWN_DEPLOYMENT, DEFERRED, SYNCED -> 0;
            case NOT_CONFIGURED -> 2;
            case HELD_BY_ANOTHER -> 7;
            case BACKING_OFF, UNSAFE_STORE -> 1;
            case PARTIAL -> 4;
            case REFUSED -> 5;
            case FAILED -> problem.map(found -> exitCode(found.kind())).orElse(1);
            case VALIDATED -> validatedCode();
        };
    }

    private int validatedCode() {
        if (problem.isPresent()) {
            return exitCode(problem.get().kind());
        }
        return validation.map(HookResult::exitCode).orElse(3);
    }

    private static int exitCode(ValidationReport found) {
        if (found.valid()) {
            return 0;
        }
        return found.differs() ? 3 : 4;
    }

    private static int exitCode(Problem.Kind kind) {
        return switch (kind) {
            case ACCESS -> 6;
            case FAILED -> 1;
            case REFUSED -> 5;
            case LOCKED -> 7;
            case LIMIT -> 8;
            case CANCELLED -> 130;
        };
    }

    /** One JSON document for scripts. */
    public String toJson() {
        return HookJson.of(this);
    }
}
