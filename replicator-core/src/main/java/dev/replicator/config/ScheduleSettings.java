package dev.replicator.config;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When the server starts a job's runs by itself. Immutable.
 *
 * @param jitter a run starts at a random moment up to so much later
 * @param catchUp what becomes of the times that passed while no server ran
 */
public record ScheduleSettings(Timing timing, Action action, Duration jitter, CatchUp catchUp) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** When. */
    public sealed interface Timing {
        /**
         * At the times of a calendar.
         *
         * @param expression five fields: minute, hour, day of the month, month, day of the week
         * @param zone whose clock it is; Greenwich's time is called UTC, however it was written
         */
        record Cron(String expression, ZoneId zone) implements Timing {
            public Cron {
                zone = zone.equals(ZoneOffset.UTC) ? UTC : zone;
            }
        }

        /** Again and again, counted from the start of the run before. */
        record Every(Duration interval) implements Timing {}
    }

    /** What is run. */
    public enum Action {
        SYNC,
        PLAN,
        VALIDATE,
        DRIFT
    }

    /** What becomes of missed times. */
    public enum CatchUp {
        /** They are left out. */
        SKIP,
        /** However many, one run makes up for them. */
        ONE
    }
}
