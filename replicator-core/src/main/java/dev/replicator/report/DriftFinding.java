package dev.replicator.report;

import dev.replicator.diff.Drift;
import dev.replicator.store.ObjectMeta;

/**
 * One object that was changed in the destination behind our back.
 *
 * @param pair number of the prefix pair
 * @param object the destination's, or where it was deleted the source's; keys are relative to the pair
 */
public record DriftFinding(Drift kind, int pair, ObjectMeta object) {}
