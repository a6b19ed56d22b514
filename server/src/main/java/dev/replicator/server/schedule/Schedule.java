package dev.replicator.server.schedule;

import dev.replicator.config.ScheduleSettings;
import dev.replicator.config.ScheduleSettings.CatchUp;
import dev.replicator.config.ScheduleSettings.Timing;
import dev.replicator.server.run.RunAction;
import java.time.Duration;
import java.util.Locale;

/**
 * A schedule of a job. Immutable.
 *
 * @param name what is run and when: the same after a restart, another one where that was changed
 * @param jitter a time is put off by something from nothing up to this
 */
record Schedule(String job, String name, RunAction action, Timetable times, Duration jitter, CatchUp catchUp) {
    /** @throws IllegalArgumentException when its timing can't be understood */
    static Schedule of(String job, ScheduleSettings settings) {
        RunAction action = RunAction.valueOf(settings.action().name());
        return new Schedule(
                job,
                action.name().toLowerCase(Locale.ROOT) + " " + described(settings.timing()),
                action,
                timetable(settings.timing()),
                settings.jitter(),
                settings.catchUp());
    }

    private static String described(Timing timing) {
        if (timing instanceof Timing.Cron cron) {
            return "at " + cron.expression().trim().replaceAll("\\s+", " ") + " " + cron.zone();
        }
        return "every " + ((Timing.Every) timing).interval();
    }

    private static Timetable timetable(Timing timing) {
        if (timing instanceof Timing.Cron cron) {
            return new Calendar(CronExpressions.parse(cron.expression()), cron.zone());
        }
        return new Intervals(((Timing.Every) timing).interval());
    }
}
