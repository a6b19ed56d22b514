package dev.replicator.server.plan;

/**
 * A plan that a run wrote down.
 *
 * @param digest of its trailer
 * @param changes whether there is anything to do
 */
public record WrittenDown(String digest, boolean changes) {}
