package dev.replicator.config;

import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;
import java.util.List;

/** A configured job, how the deploy hook treats it and when the server runs it by itself. */
public record JobConfig(ReplicationJob job, HookSettings hook, List<ScheduleSettings> schedules) {
    public JobConfig {
        schedules = List.copyOf(schedules);
    }

    /** Without schedules. */
    public JobConfig(ReplicationJob job, HookSettings hook) {
        this(job, hook, List.of());
    }

    /** The same job, treated so by the hook. */
    public JobConfig withHook(HookSettings other) {
        return new JobConfig(job, other, schedules);
    }

    /** The name only: settings may hold what was filled in from secrets. */
    @Override
    public String toString() {
        return "JobConfig[" + job.displayName() + "]";
    }
}
