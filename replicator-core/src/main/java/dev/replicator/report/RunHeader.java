package dev.replicator.report;

import dev.replicator.job.ReplicationJob;

/** What a run is about, before it begins. */
public record RunHeader(String runId, ReplicationJob job, boolean dryRun) {}
