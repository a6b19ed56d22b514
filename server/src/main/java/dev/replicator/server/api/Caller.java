package dev.replicator.server.api;

import dev.replicator.config.Role;
import io.javalin.http.Context;

/**
 * Who asks.
 *
 * @param name of the token
 */
public record Caller(String name, Role role) {
    /** Of a request that was let through. */
    public static Caller of(Context context) {
        return Gate.callerOf(context);
    }
}
