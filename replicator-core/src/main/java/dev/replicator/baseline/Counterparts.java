package dev.replicator.baseline;

/** Both sides of one key when they were last known to be equal. */
public record Counterparts(ObjectState source, ObjectState destination) {}
