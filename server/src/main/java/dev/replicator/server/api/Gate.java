package dev.replicator.server.api;

import dev.replicator.config.Role;
import io.javalin.http.Context;

/** Lets a request through, or throws what it is answered with. Thread-safe. */
interface Gate {
    /** The request's caller, told to handlers by {@link #callerOf}. */
    String CALLER = "replicator.caller";

    void admit(Context context, Role least);

    /** Who was let through. */
    static Caller callerOf(Context context) {
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException("a route without a gate");
        }
        return caller;
    }
}
