package dev.replicator.report;

import dev.replicator.execute.ActionResult.FailureCause;

/** One object that was not achieved. {@code key} is relative to the location of its side, for people and scripts. */
public record Failure(String key, FailureCause cause, String message) {}
