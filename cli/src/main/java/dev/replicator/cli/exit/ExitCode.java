package dev.replicator.cli.exit;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** What a process ends with. Scripts treat a number they don't know as failure. */
public enum ExitCode {
    OK(0, "done, or nothing to do"),
    FAILED(1, "failed"),
    USAGE(2, "usage or configuration error; nothing was contacted"),
    FINDINGS(
            3,
            "findings: validate found differences, plan --detailed-exitcode has changes, drift found"
                    + " something, status is stale"),
    PARTIAL(
            4,
            "partial: some objects failed, went stale or were skipped, and the rest is done; validate could not compare"
                    + " all"),
    REFUSED(5, "refused by a guard; copies may have been done, no delete was sent"),
    ACCESS(6, "credentials, permission on the bucket, bucket or directory not found"),
    LOCKED(7, "locked by another run"),
    LIMIT(8, "stopped by a time or size limit"),
    INTERRUPTED(130, "stopped by SIGINT (Ctrl-C)"),
    TERMINATED(143, "stopped by SIGTERM");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** The code of that number; FAILED for one that is not ours. */
    public static ExitCode of(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElse(FAILED);
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** The one that speaks when several apply; OK when none does. */
    public static ExitCode first(Collection<ExitCode> applying) {
        return applying.stream()
                .min(Comparator.comparingInt(ExitCode::precedence))
                .orElse(OK);
    }

    private int precedence() {
        return switch (this) {
            case USAGE -> 0;
            case ACCESS -> 1;
            case LOCKED -> 2;
            case INTERRUPTED, TERMINATED -> 3;
            case LIMIT -> 4;
            case FAILED -> 5;
            case REFUSED -> 6;
            case PARTIAL -> 7;
            case FINDINGS -> 8;
            case OK -> 9;
        };
    }
}
