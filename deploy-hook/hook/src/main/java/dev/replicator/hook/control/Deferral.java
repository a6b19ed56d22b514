package dev.replicator.hook.control;

import java.time.Instant;

/** A deployment that waits for the minimum interval; {@code due} by the store's time. */
public record Deferral(String deployment, Instant due, Instant deferredAt) {}
