package dev.replicator.server.api;

import dev.replicator.config.Role;

/**
 * Who asks.
 *
 * @param name of the token
 */
public record Caller(String name, Role role) {}
