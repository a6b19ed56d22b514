package dev.replicator.server.notify;

import dev.replicator.server.run.RunRecord;
import java.util.Locale;

/** What of a job is well or not, each for itself: a job may be in sync and its plan refused. */
enum Topic {
    SYNC,
    PLAN,
    VALIDATE,
    DRIFT,
    /** How long ago the last success was. */
    SILENCE;

    static Topic of(RunRecord run) {
        return switch (run.action().name()) {
            case "VALIDATE" -> VALIDATE;
            case "DRIFT" -> DRIFT;
            case "PLAN" -> PLAN;
            default -> run.dryRun() ? PLAN : SYNC;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
