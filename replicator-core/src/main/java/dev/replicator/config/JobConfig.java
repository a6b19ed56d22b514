package dev.replicator.config;

import dev.replicator.job.HookSettings;
import dev.replicator.job.ReplicationJob;

/** A configured job and how the deploy hook treats it. */
public record JobConfig(ReplicationJob job, HookSettings hook) {
    /** The name only: settings may hold what was filled in from secrets. */
    @Override
    public String toString() {
        return "JobConfig[" + job.displayName() + "]";
    }
}
