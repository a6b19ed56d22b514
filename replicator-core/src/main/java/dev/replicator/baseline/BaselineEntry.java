package dev.replicator.baseline;

import dev.replicator.store.ObjectKey;

/** One key of a baseline, relative to its prefix pair, and both sides' states. */
public record BaselineEntry(ObjectKey key, Counterparts states) {}
