package dev.replicator.server.api;

import dev.replicator.config.Role;
import io.javalin.http.Context;

/** Lets a request through, or throws what it is answered with. Thread-safe. */
public interface Gate {
    /** The request's caller, told to handlers by {@link #callerOf}. */
    String CALLER = "replicator.caller";

    /** Whether the caller is still let in, told to those who answer for long by {@link #standingOf}. */
    String STANDING = "replicator.standing";

    /** Where the request comes from, told to whoever counts or writes down by {@link #addressOf}. */
    String ADDRESS = "replicator.address";

    void admit(Context context, Role least);

    /** Who was let through. */
    static Caller callerOf(Context context) {
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException("a route without a gate");
        }
        return caller;
    }

    /** The client's address, for people. */
    static String addressOf(Context context) {
        String address = context.attribute(ADDRESS);
        return address == null ? context.ip() : address;
    }

    /** What the one who was let through came in with. */
    static Standing standingOf(Context context) {
        Standing standing = context.attribute(STANDING);
        return standing == null ? () -> false : standing;
    }

    /** A token or session, which may end while it is being answered. */
    @FunctionalInterface
    interface Standing {
        boolean holds();
    }
}
