package dev.replicator.server.run;

/** What somebody asks for. */
public record RunOrder(String job, RunAction action, boolean dryRun, Trigger trigger) {}
