package dev.replicator.config;

import dev.replicator.config.ScheduleSettings.Timing;
import dev.replicator.config.binding.Section;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a job's schedules into settings. */
final class ScheduleReader {
    private ScheduleReader() {}

    static List<ScheduleSettings> read(Section job) {
        List<ScheduleSettings> schedules = new ArrayList<>();
        for (Section section : job.get(ScheduleKeys.SCHEDULES).orElse(List.of())) {
            Optional<Timing> timing = timing(section);
            ScheduleSettings.Action action = section.get(ScheduleKeys.ACTION, ScheduleSettings.Action.SYNC);
            ScheduleSettings.CatchUp catchUp = section.get(ScheduleKeys.CATCH_UP, ScheduleSettings.CatchUp.ONE);
            Duration jitter = section.get(ScheduleKeys.JITTER, Duration.ZERO);
            if (timing.isPresent()
                    && timing.get() instanceof Timing.Every every
                    && jitter.compareTo(every.interval()) >= 0) {
                section.problem(ScheduleKeys.JITTER, "must be shorter than every");
            }
            timing.ifPresent(when -> schedules.add(new ScheduleSettings(when, action, jitter, catchUp)));
        }
        return schedules;
    }

    private static Optional<Timing> timing(Section section) {
        Optional<String> cron = section.get(ScheduleKeys.CRON);
        Optional<Duration> every = section.get(ScheduleKeys.EVERY);
        Optional<ZoneId> zone = section.get(ScheduleKeys.ZONE);
        if (section.broken(ScheduleKeys.CRON) || section.broken(ScheduleKeys.EVERY)) {
            return Optional.empty();
        }
        if (cron.isPresent() == every.isPresent()) {
            section.problem("needs exactly one of cron and every");
            return Optional.empty();
        }
        if (cron.isPresent()) {
            return Optional.of(new Timing.Cron(cron.get(), zone.orElse(ZoneOffset.UTC)));
        }
        if (section.has(ScheduleKeys.ZONE)) {
            section.problem(ScheduleKeys.ZONE, "goes with cron only; an interval needs none");
        }
        return every.map(Timing.Every::new);
    }
}
